"""What of an entry tells which work it speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dlbib.model.identity.kinds import BOOKS, PREPRINT_DOI, Kind, kind_of
from dlbib.model.identity.naming import names_of
from dlbib.model.identity.numerals import number_in
from dlbib.model.identity.people import People, people_of
from dlbib.model.identity.titles import Title, title_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dlbib.model.entry import Entry

_VERSION: Final = re.compile(r"\bversion:? v?([0-9][0-9A-Za-z.+-]*)", re.IGNORECASE)
_DEGREE: Final = re.compile(
    r"(?P<doctor>ph\.? ?d|doctor|dphil|th[eè]se de doctorat|dissertation)|(?P<master>master|m\.? ?sc|magist|diplom)"
    r"|(?P<bachelor>bachelor|b\.? ?sc)",
    re.IGNORECASE,
)
_FIRST_PAGE: Final = re.compile(r"\s*([A-Za-z]*[0-9]+(?::[0-9]+)?|[ivxlcdm]+)\b", re.IGNORECASE)
_ADDRESS_HEAD: Final = re.compile(r"https?://(?:www\.)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Traits:
    """What of an entry is compared with others.

    ``names`` are its identifiers that name one work, by scheme; ``isbns`` those of the volume it is or
    stands in; ``addresses`` its URLs without what makes no difference. ``day`` is the date of what is
    dated to the day, ``degree`` that of a thesis. Texts are empty where nothing is said.
    """

    kind: Kind
    title: Title
    people: People
    are_organizations: bool
    year: int | None
    day: str
    names: tuple[tuple[str, str], ...]
    isbns: tuple[str, ...]
    addresses: tuple[str, ...]
    venue: str
    publisher: str
    volume: str
    issue: str
    number: str
    page: str
    part: str
    edition: str
    version: str
    degree: str
    language: str
    is_translated: bool

    @property
    def is_preprint(self) -> bool:
        """Whether it speaks of what was posted or circulated before it was published."""
        return self.kind == "preprint"

    @property
    def is_book(self) -> bool:
        """Whether its ISBN names the whole of it."""
        return self.kind in BOOKS

    def named(self, scheme: str) -> frozenset[str]:
        """Its identifiers of a scheme."""
        return frozenset(value for each, value in self.names if each == scheme)


def traits_of(entry: Entry) -> Traits:
    """What of ``entry`` is compared with others."""
    names = names_of(entry)
    people = makers_of(entry)
    title = title_of(entry.title)
    return Traits(
        kind=kind_of(entry, is_posted=is_posted(names)),
        title=title,
        people=people,
        are_organizations=all(not name.family for name in (entry.authors or entry.editors)[:1]),
        year=entry.year,
        day=_day_of(entry),
        names=names,
        isbns=tuple(i.work for i in entry.identifiers if i.scheme == "isbn"),
        addresses=addresses_of(entry),
        venue=entry.container_title or entry.event_title or "",
        publisher=entry.publisher or "",
        volume=_number_in(entry.volume),
        issue=_number_in(entry.issue),
        number=entry.number or "",
        page=first_page(entry.page),
        part=_number_in(entry.part or entry.chapter_number),
        edition=_number_in(entry.edition) or title.edition,
        version=_version_of(entry),
        degree=_degree_of(entry),
        language=(entry.language or "")[:2].lower(),
        is_translated=bool(entry.names("translator") or entry.original_title),
    )


def is_posted(names: Iterable[tuple[str, str]]) -> bool:
    """Whether one of the identifiers is that of a preprint."""
    for scheme, value in names:
        if scheme == "arxiv" or (scheme == "doi" and PREPRINT_DOI.match(value) is not None):
            return True
    return False


def makers_of(entry: Entry) -> People:
    """The authors; those who edited it where none are named."""
    role = "author" if entry.authors else "editor"
    return people_of(entry.names(role), others=role in entry.others)


def addresses_of(entry: Entry) -> tuple[str, ...]:
    """The URLs of ``entry`` without scheme, ``www`` and a slash at the end."""
    urls = (i.value for i in entry.identifiers if i.scheme == "url")
    return tuple(_ADDRESS_HEAD.sub("", url).rstrip("/") for url in urls)


def _number_in(text: str | None) -> str:
    """The number that a volume or an edition has; the text itself where there is none."""
    if not text:
        return ""
    return number_in(text) or text.strip().casefold()


def _day_of(entry: Entry) -> str:
    start = entry.issued.start if entry.issued else None
    return f"{start.year}-{start.month}-{start.day}" if start and start.day else ""


def _version_of(entry: Entry) -> str:
    """The version that a program or a data set says it is, in a field of its own or in a note."""
    if entry.version:
        return entry.version.strip().casefold().removeprefix("version").strip(" v.")
    found = _VERSION.search(entry.note) if entry.note else None
    return found[1].casefold().rstrip(".") if found else ""


def _degree_of(entry: Entry) -> str:
    found = _DEGREE.search(entry.genre) if entry.genre and entry.type == "thesis" else None
    return (found.lastgroup or "") if found else ""


def first_page(text: str | None) -> str:
    """The first of some pages, without the zeros before it; empty where that is none."""
    found = _FIRST_PAGE.match(text) if text else None
    return found[1].casefold().lstrip("0") if found else ""
