"""What is asked for, made canonical before anything is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dlbib.errors import InvalidIdentifierError
from dlbib.model.facts import NO_FACTS, Facts
from dlbib.model.identifiers import Identifier
from dlbib.providers.outcomes import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dlbib.providers.outcomes import Status


@dataclass(frozen=True, slots=True)
class Asked:
    """An id that can be asked for, and how it was typed."""

    text: str
    identifier: Identifier

    def outcome(
        self,
        status: Status,
        reason: str = "",
        *,
        retrieved: str = "",
        facts: Facts = NO_FACTS,
    ) -> Outcome:
        """Its outcome, without an entry."""
        return Outcome(self.text, self.identifier, status, facts=facts, reason=reason, retrieved=retrieved)


def asked_for(identifiers: Iterable[str | Identifier]) -> Iterator[Asked | Outcome]:
    """Each id once, in order, however often and in whatever form it is given; ``invalid`` for what is none."""
    seen: set[Identifier | str] = set()
    for given in identifiers:
        found: Asked | Outcome
        try:
            found = Asked(str(given), identify(given))
            name: Identifier | str = found.identifier
        except InvalidIdentifierError as error:
            found = Outcome(str(given), None, "invalid", reason=error.reason)
            name = found.asked
        if name not in seen:
            seen.add(name)
            yield found


def identify(given: str | Identifier) -> Identifier:
    """The arXiv id that something is, with its version if it names one; of a DOI, the id that it is of.

    Raises `InvalidIdentifierError`.

    >>> print(identify("https://doi.org/10.48550/arXiv.1706.03762"))
    arxiv:1706.03762
    """
    if isinstance(given, Identifier):
        found = given.arxiv
        if found is None:
            reason = f"a {given.scheme} is no id of arXiv's"
            scheme = "arxiv"
            raise InvalidIdentifierError(scheme, given.value, reason)
        return found
    try:
        return Identifier("arxiv", given)
    except InvalidIdentifierError:
        if (found := _of_doi(given)) is None:
            raise
        return found


def _of_doi(text: str) -> Identifier | None:
    try:
        return Identifier("doi", text).arxiv
    except InvalidIdentifierError:
        return None
