"""Markers for authors and editors: who they are, and how much of their names.

``auth…`` means the authors or, where there are none, the editors; ``pureauth…`` the authors alone,
``edtr…`` and ``editor…`` the editors.

Source: JabRef documentation, "Customize the citation key generator", "Author-related field markers".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dlbib.model.key_words import name_word, words

if TYPE_CHECKING:
    from dlbib.model.entry import Entry
    from dlbib.model.names import Name

_MANY: Final = 3


@dataclass(frozen=True, slots=True)
class _People:
    """Names in order, and whether more of them are left out."""

    names: tuple[Name, ...]
    others: bool

    @property
    def lasts(self) -> list[str]:
        return [found for name in self.names if (found := _last(name))]


_Form = Callable[[_People, int, int], str]


def marker(word: str, number: int, which: int) -> Callable[[Entry], str] | None:
    """The marker that ``word`` names, in lower case, with its numbers (0 for none); ``None`` if there is none."""
    who, form_name = _split(word)
    form = (_NUMBERED if number else _PLAIN).get(form_name)
    if form is None or (which and form_name != "auth"):
        return None

    def text(entry: Entry) -> str:
        people = who(entry)
        return form(people, number, which) if any(map(_last, people.names)) else ""

    return text


def _split(word: str) -> tuple[Callable[[Entry], _People], str]:
    if word.startswith("pureauth"):
        return _authors, word.removeprefix("pure")
    for start, meant in (("edtr", "auth"), ("editor", "author")):
        if word.startswith(start):
            return _editors, word.replace(start, meant)
    return _authors_or_editors, word


def _authors(entry: Entry) -> _People:
    return _People(entry.authors, "author" in entry.others)


def _editors(entry: Entry) -> _People:
    return _People(entry.editors, "editor" in entry.others)


def _authors_or_editors(entry: Entry) -> _People:
    return _authors(entry) if entry.authors else _editors(entry)


def _last(name: Name) -> str:
    """The family name without its particles; of an organisation its words, the first letter of each in capitals."""
    if name.literal:
        return "".join(word[0].upper() + word[1:] for word in words(name.literal))
    return name_word(name.family or name.given)


def _initial(name: Name) -> str:
    return name_word(name.given)[:1]


# --- forms without a number ------------------------------------------------------------------------


def _first(people: _People, _number: int, _which: int) -> str:
    return next(filter(None, map(_last, people.names)))


def _first_full(people: _People, _number: int, _which: int) -> str:
    name = people.names[0]
    particles = f"{name.dropping_particle} {name.non_dropping_particle}".split()
    return "".join(map(name_word, particles)) + _last(name)


def _fore_initial(people: _People, _number: int, _which: int) -> str:
    return _initial(people.names[0])


def _last_fore_initial(people: _People, _number: int, _which: int) -> str:
    return _initial(people.names[-1])


def _of_last(people: _People, _number: int, _which: int) -> str:
    return people.lasts[-1]


def _all(people: _People, _number: int, _which: int) -> str:
    return "".join(people.lasts) + ("EtAl" if people.others else "")


def _first_and_initials(people: _People, _number: int, _which: int) -> str:
    first, *rest = people.lasts
    return first[:5] + _initials(rest)


def _alpha(people: _People, _number: int, _which: int) -> str:
    lasts = people.lasts
    if len(lasts) == 1:
        return lasts[0][:3] + _plus(people.others)
    if len(lasts) <= _MANY + 1:
        return _initials(lasts) + _plus(people.others)
    return _initials(lasts[:_MANY]) + "+"


def _short(people: _People, _number: int, _which: int) -> str:
    lasts = people.lasts
    if len(lasts) == 1:
        return lasts[0] + _plus(people.others)
    return _initials(lasts[:_MANY]) + _plus(people.others or len(lasts) > _MANY)


def _dotted_ea(people: _People, _number: int, _which: int) -> str:
    more = people.others or len(people.lasts) > 2  # noqa: PLR2004  # as the marker's name says: two authors
    return ".".join(people.lasts[:2]) + (".ea" if more else "")


def _dotted_et_al(people: _People, _number: int, _which: int) -> str:
    return _et_al(people.lasts, ".", ".etal", others=people.others)


def _joined_et_al(people: _People, _number: int, _which: int) -> str:
    return _et_al(people.lasts, "", "EtAl", others=people.others)


def _et_al(lasts: Sequence[str], between: str, more: str, *, others: bool) -> str:
    if others or len(lasts) > 2:  # noqa: PLR2004  # two authors are named, of more the first alone
        return lasts[0] + more
    return between.join(lasts)


# --- forms with a number ---------------------------------------------------------------------------


def _letters(people: _People, number: int, which: int) -> str:
    place = max(which, 1) - 1
    return people.lasts[place][:number] if place < len(people.lasts) else ""


def _up_to(people: _People, number: int, _which: int) -> str:
    more = people.others or len(people.lasts) > number
    return "".join(people.lasts[:number]) + ("EtAl" if more else "")


def _beginnings(people: _People, number: int, _which: int) -> str:
    """The beginning of each name, so that all of them have ``number`` letters at most."""
    lasts = people.lasts
    each, left = divmod(number, len(lasts))
    return "".join(last[: each + (place < left)] for place, last in enumerate(lasts))


def _initials(lasts: Sequence[str]) -> str:
    return "".join(last[0] for last in lasts)


def _plus(wanted: bool) -> str:  # noqa: FBT001  # the one thing it asks
    return "+" if wanted else ""


_PLAIN: Final[dict[str, _Form]] = {
    "auth": _first,
    "auth.auth.ea": _dotted_ea,
    "auth.etal": _dotted_et_al,
    "authetal": _joined_et_al,
    "authfirstfull": _first_full,
    "authforeini": _fore_initial,
    "authorini": _first_and_initials,
    "authorlast": _of_last,
    "authorlastforeini": _last_fore_initial,
    "authors": _all,
    "authorsalpha": _alpha,
    "authshort": _short,
}
_NUMBERED: Final[dict[str, _Form]] = {"auth": _letters, "authini": _beginnings, "authors": _up_to}
MARKERS: Final = (*_PLAIN, "authN", "authN_M", "authIniN", "authorsN", "edtr", "editors", "pureauth")
"""How markers for people are written."""
