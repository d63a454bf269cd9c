"""What there is to say about what a service told of a work: nothing that stops anything, all that a reader must know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dlbib.model.identity import traits_of
from dlbib.model.identity.titles import relation
from dlbib.model.markup import fold
from dlbib.model.merging import SOURCE_KINDS, merge
from dlbib.model.problems import Problem
from dlbib.model.versions import drift, is_told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dlbib.model.merging import Record

_SHOWN: Final = 60


def remarks(told: Record, before: Sequence[Record], now: Sequence[Record], key: str) -> Iterator[Problem]:
    """What there is to say of a record that was just kept with the work of that key."""
    if told.kind != "version":
        if told.facts.withdrawn:
            yield _withdrawn(told, key)
        if _is_another(told, [record for record in before if not is_told(record)]):
            yield _other_work(told, key)
    known = {(found.cited, found.newest) for found in drift(before, key)}
    for found in drift(now, key):
        if (found.cited, found.newest) not in known:
            gone = ", and withdrawn" if found.withdrawn else ""
            message = (
                f"version {found.newest} is newer than {found.cited}{gone}; cited as before; see dlbib drift"
            )
            yield Problem("VERSION-NEWER", message, "warning", key=key)


def _withdrawn(told: Record, key: str) -> Problem:
    said = f" ({_short(told.facts.comment)})" if told.facts.comment else ""
    message = f"{SOURCE_KINDS[told.kind]} has it as withdrawn{said}; kept, and exported as withdrawn; cite something else"
    return Problem("WITHDRAWN", message, "warning", key=key)


def _other_work(told: Record, key: str) -> Problem:
    title = _short(told.entry.title or "")
    message = f"{SOURCE_KINDS[told.kind]} calls {told.source_id} {title!r}; kept beside what others say; check the identifier"
    return Problem("TITLE-OTHER", message, "warning", key=key, field="title")


def _is_another(told: Record, others: Sequence[Record]) -> bool:
    """Whether neither title nor first author are what the others say: the identifier may be mistyped."""
    if not others:
        return False
    ours, theirs = told.entry, merge(others).entry
    if not ours.title or not theirs.title or fold(ours.title) == fold(theirs.title):
        return False
    if relation(traits_of(ours).title, traits_of(theirs).title) != "unlike":
        return False
    families = [{fold(name.family or name.literal) for name in entry.authors} for entry in (ours, theirs)]
    return not (families[0] & families[1])


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()}…"
