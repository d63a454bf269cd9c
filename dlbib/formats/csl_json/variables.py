"""The variables of CSL-JSON: which attribute of an entry each is, and what its schema admits.

Source: citation-style-language/schema, ``csl-data.json`` 1.0.2.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from dlbib.formats.csl_json.values import Json, Number
from dlbib.formats.fields import csl_name
from dlbib.model.entry import DATES, ROLES, Entry
from dlbib.model.identifiers import SCHEMES

Kind = Literal["text", "number", "names", "date", "identifier", "keyword", "texts", "object"]

IDENTIFIERS: Final = {name: scheme for scheme in SCHEMES if (name := csl_name(scheme))}
"""The variables that identify, with the scheme of each."""

SEVERAL: Final = frozenset({"isbn", "issn"})
"""The schemes whose variable may hold several identifiers, parted by spaces."""

ALIASES: Final = {
    "journalAbbreviation": "container-title-short",
    "shortTitle": "title-short",
    "event": "event-title",
}
"""What the schema still admits under an older name."""

MISNOMERS: Final = {"pages": "page"}
"""What is often written, though no schema ever admitted it."""

_NUMBERS: Final = frozenset(
    {
        "chapter-number",
        "citation-number",
        "collection-number",
        "edition",
        "first-reference-note-number",
        "issue",
        "locator",
        "number",
        "number-of-pages",
        "number-of-volumes",
        "page",
        "page-first",
        "part",
        "printing",
        "supplement",
        "volume",
    }
)
_UNMAPPED: Final[dict[str, Kind]] = {
    "categories": "texts",
    "citation-label": "text",
    "citation-number": "number",
    "custom": "object",
    "first-reference-note-number": "number",
    "locator": "number",
    "page-first": "number",
    "year-suffix": "text",
}
_NOT_TEXTS: Final = frozenset({"key", "type", "arxiv_category", *DATES})


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable by its name in CSL, the attribute of `Entry` that it is, and what kind of value it has.

    ``attribute`` is a role for names, a scheme for identifiers, empty for what an entry has no attribute for.
    """

    name: str
    attribute: str
    kind: Kind


def _texts() -> dict[str, Variable]:
    names = {
        csl_name(attribute): attribute
        for attribute, field in Entry.model_fields.items()
        if field.annotation == str | None and attribute not in _NOT_TEXTS
    }
    return {
        name: Variable(name, attribute, "number" if name in _NUMBERS else "text")
        for name, attribute in names.items()
    }


TEXTS: Final = _texts()
"""The variables that are texts, in the order of the attributes of `Entry`, by name."""

VARIABLES: Final[dict[str, Variable]] = {
    **TEXTS,
    **{csl_name(role): Variable(csl_name(role), role, "names") for role in ROLES},
    **{csl_name(date): Variable(csl_name(date), date, "date") for date in DATES},
    **{name: Variable(name, scheme, "identifier") for name, scheme in IDENTIFIERS.items()},
    "keyword": Variable("keyword", "keywords", "keyword"),
    **{name: Variable(name, "", kind) for name, kind in _UNMAPPED.items()},
    **{alias: Variable(alias, "", "text") for alias in ALIASES},
}
"""Every variable that the schema admits but ``id``, ``citation-key`` and ``type``, by name."""


def _folded(name: str) -> str:
    return name.casefold().replace("_", "-")


_BY_FOLDED_NAME: Final = {_folded(name): name for name in VARIABLES} | MISNOMERS


def canonical_name(name: str) -> str:
    """The variable that is meant by ``name``, whatever its case; ``name`` itself when none is.

    >>> canonical_name("doi"), canonical_name("pages"), canonical_name("mood")
    ('DOI', 'page', 'mood')
    """
    return name if name in VARIABLES else _BY_FOLDED_NAME.get(_folded(name), name)


_LONGEST_NUMBER: Final = 100  # what is far longer, most readers of JSON refuse
_NAME_TEXTS: Final = frozenset(
    {"family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal"}
)
_NAME_FLAGS: Final = frozenset({"comma-suffix", "static-ordering", "parse-names"})
_MOST_DATES: Final = 2
_MOST_PARTS: Final = 3
_DATE_TEXTS: Final = frozenset({"literal", "raw"})


def is_admitted(name: str, value: Json) -> bool:
    """Tells whether the schema admits ``value`` for the variable ``name``."""
    match VARIABLES[name].kind:
        case "number":
            return _is_text(value) or (isinstance(value, Number) and len(value) <= _LONGEST_NUMBER)
        case "texts":
            return isinstance(value, list) and all(_is_text(each) for each in value)
        case "object":
            return type(value) is dict
        case "names":
            return isinstance(value, list) and all(_is_name(each) for each in value)
        case "date":
            return _is_date(value)
        case _:
            return _is_text(value)


def _is_text(value: Json) -> bool:
    return isinstance(value, str) and not isinstance(value, Number)


def _is_scalar(value: Json) -> bool:
    return isinstance(value, (str, bool))


def _is_name(value: Json) -> bool:
    return type(value) is dict and all(
        _is_text(each) if part in _NAME_TEXTS else part in _NAME_FLAGS and _is_scalar(each)
        for part, each in value.items()
    )


def _is_date(value: Json) -> bool:
    return type(value) is dict and all(_is_date_member(name, member) for name, member in value.items())


def _is_date_member(name: str, value: Json) -> bool:
    if name == "date-parts":
        return (
            isinstance(value, list)
            and 1 <= len(value) <= _MOST_DATES
            and all(_is_parts(each) for each in value)
        )
    if name in _DATE_TEXTS:
        return _is_text(value)
    return isinstance(value, str) if name == "season" else name == "circa" and _is_scalar(value)


def _is_parts(value: Json) -> bool:
    return (
        isinstance(value, list)
        and 1 <= len(value) <= _MOST_PARTS
        and all(isinstance(each, str) for each in value)
    )
