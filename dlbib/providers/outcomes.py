"""What a metadata service answers, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dlbib.model.facts import NO_FACTS, Facts

if TYPE_CHECKING:
    from dlbib.model.entry import Entry
    from dlbib.model.identifiers import Identifier
    from dlbib.model.problems import Problem

Status = Literal["found", "not_found", "invalid", "unknown"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a service answered to one identifier.

    - ``found``: it has it, and ``entry`` is what it says.
    - ``not_found``: it answered, twice, and has none.
    - ``invalid``: it is no identifier of the service; nothing was asked, or the service refused it.
    - ``unknown``: nobody knows, because the service refused, failed or couldn't be asked.

    ``asked`` is the identifier as it was typed, ``identifier`` its canonical form (``None`` where it has
    none); ``reason`` says why there is no entry, or why this one is not all there is to say. ``raw`` is
    the record as the service sent it; ``retrieved`` the ISO 8601 instant in UTC when it was sent.
    """

    asked: str
    identifier: Identifier | None
    status: Status
    entry: Entry | None = None
    facts: Facts = NO_FACTS
    reason: str = ""
    raw: str = ""
    retrieved: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """The outcomes of one answer, each once, in the order asked; what took no request comes as one too.

    ``problems`` are what there is to say of the answer itself; no outcome is worse for it.
    """

    outcomes: tuple[Outcome, ...]
    problems: tuple[Problem, ...] = ()
