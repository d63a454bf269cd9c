"""Named checks of entries, one module per check or family, found by its file name.

A check is a row in a module here that ends in ``CHECKS = (Check(...), ...)``. Adding one touches nothing
else. Checks are pure: they say what is wrong with an entry, or with one among many, and what a field would
be when it is mended; they change nothing.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from dlbib.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from dlbib.checks.subjects import FieldText, Shelf, Subject
    from dlbib.model.problems import Severity

    InField = Callable[[Subject, FieldText], Iterator["Found"]]
    InEntry = Callable[[Subject], Iterator["Found"]]
    Among = Callable[[Shelf], Iterator[tuple[Subject, "Found"]]]

READING: Final = "reading"
"""What stands, where checks are chosen, for what a format's reader says of its input."""


class Found(NamedTuple):
    """Something that a check found: what is wrong; what comes of it; how to mend it.

    ``field`` is the field it is about, by its name in the subject; empty for the whole entry.
    ``changes`` are the fields that would mend it, by name, each as it would be written there; ``None``
    for one to be taken out. Without any, only a human can mend it.
    """

    message: str
    field: str = ""
    changes: Mapping[str, str | None] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Check:
    """A check: how it is called, what it is about, and how it looks.

    It has one way to look. ``in_field`` is asked for each field whose attribute is one of ``attributes``,
    ``in_entry`` for each entry, ``among`` once for all of them. ``summary`` is a line, ``explanation`` what
    comes of it and how it is mended. ``wrong`` is a BibTeX text in which it finds something, ``right`` the
    same without. An ``error`` breaks the document or cites another work; all else is a ``warning``.
    ``instead_of`` are the codes of readers' problems that a finding in the same field tells better.
    """

    name: str
    summary: str
    explanation: str
    wrong: str
    right: str
    in_field: InField | None = None
    attributes: Collection[str] = ()
    in_entry: InEntry | None = None
    among: Among | None = None
    severity: Severity = "warning"
    instead_of: tuple[str, ...] = ()


@cache
def checks() -> dict[str, Check]:
    """Every check by its name, sorted by name."""
    found: list[Check] = []
    for module in pkgutil.iter_modules(__path__):
        found.extend(getattr(importlib.import_module(f"{__name__}.{module.name}"), "CHECKS", ()))
    return {each.name: each for each in sorted(found, key=lambda each: each.name)}


def get_check(name: str) -> Check:
    """The check of that name; raises `NotFoundError` with the nearest ones."""
    if name not in checks():
        msg = "check"
        raise NotFoundError.among(msg, name, checks())
    return checks()[name]


def chosen(only: Collection[str] = (), skip: Collection[str] = ()) -> tuple[Check, ...]:
    """The checks named in ``only``, or all, without those in ``skip``.

    `READING` may stand among the names. Raises `NotFoundError` for a name that is no check.
    """
    for name in (*only, *skip):
        if name != READING:
            get_check(name)
    return tuple(check for name, check in checks().items() if (not only or name in only) and name not in skip)
