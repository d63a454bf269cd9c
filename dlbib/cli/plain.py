"""Values as JSON has them: only what is known, dates as EDTF text, names by their parts."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dlbib.model.merging import Record, Statement, Value
    from dlbib.model.works import Application, Work


def application_json(application: Application) -> dict[str, Any]:
    """An application: its attributes, links and lists; the number of its papers and resources."""
    return _known(asdict(application))


def work_json(work: Work) -> dict[str, Any]:
    """A work: key, kind, every field by its name, then what the library knows around it."""
    from dlbib.model.merging import values

    return {
        "key": work.key,
        "kind": work.kind,
        "type": work.type,
        **({"year": work.year} if work.year is not None else {}),
        **{field: plain(value) for field, value in values(work).items()},
        **({"arxiv_id": work.arxiv_id} if work.arxiv_id else {}),
        "applications": [application.slug for application in work.applications],
        "cited": [_known(asdict(cited)) for cited in work.cited],
        "links": [_known(asdict(link)) for link in work.links],
        "tags": list(work.tags),
        "aliases": list(work.aliases),
    }


def statement_json(statement: Statement) -> dict[str, Any]:
    """What one source says of one field, whether that won, and why."""
    return {
        "field": statement.field,
        "value": None if statement.value is None else plain(statement.value),
        "won": statement.won,
        "reason": statement.reason,
        "source": statement.record.source,
        "kind": statement.record.kind,
        "single_source": statement.single_source,
        "note": statement.record.note,
    }


def told_json(record: Record) -> dict[str, Any]:
    """What a service told of a version beside its entry: only what is known."""
    facts = record.facts
    dates = {"submitted": facts.submitted, "revised": facts.revised}
    return {
        "source": record.source,
        "id": record.source_id,
        "retrieved": record.retrieved,
        **_known({"version": facts.version, "comment": facts.comment, "categories": list(facts.categories)}),
        **{name: str(date) for name, date in dates.items() if date},
        "withdrawn": facts.withdrawn,
        **_known({"published_doi": facts.published_doi.value if facts.published_doi else ""}),
        **_known({"published_in": facts.published_in}),
        "links": [_known(asdict(link)) for link in facts.links],
    }


def plain(value: Value) -> Any:  # noqa: ANN401  # whatever JSON can hold
    """A field's value as JSON has it; of identifiers the first, or a list of several."""
    from dlbib.model.dates import Date
    from dlbib.model.identifiers import Identifier
    from dlbib.model.merging import People

    if isinstance(value, People):
        names = [_known(asdict(name)) for name in value.names]
        return [*names, {"others": True}] if value.others else names
    if isinstance(value, Date):
        return str(value)
    if isinstance(value, tuple):
        plain_values = [each.value if isinstance(each, Identifier) else each for each in value]
        one = len(plain_values) == 1 and isinstance(value[0], Identifier)
        return plain_values[0] if one else plain_values
    return value


def _known(attributes: dict[str, Any]) -> dict[str, Any]:
    """Without what is unknown (``None``, empty); zero and false are known."""
    return {name: value for name, value in attributes.items() if value not in (None, "", (), [])}
