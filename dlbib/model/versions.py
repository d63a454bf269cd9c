"""What services know of a work's versions: newer ones than the one cited, and the published one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dlbib.model.merging import merge
from dlbib.model.preprints import is_published

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dlbib.model.dates import Date
    from dlbib.model.identifiers import Identifier
    from dlbib.model.merging import Record

WITHDRAWN: Final = "withdrawn"
"""The ``status`` of what its authors, or the service that had it, took back."""


@dataclass(frozen=True, slots=True)
class Drift:
    """A work is cited in another version than the newest.

    ``cited`` is the identifier with the version that is cited, ``newest`` the number of the newest one and
    ``revised`` its date. ``withdrawn`` is said of the newest one; ``comment`` is what its authors say of it.
    """

    key: str
    cited: Identifier
    newest: int
    revised: Date | None = None
    withdrawn: bool = False
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """Where a preprint was published, as a service knows: an offer, for nothing of it is applied.

    ``doi`` or ``reference`` may be unknown, not both. ``instead_of`` is the DOI that the work has now,
    ``known_as`` the key of another work of the library that has ``doi``.
    """

    key: str
    doi: Identifier | None
    reference: str
    source: str
    instead_of: Identifier | None = None
    known_as: str = ""


def is_told(record: Record) -> bool:
    """Whether a service told the record of a version: it knows which one."""
    return record.facts.version is not None


def cited_identifiers(records: Iterable[Record], scheme: str) -> tuple[Identifier, ...]:
    """The identifiers of ``scheme`` that a work is cited by, one for each thing that it names.

    What services told counts where nobody else does. A DOI that arXiv registers for an id is that id.
    """
    given = list(records)
    others = [record for record in given if not is_told(record)]
    views = (merge(each).entry.identifiers for each in (others, given))
    return next((found for view in views if (found := _in_scheme(view, scheme))), ())


def _in_scheme(identifiers: Iterable[Identifier], scheme: str) -> tuple[Identifier, ...]:
    found: dict[str, Identifier] = {}
    for each in identifiers:
        identifier = each.arxiv if scheme == "arxiv" else each if each.scheme == scheme else None
        if identifier is not None and (
            identifier.work not in found or found[identifier.work].version is None
        ):
            found[identifier.work] = identifier
    return tuple(found.values())


def drift(records: Iterable[Record], key: str = "") -> tuple[Drift, ...]:
    """The versions newer than those that a work is cited in; none where no version is named."""
    given = list(records)
    told = [record for record in given if is_told(record)]
    if not told:
        return ()
    cited = (i for i in cited_identifiers(given, "arxiv") if i.version is not None)
    return tuple(found for identifier in cited for found in _newer(key, identifier, told))


def _newer(key: str, cited: Identifier, told: Iterable[Record]) -> Iterator[Drift]:
    about = [record for record in told if _names(record, cited)]
    newest = max(about, key=_version, default=None)
    if newest is not None and cited.version is not None and _version(newest) > cited.version:
        facts = newest.facts
        yield Drift(key, cited, _version(newest), facts.revised, facts.withdrawn, facts.comment)


def _version(record: Record) -> int:
    return record.facts.version or 0


def _names(record: Record, identifier: Identifier) -> bool:
    return any((i.scheme, i.work) == (identifier.scheme, identifier.work) for i in record.entry.identifiers)


def published(records: Iterable[Record], key: str = "") -> Published | None:
    """The published version that services know of and the work doesn't say itself."""
    given = list(records)
    told = [r for r in given if r.facts.published_doi is not None or r.facts.published_in]
    if not told:
        return None
    entry = merge(given, key).entry
    best = max(told, key=lambda r: (r.facts.published_doi is not None, _version(r)))
    doi, now = best.facts.published_doi, entry.identifier("doi")
    if doi is None and is_published(entry):
        return None
    if doi is not None and any(i.work == doi.work for i in entry.identifiers if i.scheme == "doi"):
        return None
    known = now if now is not None and now.arxiv is None else None
    reference = best.facts.published_in or next(
        (r.facts.published_in for r in told if r.facts.published_in), ""
    )
    return Published(key, doi, reference, best.source, known)
