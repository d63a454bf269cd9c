"""Works by query and filters: rows to values, in the order people expect."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from dlbib.errors import NotFoundError
from dlbib.model.citekeys import key_fingerprint
from dlbib.model.storable import is_storable
from dlbib.store import conditions, models, records, viewing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dlbib.model import works
    from dlbib.model.merging import Record
    from dlbib.model.versions import Published

_AT_ONCE: Final = 500  # rows in one answer, and keys in one question: a database limits what it takes


def choose(
    session: Session, row_class: type[models.Work], query: str, filters: Mapping[str, object]
) -> list[works.Work]:
    """The works that ``query`` and ``filters`` choose.

    In the list's order when ``filters`` names an application, else by key. Raises `NotFoundError`
    for an unknown application, `InvalidQueryError` for a query that can't be understood.
    """
    given = {field: value for field, value in filters.items() if value is not None}
    applications = records.applications_by_id(session)
    slug = given.get("application")
    if slug is not None:
        _application(str(slug), applications.values())
    stated = (conditions.any_of(field, value) for field, value in given.items())
    condition = conditions.together([conditions.from_query(query), *stated])
    found = viewing.load(session, row_class, condition, applications)
    return sorted(found.values(), key=lambda work: (_place(work, slug), work.key.casefold(), work.key))


def with_records(
    session: Session, query: str, filters: Mapping[str, object]
) -> Iterator[tuple[models.Work, tuple[Record, ...]]]:
    """The rows of the works that `choose` gives, in its order, each with all that was said of it."""
    keys = [work.key for work in choose(session, models.Work, query, filters)]
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        wanted = select(models.Work).where(models.Work.key.in_(some))
        rows = {row.key: row for row in session.scalars(wanted.options(selectinload(models.Work.records)))}
        yield from ((rows[key], records.records_of(rows[key])) for key in some)


def with_owner(session: Session, offer: Published) -> Published:
    """``offer`` with the key of another work that is the published version already."""
    owner = records.owner_of(session, offer.doi) if offer.doi is not None else None
    return replace(offer, known_as=owner.key if owner is not None and owner.key != offer.key else "")


def find(session: Session, keys: Iterable[str]) -> dict[str, works.Work]:
    """The work for each of ``keys``, of today or older, any case; a key that nobody has is left out."""
    fingerprints = {key: key_fingerprint(key) for key in keys if is_storable(key)}
    in_keys = models.Key.fingerprint.in_(fingerprints.values())
    rows = session.execute(select(models.Key.fingerprint, models.Key.work_id).where(in_keys))
    known = {fingerprint: work_id for fingerprint, work_id in rows if work_id is not None}
    if not known:
        return {}
    wanted = models.Work.id.in_(known.values())
    found = viewing.load(session, models.Work, wanted, records.applications_by_id(session))
    return {
        key: found[known[fingerprint]] for key, fingerprint in fingerprints.items() if fingerprint in known
    }


def given_keys(session: Session, keys: Iterable[str]) -> set[str]:
    """Those of ``keys`` that were ever given to a work, even one that is gone, whatever the case."""
    fingerprints = {key: key_fingerprint(key) for key in keys if is_storable(key)}
    given: set[str] = set()
    wanted = sorted(set(fingerprints.values()))
    for start in range(0, len(wanted), _AT_ONCE):
        in_keys = models.Key.fingerprint.in_(wanted[start : start + _AT_ONCE])
        given.update(session.scalars(select(models.Key.fingerprint).where(in_keys)))
    return {key for key, fingerprint in fingerprints.items() if fingerprint in given}


def require(session: Session, keys: Iterable[str]) -> None:
    """Raise `NotFoundError` for the first of ``keys`` that no work has, with the nearest ones."""
    for key in keys:
        get_row(session, key)


def get(session: Session, key: str) -> works.Work:
    """The work with ``key``, or that once had it, whatever the case. Raises `NotFoundError`."""
    row = get_row(session, key)
    return viewing.load(session, models.Work, models.Work.id == row.id, records.applications_by_id(session))[
        row.id
    ]


def get_row(session: Session, key: str) -> models.Work:
    """The row of the work with ``key``, or that once had it, whatever the case.

    Raises `NotFoundError` with the nearest keys.
    """
    key_row = session.get(models.Key, key_fingerprint(key)) if is_storable(key) else None
    row = session.get(models.Work, key_row.work_id) if key_row and key_row.work_id is not None else None
    if row is None:
        msg = "key"
        raise NotFoundError.among(msg, key, session.scalars(select(models.Work.key)))
    return row


def _application(slug: str, known: Iterable[works.Application]) -> works.Application:
    slugs = {application.slug: application for application in known}
    if slug.lower() not in slugs:
        msg = "application"
        raise NotFoundError.among(msg, slug, slugs)
    return slugs[slug.lower()]


def _place(work: works.Work, slug: object) -> tuple[int, str, int]:
    """Papers before the rest of what an application groups, each in its order."""
    if slug is None:
        return (0, "", 0)
    place = next(cited for cited in work.cited if cited.application == str(slug).lower())
    return (0 if work.kind == "paper" else 1, place.role, place.position)
