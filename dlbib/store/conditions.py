"""The tree of a query, or plain arguments, to conditions on the tables.

One table says what each field of a query means; the command line and Python share it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sqlalchemy import ColumnElement, and_, false, func, not_, or_, true
from sqlalchemy.orm import InstrumentedAttribute

from dlbib.errors import InvalidIdentifierError, InvalidQueryError, NotFoundError, quoted
from dlbib.model.citekeys import key_fingerprint
from dlbib.model.entry import ROLES, TYPES
from dlbib.model.identifiers import SCHEMES, Identifier
from dlbib.model.markup import fold
from dlbib.model.storable import is_storable
from dlbib.store import search
from dlbib.store.models import Application, Citation, Contribution, Key, Tag, Work
from dlbib.store.models import Identifier as IdentifierRow
from dlbib.store.query import Any, Node, Not, Term, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Condition = ColumnElement[bool]
TextColumn = InstrumentedAttribute[str | None] | InstrumentedAttribute[str] | ColumnElement[str]

_YEARS = re.compile(r"(?P<low>-?\d{1,5})?(?:(?P<range>\.\.)(?P<high>-?\d{1,5})?)?")
_COMPARED = re.compile(r"(?P<sign>[<>]=?)(?P<year>-?\d{1,5})")
_ESCAPE = "\\"


def from_query(query: str) -> Condition:
    """The condition that a query states; true for a blank one. Raises `InvalidQueryError`."""
    return _of_node(parse(query), query)


def _of_node(node: Node, query: str) -> Condition:
    if isinstance(node, Term):
        return _of_term(node, query)
    if isinstance(node, Not):
        return not_(_of_node(node.node, query))
    conditions = [_of_node(each, query) for each in node.nodes]
    return or_(*conditions) if isinstance(node, Any) else and_(true(), *conditions)


def _of_term(term: Term, query: str) -> Condition:
    try:
        return of_field(term.field, term.value)
    except (NotFoundError, InvalidIdentifierError, ValueError) as error:
        raise InvalidQueryError(str(error), query, term.position) from error


def of_field(field: str, value: str) -> Condition:
    """The condition that ``field`` is ``value``, as `FIELDS` defines it; no field is the full text.

    Raises `NotFoundError` for an unknown field, ``ValueError`` for a value the field can't have.
    """
    if field in {"", "text"}:
        return search.matches(value)
    if not is_storable(value):
        message = f"{value!a} has a letter that no database keeps"
        raise ValueError(message)
    try:
        condition = FIELDS[field.replace("-", "_")]
    except KeyError:
        msg = "field"
        raise NotFoundError.among(msg, field, FIELDS) from None
    return condition(value)


def any_of(field: str, given: object) -> Condition:
    """The condition for a Python argument: a value, a ``(low, high)`` of years, or a list of values.

    Nothing is any of an empty list. Raises `InvalidQueryError` for a value the field can't have.
    """
    if field == "year" and isinstance(given, tuple):
        low, high = given
        return _between(low, high)
    several = given if isinstance(given, (list, tuple, set, frozenset)) else [given]
    try:
        return or_(false(), *(of_field(field, str(each)) for each in several))
    except ValueError as error:
        raise InvalidQueryError(str(error), f"{field}:{given}", len(field) + 1) from error


def _between(low: int | None, high: int | None) -> Condition:
    bounds: list[Condition] = [Work.issued_year.is_not(None)]
    if low is not None:
        bounds.append(Work.issued_year >= low)
    if high is not None:
        bounds.append(Work.issued_year <= high)
    return and_(*bounds)


def _year(value: str) -> Condition:
    if compared := _COMPARED.fullmatch(value):
        year, strict = int(compared["year"]), len(compared["sign"]) == 1
        below = compared["sign"].startswith("<")
        return _between(None, year - strict) if below else _between(year + strict, None)
    years = _YEARS.fullmatch(value)
    if years is None or not (years["low"] or years["high"]):
        message = f"{quoted(value)} is no year; write 2014, 2014..2016, 2014.. or >=2014"
        raise ValueError(message)
    low, high = (int(text) if text else None for text in (years["low"], years["high"]))
    return _between(low, high) if years["range"] else _between(low, low)


def _pattern(value: str) -> str:
    escaped = re.sub(r"([\\%_])", r"\\\1", value)
    return f"%{escaped}%"


def _like(column: TextColumn, value: str) -> Condition:
    return column.like(_pattern(value), escape=_ESCAPE)


def _contains(column: TextColumn) -> Callable[[str], Condition]:
    """Whatever the case, as far as the database knows letters: PostgreSQL by its locale."""
    return lambda value: func.lower(column).like(func.lower(_pattern(value)), escape=_ESCAPE)


def _person(*roles: str) -> Callable[[str], Condition]:
    def condition(value: str) -> Condition:
        folded = fold(value)
        if not folded:
            message = f"{quoted(value)} is no part of a name"
            raise ValueError(message)
        in_role = Contribution.role.in_(roles) if roles else true()
        return Work.contributions.any(and_(in_role, _like(Contribution.folded, folded)))

    return condition


def _title(value: str) -> Condition:
    folded = fold(value)
    if not folded:
        message = f"{quoted(value)} has no letter to look for in titles"
        raise ValueError(message)
    return _like(Work.title_folded, folded)


def _type(value: str) -> Condition:
    if value not in TYPES:
        msg = "type"
        raise NotFoundError.among(msg, value, TYPES)
    return Work.type == value


def _kind(value: str) -> Condition:
    if value.lower() not in _KINDS:
        raise NotFoundError.among("kind", value, _KINDS)  # noqa: EM101  # a word, not a message
    return Work.kind == value.lower()


def _identifier(scheme: str) -> Callable[[str], Condition]:
    def condition(value: str) -> Condition:
        wanted = Identifier(scheme, value)
        versioned = [IdentifierRow.value == wanted.value] if wanted.version is not None else []
        matches = and_(IdentifierRow.scheme == scheme, IdentifierRow.work_value == wanted.work, *versioned)
        return Work.identifiers.any(matches)

    return condition


def _application(value: str) -> Condition:
    return Work.citations.any(Citation.application.has(Application.slug == value.lower()))


def _key(value: str) -> Condition:
    return Work.keys.any(Key.fingerprint == key_fingerprint(value))


def _tag(value: str) -> Condition:
    return Work.tags.any(Tag.folded == " ".join(value.split()).casefold())


def _has(value: str) -> Condition:
    name = value.lower().replace("-", "_")
    try:
        return _PRESENT[name]()
    except KeyError:
        msg = "thing to have"
        raise NotFoundError.among(msg, value, _PRESENT) from None


def _present() -> Mapping[str, Callable[[], Condition]]:
    columns: dict[str, Callable[[], Condition]] = {
        name: (lambda name=name: getattr(Work, name).is_not(None))  # type: ignore[misc]  # bound per name
        for name in _TEXT_COLUMNS
    }
    schemes: dict[str, Callable[[], Condition]] = {
        scheme: (lambda scheme=scheme: Work.identifiers.any(IdentifierRow.scheme == scheme))  # type: ignore[misc]
        for scheme in SCHEMES
    }
    roles: dict[str, Callable[[], Condition]] = {
        role: (lambda role=role: Work.contributions.any(Contribution.role == role))  # type: ignore[misc]
        for role in ROLES
    }
    around: dict[str, Callable[[], Condition]] = {
        "application": lambda: Work.citations.any(Citation.application_id.is_not(None)),
        "link": Work.links.any,
        "tag": Work.tags.any,
        "year": lambda: Work.issued_year.is_not(None),
        "date": lambda: Work.issued.is_not(None),
    }
    return {**columns, **schemes, **roles, **around}


_KINDS: Final = ("paper", "resource")
_TEXT_COLUMNS: Final = (
    "title", "container_title", "collection_title", "publisher", "publisher_place", "volume", "issue",
    "number", "page", "edition", "genre", "event_title", "language", "abstract", "note", "arxiv_category",
)  # fmt: skip
_PRESENT: Final = _present()

FIELDS: Final[Mapping[str, Callable[[str], Condition]]] = {
    "abstract": _contains(Work.abstract),
    "application": _application,
    "author": _person("author"),
    "category": _contains(Work.arxiv_category),
    "editor": _person("editor"),
    "has": _has,
    "key": _key,
    "kind": _kind,
    "language": _contains(Work.language),
    "name": _person(),
    "note": _contains(Work.note),
    "publisher": _contains(Work.publisher),
    "tag": _tag,
    "text": search.matches,
    "title": _title,
    "type": _type,
    "venue": lambda value: or_(
        *(
            _contains(column)(value)
            for column in (Work.container_title, Work.event_title, Work.collection_title)
        )
    ),
    "year": _year,
    **{scheme: _identifier(scheme) for scheme in SCHEMES},
}
"""What each field of a query means."""


def together(conditions: Iterable[Condition]) -> Condition:
    """All of them; true when there are none."""
    return and_(true(), *conditions)
