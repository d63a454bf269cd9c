from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlbib.errors import InvalidPatternError
from dlbib.model.citekeys import key_problem
from dlbib.model.dates import Date
from dlbib.model.entry import Contributor, Entry
from dlbib.model.key_patterns import parse_key_pattern
from dlbib.model.names import Name
from tests.strategies.entries import entries

NAMES = (Name("Berg", "Ada", non_dropping_particle="van den"), Name("Müller", "Jörg"), Name("O'Neill", "Zoë"))


def _by(*names: Name, role: str = "author", others: bool = False) -> Entry:
    return Entry(
        contributors=tuple(Contributor(role, name) for name in names), others=(role,) if others else ()
    )


MANY = tuple(Name(family) for family in ("Alpha", "Beta", "Gamma", "Delta", "Epsilon"))
PAPER = Entry(
    type="article-journal",
    title='The $k$-means of <span class="nocase">DNA</span> and Other Stories',
    issued=Date.parse("2009-03-07"),
    page="L17--25, 7",
    volume="12",
    container_title="Journal of Fish Biology",
    keywords=("deep learning", "fish"),
)


def _key(pattern: str, entry: Entry) -> str:
    return parse_key_pattern(pattern).key(entry)


@pytest.mark.parametrize(
    ("pattern", "key"),
    [
        ("[auth]", "Berg"),
        ("[AUTH]", "Berg"),
        ("[authFirstFull]", "vandenBerg"),
        ("[authForeIni]", "A"),
        ("[auth3]", "Ber"),
        ("[auth2_2]", "Mu"),
        ("[auth2_9]", ""),
        ("[authors]", "BergMullerONeill"),
        ("[authors2]", "BergMullerEtAl"),
        ("[authors3]", "BergMullerONeill"),
        ("[authorsAlpha]", "BMO"),
        ("[authorIni]", "BergMO"),
        ("[authIni6]", "BeMuON"),
        ("[authorLast]", "ONeill"),
        ("[authorLastForeIni]", "Z"),
        ("[authshort]", "BMO"),
        ("[auth.auth.ea]", "Berg.Muller.ea"),
        ("[auth.etal]", "Berg.etal"),
        ("[authEtAl]", "BergEtAl"),
        ("[edtr]", ""),
    ],
)
def test_a_marker_gives_of_the_authors_what_its_name_says(pattern: str, key: str) -> None:
    assert _key(pattern, _by(*NAMES)) == key


@pytest.mark.parametrize(
    ("pattern", "key"),
    [
        ("[authorsAlpha]", "ABG+"),
        ("[authshort]", "ABG+"),
        ("[auth.etal]", "Alpha.etal"),
        ("[authors4]", "AlphaBetaGammaDeltaEtAl"),
    ],
)
def test_many_authors_are_cut_short(pattern: str, key: str) -> None:
    assert _key(pattern, _by(*MANY)) == key


@pytest.mark.parametrize(
    ("pattern", "key"),
    [("[authors]", "AlphaEtAl"), ("[authorsAlpha]", "Alp+"), ("[authEtAl]", "AlphaEtAl")],
)
def test_and_others_counts_as_more_authors(pattern: str, key: str) -> None:
    assert _key(pattern, _by(MANY[0], others=True)) == key


@pytest.mark.parametrize(
    ("pattern", "key"),
    [("[auth]", "Alpha"), ("[pureauth]", ""), ("[edtr]", "Alpha"), ("[editors]", "AlphaBeta")],
)
def test_editors_stand_in_for_authors_unless_these_alone_are_asked_for(pattern: str, key: str) -> None:
    assert _key(pattern, _by(*MANY[:2], role="editor")) == key


def test_an_organisation_is_its_words() -> None:
    assert _key("[auth]", _by(Name(literal="The open Group"))) == "TheOpenGroup"


@pytest.mark.parametrize(
    ("pattern", "key"),
    [
        ("[title]", "TheMeansofDNAandOtherStories"),
        ("[camel]", "TheMeansOfDNAAndOtherStories"),
        ("[camel2]", "TheMeans"),
        ("[fulltitle]", "ThemeansofDNAandOtherStories"),
        ("[shorttitle]", "MeansDNAOther"),
        ("[shorttitleINI]", "mDO"),
        ("[veryshorttitle]", "Means"),
        ("[year]-[month]-[day]", "2009-3-7"),
        ("[shortyear]", "09"),
        ("[firstpage]", "7"),
        ("[lastpage]", "25"),
        ("[pageprefix]", "L"),
        ("[keyword2]", "fish"),
        ("[keywords9]", "deeplearningfish"),
        ("[entrytype]", "article-journal"),
        ("[volume]", "12"),
        ("[journal:abbr]", "JoFB"),
        ("[container_title:lower]", "journaloffishbiology"),
        ("[issued]", "2009-03-07"),
    ],
)
def test_a_marker_gives_of_the_rest_what_its_name_says(pattern: str, key: str) -> None:
    assert _key(pattern, PAPER) == key


def test_what_is_in_press_has_no_year_but_says_so() -> None:
    assert _key("[shortyear]", Entry(status="in press")) == "IP"


@pytest.mark.parametrize(
    ("modifier", "key"),
    [
        ("lower", "deepfishpapers"),
        ("upper", "DEEPFISHPAPERS"),
        ("abbr", "Dfp"),
        ("camel", "DeepFishPapers"),
        ("capitalize", "DeepFishPapers"),
        ("sentencecase", "Deepfishpapers"),
        ("titlecase", "DeepFishPapers"),
        ("truncate4", "Deep"),
        ("abbr:lower", "dfp"),
        ('regex("fish", "cat")', "Deepcatpapers"),
        (r'regex("(\w+) (\w+)", "\2\1")', "fishDeeppapers"),
        (r'regex("(?P<first>\w+) (x)?", "\g<first>\\\0\2")', "DeepDeepfishfishpapers"),
    ],
)
def test_a_modifier_changes_the_text_in_the_order_they_stand(modifier: str, key: str) -> None:
    assert _key(f"[fulltitle:{modifier}]", Entry(title="Deep fish papers")) == key


@pytest.mark.parametrize("found", ["(a+)+$", "(a|aa)+$", "(.*)(.*)(.*)(.*)(.*)x$", "(a|b|ab)*c"])
def test_a_regular_expression_takes_time_in_proportion_to_the_text(found: str) -> None:
    assert _key(f'[fulltitle:regex("{found}", "")]', Entry(title="a" * 5000 + " b")) == "a" * 5000 + "b"


def test_a_fallback_stands_where_there_is_nothing() -> None:
    pattern = "[auth]_[volume:(none)]"

    assert _key(pattern, _by(NAMES[0])) == "Berg_none"
    assert _key(pattern, _by(NAMES[0]).replace(volume="3")) == "Berg_3"


def test_an_entry_that_says_nothing_of_what_is_asked_for_has_no_key() -> None:
    assert _key("key-[auth][year]", Entry(title="Something")) == ""


@pytest.mark.parametrize(
    ("pattern", "position", "said"),
    [
        ("[aut]", 1, "did you mean auth"),
        ("[auth:lowre]", 6, "did you mean lower"),
        ("[auth", 0, "not closed"),
        ("a]b[auth]", 1, "nothing is open"),
        ("[]", 0, "needs a name"),
        ("plain", 0, "has no marker"),
        ("", 0, "has no marker"),
        ("a b[auth]", 0, "a space"),
        ("[auth]#", 6, "'#'"),
        ('[auth:regex("(", "")]', 13, "no regular expression"),
        (r'[auth:regex("(?=a)", "")]', 13, "no regular expression of RE2's: invalid perl operator"),
        ('[auth:regex("\ud800", "")]', 13, "half a letter"),
        ('[auth:regex("(a{1000}){1000}", "")]', 13, "invalid repetition size"),
        (r'[auth:regex("a", "\9")]', 13, "a group's number"),
        (r'[auth:regex("a", "\g<b>")]', 13, "a group's number"),
        (r'[auth:regex("a", "\q")]', 13, "a group's number"),
        ("[auth:]", 5, "a modifier is"),
        ("[auth99999999]", 1, "no marker"),
        ("[nosuchfield]", 1, "no marker"),
    ],
)
def test_a_pattern_that_is_none_is_refused_where_it_goes_wrong(
    pattern: str, position: int, said: str
) -> None:
    with pytest.raises(InvalidPatternError, match=re.escape(said)) as caught:
        parse_key_pattern(pattern)

    assert caught.value.position == position
    assert str(caught.value).endswith("\n  " + " " * position + "^")


@settings(max_examples=40)
@given(entries())
def test_whatever_an_entry_says_the_key_is_fit(entry: Entry) -> None:
    pattern = "x[authors][title][year][fulltitle][firstpage][doi][journal][keywords3][url][note]"
    key = _key(pattern, entry)

    assert key == "" or key_problem(key) is None


@given(st.text(alphabet='[]:()"\\authyearregex0123456789 ,', max_size=30))
def test_whatever_is_typed_is_a_pattern_or_refused(typed: str) -> None:
    position = 0
    try:
        _key(typed, PAPER)
    except InvalidPatternError as error:
        position = error.position

    assert 0 <= position <= len(typed)
