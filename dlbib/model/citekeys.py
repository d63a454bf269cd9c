r"""Citation keys: proposed from what an entry says, unique, and fit for BibTeX.

Source: what a key can't hold: Oren Patashnik, ``bibtex.web``, section "legal_id_char", and for ``\``
and ``~`` TeX itself, which reads keys as the arguments of ``\cite``.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from dlbib.model.identifiers.url import url_parts
from dlbib.model.key_words import name_word, weighty_words, words

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from dlbib.model.entry import Entry
    from dlbib.model.names import Name

_LONGEST_PART: Final = 40
_LETTERS: Final = 26
_NO_WORDS: Final = "work"


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
    person = name_word(name.family or name.given)
    return person[:_LONGEST_PART].lower() or _first_word(name.literal)


def _host(url: str | None) -> str:
    """The longest label of the host but its last: mostly the site's name or its owner's."""
    if not url:
        return ""
    labels = url_parts(url).host.split(".")
    return max(labels[:-1] or labels, key=len)


def _first_word(text: str) -> str:
    """The first word of weight: no function word, with a letter if any has one; empty if there is no word."""
    weighty = weighty_words(text)
    lettered = (word for word in weighty if not word.isdigit())
    found = next(lettered, None) or next(iter(weighty or words(text)), "")
    return found[:_LONGEST_PART].lower()


def key_fingerprint(key: str) -> str:
    """What two keys share that differ in case or Unicode form alone.

    Source: The Unicode Standard, section 3.13, D145 (canonical caseless matching).
    """
    if key.isascii():
        return key if key.islower() else key.lower()
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
