"""The names in a field, one by one, and the field with some of them written anew."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from dlbib.model.names import Name, split_names
from dlbib.model.names.interpretation import interpret
from dlbib.model.tex.decode import decode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dlbib.checks.subjects import FieldText, Subject


class Written(NamedTuple):
    """A name as it is written in a list, with single blanks, where that is in the list, and what it says."""

    text: str
    at: slice
    name: Name

    @property
    def has_comma(self) -> bool:
        """Whether it is written family name first."""
        return "," in self.text and not self.name.literal


def written_names(subject: Subject, field: FieldText) -> tuple[Written, ...]:
    """The names in a field, in order; "others" is none."""
    return _names(field.text, is_latex=subject.is_latex)


@lru_cache(maxsize=16)  # several checks look at the names of one entry, one after another
def _names(text: str, *, is_latex: bool) -> tuple[Written, ...]:
    found: list[Written] = []
    at = 0
    for each in split_names(text).texts:
        at = text.find(each, at)
        where = slice(at, at + len(each))
        found.append(Written(" ".join(each.split()), where, _said(each, is_latex=is_latex)))
        at = where.stop
    return tuple(found)


@lru_cache(maxsize=1 << 14)  # and the same people write again and again
def _said(text: str, *, is_latex: bool) -> Name:
    if not is_latex:
        return Name.parse(text)
    return Name(*interpret(text, "bibtex", _decoded)[:-1])


def _decoded(text: str) -> str:
    return decode(text, protect=False)


def rewritten(field: FieldText, names: Iterable[tuple[Written, str]]) -> dict[str, str | None]:
    """The change that writes some names of a field anew."""
    text = field.text
    for name, new in sorted(names, key=lambda each: -each[0].at.start):
        text = f"{text[: name.at.start]}{new}{text[name.at.stop :]}"
    return field.with_text(text)


def quoted(name: Written) -> str:
    """A name for a message, in quotation marks."""
    text = name.text
    return f"'{text if len(text) <= _LONGEST else f'{text[:_LONGEST]}…'}'"


_LONGEST = 50
