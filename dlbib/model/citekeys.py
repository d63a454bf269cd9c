r"""Citation keys: proposed from what an entry says, unique, and fit for BibTeX.

Source: what a key can't hold: Oren Patashnik, ``bibtex.web``, section "legal_id_char", and for ``\``
and ``~`` TeX itself, which reads keys as the arguments of ``\cite``.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from anyascii import anyascii

from dlbib.model.identifiers.url import url_parts
from dlbib.model.markup import tokens

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from dlbib.model.entry import Entry
    from dlbib.model.names import Name

_LONGEST_PART: Final = 40
_LETTERS: Final = 26
_NO_WORDS: Final = "work"

# Articles, pronouns, prepositions, conjunctions and auxiliary verbs that titles begin with, in the letters
# that transliteration leaves. Left out are those that are a word of weight in another of the languages
# (French "car", Spanish "sin", Dutch "door", Italian "come").
_ENGLISH: Final = """
    a about after all an and any are as at be been before between but by can could do does for from had has
    have how i if in into is it its may must no nor not of off on onto or our over shall should so some than
    that the their them then there these they this those through to toward towards under up upon via was we
    were what when where whether which while who whom whose why will with within without would you your
"""
_GERMAN: Final = """
    als am an auf aus bei beim bis das dass dem den der des die durch ein eine einem einen einer eines fur
    gegen ihr im in ins ist mit nach nicht oder ohne sein seine sich sind uber um und unter vom von vor was
    wenn wer wie wird zu zum zur zwischen
"""
_FRENCH: Final = """
    a au aux avec ce ces cette chez comme dans de des du elle en entre est et il ils je la le les leur leurs
    mais ne nos notre nous ou par pas pour qu que quel quelle quelles quels qui sa sans se ses si sous sur un
    une vers vos votre vous
"""
_SPANISH: Final = """
    al como con cual cuando de del desde donde el ella en entre es esta este hacia hasta la las lo los mi no
    nos o para pero por que se segun si sobre su sus tras tu u un una unas unos y
"""
_ITALIAN: Final = """
    a ad agli ai al alla alle allo chi che con cui da dagli dai dal dalla dalle dallo de degli dei del della
    delle dello di e ed fra gli i il in la le lo ma nei nel nella nelle nello o per quale se su sugli sui sul
    sulla sulle tra un una uno verso
"""
_DUTCH: Final = """
    aan als bij dat de deze die dit een en haar het hoe hun ik in is met naar niet of om onder onze op te
    tegen ten ter tot tussen uit van voor waar wat wie wij zijn zonder
"""
_PORTUGUESE: Final = """
    a ao aos as com como da das de do dos e em entre esta este na nas no nos o os ou para pela pelas pelo
    pelos por que quem se sem sob sobre sua um uma umas uns
"""
_FUNCTION_WORDS: Final = frozenset(
    word
    for words in (_ENGLISH, _GERMAN, _FRENCH, _SPANISH, _ITALIAN, _DUTCH, _PORTUGUESE)
    for word in words.split()
)

_COMMAND = re.compile(r"\\[A-Za-z]+")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_SIGNS = str.maketrans("", "", "'\"`^")
_ELIDED = re.compile(r"(?<![a-z0-9])(?:[cdjlmnst]|qu|un|[dns]?[aeu]ll|quest)'(?=[a-z0-9])", re.IGNORECASE)
# A word of one letter keeps what a hyphen ties to it: "k-means", "U-Net".
_WORD = re.compile(r"[A-Za-z0-9]-[A-Za-z0-9]+|[A-Za-z0-9]+")


def propose_key(entry: Entry) -> str:
    """A key for ``entry``: first author's family name, year, first word of weight in the title.

    Only ``a`` to ``z`` and ``0`` to ``9``, never empty. An author's particles don't count; without authors
    the first editor stands in, then any other contributor, then the publisher, the container, the event
    or the host. Other scripts are transliterated. A part that is unknown is left out; the title's word
    comes first where nobody is known. Not unique: see `unique_key`.
    """
    name = next(_who(entry), "")
    title = _first_word(entry.title or entry.title_short or "")
    year = _year(entry.year)
    if name:
        return f"{name}{year}{title}"
    return f"{title or _NO_WORDS}{year}"


def _year(year: int | None) -> str:
    if year is None:
        return ""
    return str(year) if year > 0 else f"{1 - year}bc"


def _who(entry: Entry) -> Iterator[str]:
    """What may stand for the author, best first; nothing empty."""
    others = tuple(contributor.name for contributor in entry.contributors)
    for name in (*entry.authors, *entry.editors, *others):
        if found := _of_name(name):
            yield found
    for text in (entry.publisher, entry.container_title, entry.event_title, _host(entry.url)):
        if found := _first_word(text or ""):
            yield found


def _of_name(name: Name) -> str:
    person = "".join(_WORD.findall(_latin(name.family or name.given))).replace("-", "")
    return person[:_LONGEST_PART].lower() or _first_word(name.literal)


def _host(url: str | None) -> str:
    """The longest label of the host but its last: mostly the site's name or its owner's."""
    if not url:
        return ""
    labels = url_parts(url).host.split(".")
    return max(labels[:-1] or labels, key=len)


def _first_word(text: str) -> str:
    """The first word of weight: no function word, with a letter if any has one; empty if there is no word."""
    latin = _latin(_unmarked(text))
    words = [word.replace("-", "") for word in _WORD.findall(latin)]
    weighty = [word for word in words if word.lower() not in _FUNCTION_WORDS or _is_acronym(word, latin)]
    lettered = (word for word in weighty if not word.isdigit())
    found = next(lettered, None) or next(iter(weighty or words), "")
    return found[:_LONGEST_PART].lower()


def _is_acronym(word: str, text: str) -> bool:
    """Whether capitals tell ``word`` apart in ``text``, as in "MIT Press" and "WHO guidelines"."""
    return len(word) > 1 and word.isupper() and not text.isupper()


def _unmarked(text: str) -> str:
    """``text`` without markup, math and what is left of LaTeX."""
    pieces = (
        token.text if token.kind == "text" else " "
        for token in tokens(text)
        if token.kind in {"text", "math"}
    )
    return _COMMAND.sub(" ", "".join(pieces))


def _latin(text: str) -> str:
    """``text`` in ASCII; apostrophes and elided articles are gone."""
    straight = text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    # Signs that stand for letters of other scripts, such as "'" for a soft sign, part no words.
    latin = _NOT_ASCII.sub(lambda letters: anyascii(letters.group()).translate(_SIGNS), straight)
    return _ELIDED.sub(" ", latin).replace("'", "")


def key_fingerprint(key: str) -> str:
    """What two keys share that differ in case or Unicode form alone.

    Source: The Unicode Standard, section 3.13, D145 (canonical caseless matching).
    """
    if key.isascii():
        return key.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", key).casefold())


def unique_key(wanted: str, taken: Container[str]) -> str:
    """``wanted`` if it is free, else with the first of the suffixes ``a`` … ``z``, ``aa`` … that makes it so.

    ``taken`` answers ``fingerprint in taken`` for a `key_fingerprint`: a set of them, or what looks them
    up. Past ``z`` the free suffix is found by halving, so that thousands of equal keys stay quick; it
    follows a taken one.
    """
    for number in range(_LETTERS + 1):
        if not _is_taken(wanted, number, taken):
            return wanted + _suffix(number)
    low, high = _LETTERS, 2 * _LETTERS
    while _is_taken(wanted, high, taken):
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        if _is_taken(wanted, middle, taken):
            low = middle
        else:
            high = middle
    return wanted + _suffix(high)


def _is_taken(wanted: str, number: int, taken: Container[str]) -> bool:
    return key_fingerprint(wanted + _suffix(number)) in taken


def _suffix(number: int) -> str:
    """The suffix of that number: none for 0, ``a`` for 1, ``z`` for 26, ``aa`` for 27."""
    letters = ""
    while number:
        number, letter = divmod(number - 1, _LETTERS)
        letters = chr(ord("a") + letter) + letters
    return letters


_PLAIN_KEY = re.compile(r"[A-Za-z0-9:._/+-]+")
_FORBIDDEN: Final = frozenset("\"#%'(),={}~\\")
# Characters that no font shows though Unicode counts them as letters or marks.
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)


def key_problem(key: str) -> str | None:
    """Why ``key`` can't be a citation key, and how to mend it; nothing if it can.

    Letters of any script are fit, and any length.

    >>> key_problem("smith#2014")
    "the key holds '#'; 'smith2014' would do"
    """
    if _PLAIN_KEY.fullmatch(key):
        return None
    if not key:
        return "the key is empty; write one"
    unfit = [character for character in key if _is_unfit(character)]
    if not unfit:
        return None
    rest = "".join(character for character in key if not _is_unfit(character))
    mended = f"{rest!r} would do" if rest else "write another"
    return f"the key holds {_visible(unfit[0])}; {mended}"


def _is_unfit(character: str) -> bool:
    return (
        character in _FORBIDDEN
        or character.isspace()
        or not character.isprintable()
        or _UNSEEN.match(character) is not None
    )


def _visible(character: str) -> str:
    if character == " ":
        return "a space"
    if character in _FORBIDDEN:
        return f'"{character}"' if character == "'" else f"'{character}'"
    return f"{ascii(character)[1:-1]} ({unicodedata.name(character, 'a control character')})"
