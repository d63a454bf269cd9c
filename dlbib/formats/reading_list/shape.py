"""The shape of a reading list: what may stand in its file, and where.

Every value comes as text, a list or a mapping (see `dlbib.formats.reading_list.document`) and is
checked and canonical once a shape holds it. Unknown keys are refused.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, create_model, model_validator

from dlbib.errors import quoted
from dlbib.formats.reading_list.texts import (
    DateText,
    DateValue,
    FieldName,
    Many,
    ManyNames,
    Ref,
    RoleName,
    Slug,
    Text,
    TypeName,
    Url,
    Year,
    identifier_in,
    name_of,
    slug_of,
)
from dlbib.model.entry import DATES, ROLES, Contributor, Entry
from dlbib.model.identifiers import SCHEMES
from dlbib.model.names import Name
from dlbib.model.works import LinkStatus  # pydantic reads the annotations


class Shape(BaseModel):
    """What every shape has in common."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class LinkShape(Shape):
    """An address beside the cited one: a project's website, a credit, a mention."""

    url: Url
    role: Text = "website"
    text: Text = ""
    status: LinkStatus = "unknown"
    successor: Url = ""


class ItemShape(Shape):
    """A paper, as the list cites it."""

    title: Text
    year: Year | None = None
    url: Url = ""
    ref: Ref = ""
    status: LinkStatus = "unknown"
    successor: Url = ""
    note: Text = ""
    links: tuple[LinkShape, ...] = ()

    @model_validator(mode="after")
    def _status_needs_url(self) -> ItemShape:
        if not self.url and (self.successor or self.status != "unknown"):
            message = "status and successor tell of an address, but url is missing; give it"
            raise ValueError(message)
        return self


class ResourceShape(ItemShape):
    """Something to read, watch or try, as the list cites it; ``role`` is what the list has it as."""

    role: Text = ""


class AspectShape(Shape):
    """A list inside an application's text."""

    name: Text
    items: tuple[Text, ...]


class ApplicationShape(Shape):
    """A heading of the list, and what stands under it.

    ``slug`` is made of ``name`` when it is not given; ``heading`` is ``name`` then.
    """

    name: Text
    slug: Slug = ""
    heading: Text = ""
    section: Text = "applications"
    description: Text = ""
    aspects: tuple[AspectShape, ...] = ()
    links: tuple[LinkShape, ...] = ()
    papers: tuple[ItemShape, ...] = ()
    resources: tuple[ResourceShape, ...] = ()

    @model_validator(mode="after")
    def _has_slug(self) -> ApplicationShape:
        if not self.to_slug():
            message = f"no slug can be made of the name {quoted(self.name)}; give slug, in small letters"
            raise ValueError(message)
        return self

    def to_slug(self) -> str:
        """The slug as given, else the words of the name."""
        return self.slug or slug_of(self.name)


class ListShape(Shape):
    """What is known of the list itself."""

    slug: Slug
    title: Text
    author: Text = ""
    date: DateText = ""
    url: Url = ""


class NameShape(Shape):
    """A name by its parts, or a text that is one name in one of BibTeX's forms."""

    family: Text = ""
    given: Text = ""
    dropping_particle: Text = ""
    non_dropping_particle: Text = ""
    suffix: Text = ""
    literal: Text = ""

    @model_validator(mode="before")
    @classmethod
    def _parsed(cls, data: Any) -> Any:  # noqa: ANN401  # what the file has
        if isinstance(data, str):
            return {part: text for part, text in asdict(name_of(data)).items() if text}
        return data

    @model_validator(mode="after")
    def _names_somebody(self) -> NameShape:
        if not (self.family or self.given or self.literal):
            message = "it names nobody; give family and given, or literal"
            raise ValueError(message)
        return self

    def to_name(self) -> Name:
        """The name as a value."""
        return Name(**self.model_dump())


class _EntryShape(Shape):
    """What a record says of a work: the attributes of `Entry`, roles and identifiers by their names."""

    def to_entry(self) -> Entry:
        """The entry as a value."""
        given = {name: value for name in type(self).model_fields if (value := getattr(self, name))}
        people = {role: given.pop(role) for role in ROLES if role in given}
        identifiers = [i for scheme in SCHEMES for i in given.pop(scheme, ())]
        return Entry(
            contributors=tuple(Contributor(role, n.to_name()) for role in people for n in people[role]),
            identifiers=tuple(identifiers),
            **given,
        )


def _entry_fields() -> dict[str, Any]:
    """The keys of an entry, read off `Entry` itself, so that neither can know more than the other."""
    texts = [name for name, field in Entry.model_fields.items() if field.annotation == str | None]
    return {
        "type": (TypeName, "document"),
        "keywords": (Annotated[tuple[Text, ...], Many], ()),
        "others": (Annotated[tuple[RoleName, ...], Many], ()),
        "extra": (dict[Text, Text], {}),
        **dict.fromkeys(ROLES, (Annotated[tuple[NameShape, ...], ManyNames], ())),
        **dict.fromkeys(texts, (Text | None, None)),
        **dict.fromkeys(DATES, (DateValue | None, None)),
        **{scheme: (_identifiers(scheme), ()) for scheme in SCHEMES},
    }


def _identifiers(scheme: str) -> Any:  # noqa: ANN401  # an annotation made at run time
    return Annotated[tuple[Annotated[Text, AfterValidator(identifier_in(scheme))], ...], Many]


if TYPE_CHECKING:
    EntryShape = _EntryShape
else:
    EntryShape = create_model("EntryShape", __base__=_EntryShape, **_entry_fields())


class RecordShape(Shape):
    """What one source says of a work.

    ``kind`` is ``version`` for what is said of another version of it, whose ``source`` has to be named.
    """

    kind: Literal["curated", "version"] = "curated"
    source: Text = ""
    note: Text = ""
    single_source: Annotated[tuple[FieldName, ...], Many] = ()
    absent: Annotated[tuple[FieldName, ...], Many] = ()
    entry: EntryShape

    @model_validator(mode="after")
    def _version_has_source(self) -> RecordShape:
        if self.kind == "version" and not self.source:
            message = "a version needs a source; say where it is, such as 'arXiv v1'"
            raise ValueError(message)
        return self

    def to_source(self) -> str:
        """The source as given, else ``curated``."""
        return self.source or "curated"


class FileShape(Shape):
    """The whole file: the list, its applications, what it lists under none, and the records by ref."""

    list: ListShape
    applications: tuple[ApplicationShape, ...] = ()
    papers: tuple[ItemShape, ...] = ()
    resources: tuple[ResourceShape, ...] = ()
    records: dict[Ref, tuple[RecordShape, ...]] = {}


def keys_at(path: tuple[str | int, ...]) -> tuple[str, ...]:
    """The keys that may stand in the mapping at ``path``; empty when any may, or when it is none."""
    here: Any = FileShape
    for step in path:
        here = _within(here, step)
    return tuple(here.model_fields) if isinstance(here, type) and issubclass(here, Shape) else ()


def _within(annotation: Any, step: str | int) -> Any:  # noqa: ANN401  # annotations have no common type
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        inner: Any = annotation.model_fields[str(step)].annotation
    else:
        inner = next(a for a in reversed(get_args(annotation)) if a is not Ellipsis)
    return inner
