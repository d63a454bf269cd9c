"""What every check has to keep: it is explained, it finds its sample, and what it mends stays mended."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlbib.checks import Check, checks, chosen, get_check
from dlbib.checks.findings import Examiner
from dlbib.checks.making import plain_subject
from dlbib.checks.mending import mended as mended_subject
from dlbib.checks.subjects import Origin, Shelf
from dlbib.errors import NotFoundError
from tests.checks.conftest import TODAY, found, mended, names, sheet
from tests.growth import in_proportion, taken
from tests.strategies.entries import entries

if TYPE_CHECKING:
    from dlbib.model.entry import Entry

CHECKS = list(checks().values())
EVERY = pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)


def by_itself(check: Check, text: str) -> list[str]:
    return names(found(text, check.name))


@EVERY
def test_a_name_is_words_joined_by_hyphens(check: Check) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", check.name)


@EVERY
def test_a_check_has_one_way_to_look(check: Check) -> None:
    ways = [check.in_field, check.in_entry, check.among]
    assert sum(way is not None for way in ways) == 1
    assert bool(check.attributes) == (check.in_field is not None)


@EVERY
def test_a_check_says_in_a_line_what_it_finds_and_in_sentences_why(check: Check) -> None:
    assert check.summary
    assert "\n" not in check.summary
    assert not check.summary.endswith(".")
    assert check.explanation.endswith(".")
    assert check.explanation.count(". ") >= 1


@EVERY
def test_it_finds_what_is_wrong_and_nothing_in_what_is_right(check: Check) -> None:
    assert by_itself(check, check.wrong) == [check.name]
    assert by_itself(check, check.right) == []


@EVERY
def test_a_finding_says_what_is_wrong_what_comes_of_it_and_how_to_mend_it(check: Check) -> None:
    for finding in found(check.wrong, check.name):
        assert finding.message.count("; ") >= 2
        assert "\n" not in finding.message
        assert finding.line >= 1
        assert finding.column >= 1
        assert finding.key


@EVERY
def test_what_is_right_brings_nothing_that_the_wrong_one_had_not(check: Check) -> None:
    assert set(names(found(check.right))) <= set(names(found(check.wrong)))


@EVERY
def test_what_is_mended_is_right(check: Check) -> None:
    if any(finding.fix for finding in found(check.wrong, check.name)):
        assert mended(check.wrong, check.name) == check.right


@EVERY
def test_mending_what_is_right_changes_nothing(check: Check) -> None:
    assert mended(check.right, check.name) == check.right


@EVERY
def test_a_finding_tells_what_a_field_was_and_what_it_would_be(check: Check) -> None:
    for finding in found(check.wrong, check.name):
        assert all(change.old != change.new for change in finding.fix)


def many(check: Check, count: int) -> str:
    """The sample of a check over and over, under other keys and titles."""
    return "\n".join(re.sub(r"(@\w+\{)", rf"\g<1>n{number}", check.wrong) for number in range(count))


@EVERY
@pytest.mark.slow
def test_it_takes_time_linear_in_the_entries(check: Check) -> None:
    examiner = Examiner([check])

    def seconds(count: int) -> float:
        text = sheet(many(check, count))
        _ = text.records
        return taken(lambda: text.findings(examiner, TODAY, tells_all=False))

    assert in_proportion(seconds, 1000, least_s=0.15)


LONG = [
    "Smith, J" + " " * 20000 + "b",
    "Smith, J" + "~" * 20000 + "b",
    "Smith, J" + "," * 20000 + "b",
    "Smith, J" + "." * 20000 + "b",
    "Smith, J" + "; " * 10000 + "b",
    "{" * 20000,
    "<i>" * 20000,
    "&amp;" * 20000,
    '"a ' * 20000,
    "\\(" * 20000,
    "$" * 20001,
    "a.b." * 20000,
    "1-" * 20000,
    "et al " * 20000,
    "A; " * 20000,
    "Smith, " * 20000,
    "http://" * 10000,
    "\u00c3\u00a9" * 20000,
    " " * 60000 + ".",
    "\\url{" * 10000,
    "IN THE " * 10000,
    "arXiv:1412.6980 " * 5000,
    "(" * 30000,
]
FIELDS = (
    "title",
    "author",
    "pages",
    "note",
    "url",
    "doi",
    "month",
    "year",
    "booktitle",
    "edition",
    "isbn",
    "eprint",
)


@pytest.mark.parametrize("text", LONG, ids=lambda text: ascii(text[:8]))
@pytest.mark.parametrize("field", FIELDS)
def test_a_long_odd_value_takes_no_time(field: str, text: str) -> None:
    balanced = text + "}" * (text.count("{"))
    start = time.process_time()
    found(f"@misc{{a, {field} = {{{balanced}}}}}")
    assert time.process_time() - start < 10


VALUES = st.lists(
    st.sampled_from([*"aB1 .,;:-&%_$#^'<>/\\{}?()é\u00adﬁÃ©\n", " and ", "arXiv:1412.6980"]), max_size=25
).map("".join)


@given(fields=st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=4))
@settings(max_examples=150)
def test_any_text_is_checked_and_mended_for_good(fields: dict[str, str]) -> None:
    text = "@misc{a,\n" + "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items()) + "}\n"
    once = mended(text)
    assert [entry.key for entry in read(once)] == [entry.key for entry in read(text)]
    assert mended(once) == once


def read(text: str) -> list[Entry]:
    return [record.entry for record in sheet(text).records if record.entry]


@given(entry=entries())
@settings(max_examples=100)
def test_any_entry_is_checked_and_mended_for_good(entry: object) -> None:
    examiner = Examiner(checks().values())
    origin = Origin(TODAY)
    once = mended_subject(plain_subject(entry, origin), examiner)  # type: ignore[arg-type]  # an entry
    again = mended_subject(once.subject, examiner)
    assert (again.subject.entry, again.done) == (once.subject.entry, ())
    assert again.left == once.left


@given(entry=entries())
@settings(max_examples=50)
def test_entries_can_be_compared_whatever_they_say(entry: object) -> None:
    subject = plain_subject(entry, Origin(TODAY))  # type: ignore[arg-type]  # an entry
    list(Examiner(checks().values()).compare(Shelf((subject, subject))))


def test_checks_are_chosen_by_name() -> None:
    assert [check.name for check in chosen(["page-range"])] == ["page-range"]
    assert "page-range" not in [check.name for check in chosen(skip=["page-range"])]
    assert chosen(["reading"]) == ()


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(NotFoundError, match="page-range"):
        get_check("page-rang")
    with pytest.raises(NotFoundError):
        chosen(skip=["pages"])
