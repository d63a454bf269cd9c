"""One bibliographic record as a value: the hub that every format and provider speaks.

The attributes are the variables of CSL 1.0.2 with ``-`` as ``_``; what identifies (DOI, ISBN, URL …)
stands in ``identifiers`` and who made it in ``contributors``. Source: CSL 1.0.2 specification,
appendices III (item types) and IV (variables).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    InstanceOf,
    PlainSerializer,
    field_validator,
    model_validator,
)

from dlbib.model.dates import Date  # pydantic reads the annotations of Entry
from dlbib.model.identifiers import Identifier  # as above
from dlbib.model.names import Name  # noqa: TC001  # as above

TYPES: Final = frozenset(
    {
        "article",
        "article-journal",
        "article-magazine",
        "article-newspaper",
        "bill",
        "book",
        "broadcast",
        "chapter",
        "classic",
        "collection",
        "dataset",
        "document",
        "entry",
        "entry-dictionary",
        "entry-encyclopedia",
        "event",
        "figure",
        "graphic",
        "hearing",
        "interview",
        "legal_case",
        "legislation",
        "manuscript",
        "map",
        "motion_picture",
        "musical_score",
        "pamphlet",
        "paper-conference",
        "patent",
        "performance",
        "periodical",
        "personal_communication",
        "post",
        "post-weblog",
        "regulation",
        "report",
        "review",
        "review-book",
        "software",
        "song",
        "speech",
        "standard",
        "thesis",
        "treaty",
        "webpage",
    }
)
"""The item types of CSL 1.0.2."""

ROLES: Final = (
    "author",
    "editor",
    "translator",
    "chair",
    "collection_editor",
    "compiler",
    "composer",
    "container_author",
    "contributor",
    "curator",
    "director",
    "editorial_director",
    "executive_producer",
    "guest",
    "host",
    "illustrator",
    "interviewer",
    "narrator",
    "organizer",
    "original_author",
    "performer",
    "producer",
    "recipient",
    "reviewed_author",
    "script_writer",
    "series_creator",
)
"""The name variables of CSL 1.0.2, with ``-`` as ``_``."""

DATES: Final = ("issued", "accessed", "available_date", "event_date", "original_date", "submitted")
"""The date variables of CSL 1.0.2, with ``-`` as ``_``."""


@dataclass(frozen=True, slots=True)
class Contributor:
    """Somebody who had a part in a work, and which: one of `ROLES`."""

    role: str
    name: Name

    def __post_init__(self) -> None:
        if self.role not in ROLES:
            message = f"{self.role!r} is no role; roles are {', '.join(ROLES)}"
            raise ValueError(message)


class Verbatim(Mapping[str, str]):
    """What no variable holds, by name, in the order in which it came; frozen and hashable."""

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, str] | None = None) -> None:
        self._values = dict(values or {})

    def __getitem__(self, name: str) -> str:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __eq__(self, other: object) -> bool:
        return self._values == (other._values if isinstance(other, Verbatim) else other)

    def __hash__(self) -> int:
        return hash(frozenset(self._values.items()))

    def __repr__(self) -> str:
        return repr(self._values)


NOTHING_EXTRA: Final = Verbatim()

Extra = Annotated[
    InstanceOf[Verbatim],
    BeforeValidator(lambda given: given if isinstance(given, Verbatim) else Verbatim(given)),
    PlainSerializer(dict, return_type=dict[str, str]),
]


class Entry(BaseModel):
    """One bibliographic record, frozen and canonical from birth.

    An attribute that is ``None`` or empty is unknown. Texts are Unicode (NFC) with the markup of
    `dlbib.model.markup`. ``contributors`` keep their order within a role; ``others`` names the
    roles whose list of names ends in "and others". ``extra`` holds verbatim what no variable
    holds, by ``"bibtex:<field>"`` or ``"csl:<name>"``.

    >>> entry = Entry(key="graves2013generating", title="Generating Sequences",
    ...               contributors=[Contributor("author", Name("Graves", "Alex"))],
    ...               issued=Date.parse("2013-08-04"))
    >>> print(entry.authors[0], entry.year)
    Alex Graves 2013
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = ""
    aliases: tuple[str, ...] = ()
    type: str = "document"

    title: str | None = None
    title_short: str | None = None
    contributors: tuple[Contributor, ...] = ()
    others: tuple[str, ...] = ()

    issued: Date | None = None
    accessed: Date | None = None
    available_date: Date | None = None
    event_date: Date | None = None
    original_date: Date | None = None
    submitted: Date | None = None

    identifiers: tuple[Identifier, ...] = ()
    arxiv_category: str | None = Field(default=None, description="arXiv's primary category, such as cs.CV")

    container_title: str | None = None
    container_title_short: str | None = None
    collection_title: str | None = None
    collection_number: str | None = None
    volume: str | None = None
    volume_title: str | None = None
    volume_title_short: str | None = None
    number_of_volumes: str | None = None
    issue: str | None = None
    number: str | None = None
    page: str | None = None
    number_of_pages: str | None = None
    chapter_number: str | None = None
    part: str | None = None
    part_title: str | None = None
    supplement: str | None = None
    edition: str | None = None
    printing: str | None = None
    version: str | None = None
    section: str | None = None
    division: str | None = None

    publisher: str | None = None
    publisher_place: str | None = None
    authority: str | None = None
    jurisdiction: str | None = None
    event_title: str | None = None
    event_place: str | None = None
    genre: str | None = None
    medium: str | None = None
    status: str | None = None
    dimensions: str | None = None
    scale: str | None = None

    archive: str | None = None
    archive_collection: str | None = None
    archive_location: str | None = None
    archive_place: str | None = None
    call_number: str | None = None
    source: str | None = None

    original_title: str | None = None
    original_publisher: str | None = None
    original_publisher_place: str | None = None
    reviewed_title: str | None = None
    reviewed_genre: str | None = None
    references: str | None = None

    language: str | None = None
    abstract: str | None = None
    annote: str | None = None
    note: str | None = None
    keywords: tuple[str, ...] = ()
    extra: Extra = NOTHING_EXTRA

    @model_validator(mode="before")
    @classmethod
    def _composed(cls, data: Any) -> Any:  # noqa: ANN401  # what pydantic was given
        if not isinstance(data, dict) or all(not isinstance(v, str) or v.isascii() for v in data.values()):
            return data
        return {
            name: unicodedata.normalize("NFC", value) if isinstance(value, str) else value
            for name, value in data.items()
        }

    @field_validator("type")
    @classmethod
    def _known_type(cls, value: str) -> str:
        if value not in TYPES:
            message = f"{value!r} is no CSL type"
            raise ValueError(message)
        return value

    @field_validator("others")
    @classmethod
    def _roles_in_order(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        unknown = sorted(set(value) - set(ROLES))
        if unknown:
            message = f"no such role: {', '.join(unknown)}"
            raise ValueError(message)
        return tuple(sorted(set(value), key=ROLES.index))

    @field_validator("identifiers", "keywords", "aliases")
    @classmethod
    def _once_each(cls, value: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(dict.fromkeys(value)) if len(value) > 1 else value

    def names(self, role: str) -> tuple[Name, ...]:
        """The names in ``role`` (one of `ROLES`), in order; empty when there are none."""
        return tuple(c.name for c in self.contributors if c.role == role)

    @property
    def authors(self) -> tuple[Name, ...]:
        """The authors, in the published order."""
        return self.names("author")

    @property
    def editors(self) -> tuple[Name, ...]:
        """The editors, in the published order."""
        return self.names("editor")

    @property
    def year(self) -> int | None:
        """The year of ``issued``; the first of a range; negative before the year 1 BC (0)."""
        return self.issued.year if self.issued else None

    @property
    def venue(self) -> str | None:
        """Where it appeared: the container, else the event, else the publisher."""
        return self.container_title or self.event_title or self.publisher

    def identifier(self, scheme: str) -> Identifier | None:
        """The first identifier of ``scheme``."""
        return next((i for i in self.identifiers if i.scheme == scheme), None)

    @property
    def doi(self) -> str | None:
        """The DOI, as printed: ``10.1109/CVPR.2015.7298932``."""
        return found.value if (found := self.identifier("doi")) else None

    @property
    def url(self) -> str | None:
        """The first URL."""
        return found.value if (found := self.identifier("url")) else None

    @property
    def arxiv_id(self) -> str | None:
        """The arXiv id without its version: ``1411.4389`` or ``cs/0301001``."""
        return found.work if (found := self.identifier("arxiv")) else None

    @property
    def arxiv_version(self) -> int | None:
        """The version of the arXiv id, if one is named."""
        return found.version if (found := self.identifier("arxiv")) else None

    def replace(self, **changes: object) -> Entry:
        """A copy with ``changes``, checked and canonical like a new one."""
        return type(self)(**{**self._given(), **changes})

    def _given(self) -> Mapping[str, Any]:
        return {name: getattr(self, name) for name in type(self).model_fields}
