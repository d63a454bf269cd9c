"""Answers of the arXiv API, read strictly: all of an entry or nothing of it.

The parser of the `arxiv` package mends what is broken, so that half an answer passes for one, and cuts
texts at markup inside them (docs/decisions/arxiv-package.md). What is read here is put into the
package's own `arxiv.Result`.

Source: arXiv API User's Manual, sections 3.3 ("Outline of an Atom feed") and 3.4 ("Errors"); RFC 4287; RFC 3339.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import arxiv
from lxml import etree

from dlbib.errors import InvalidIdentifierError
from dlbib.model.identifiers import Identifier

if TYPE_CHECKING:
    from collections.abc import Iterator

_ATOM: Final = "{http://www.w3.org/2005/Atom}"
_ARXIV: Final = "{http://arxiv.org/schemas/atom}"
_SEARCH: Final = "{http://a9.com/-/spec/opensearch/1.1/}"

_INSTANT: Final = re.compile(
    r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:[Zz]|[+-]\d\d:\d\d)", re.ASCII
)
_WHITE: Final = re.compile(r"[ \t\r\n]+")
_FIRST_YEAR: Final = 1991
_ERROR: Final = "/api/errors"
_MOST_DIGITS: Final = 9
_DOCTYPE: Final = b"<!DOCTYPE"
_PROLOG: Final = 1000
_LONGEST_MESSAGE: Final = 500


class NotAFeedError(ValueError):
    """What came is no feed, and why; ``is_hostile`` when it holds what no feed of arXiv's does."""

    def __init__(self, reason: str, *, is_hostile: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_hostile = is_hostile


class FaultError(ValueError):
    """What is wrong with one entry."""


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a feed: the id with its version, and all that it says, or what is wrong with it.

    ``identifier`` is ``None`` when there is none to be read. ``raw`` is the entry's XML.
    """

    identifier: Identifier | None
    result: arxiv.Result | None
    raw: str
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A whole feed: its entries in order, how many there are in all, and at which (zero-based) it begins.

    ``error`` is the message of a feed that says what was wrong with the request, and has no entries.
    """

    items: tuple[Item, ...]
    total: int
    start: int
    error: str = ""


def read_feed(body: bytes) -> Feed:
    """The feed that ``body`` is. Raises `NotAFeedError` unless it is whole and well-formed."""
    root = _root(body)
    if root.tag != f"{_ATOM}feed":
        reason = "it is no Atom feed"
        raise NotAFeedError(reason)
    entries = list(root.iterchildren(f"{_ATOM}entry"))
    error = next((_error(entry) for entry in entries if _is_error(entry)), "")
    if error:
        return Feed((), 0, 0, error)
    items = tuple(_item(entry) for entry in entries)
    return Feed(items, _count(root, "totalResults"), _count(root, "startIndex"))


def read_item(raw: str) -> Item:
    """The entry that ``raw`` is, as `Item.raw` has it. Raises `NotAFeedError`."""
    return _item(_root(raw.encode()))


def _root(body: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        reason = "it is empty" if not body.strip() else "it is no well-formed XML"
        raise NotAFeedError(reason, is_hostile=_DOCTYPE in body[:_PROLOG]) from error
    if root.getroottree().docinfo.internalDTD is not None:
        reason = "it declares a document type"
        raise NotAFeedError(reason, is_hostile=True)
    return root


def _count(root: etree._Element, name: str) -> int:
    text = (root.findtext(f"{_SEARCH}{name}") or "").strip()
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        reason = f"it doesn't tell its {name}"
        raise NotAFeedError(reason)
    return int(text)


def _is_error(entry: etree._Element) -> bool:
    return _ERROR in (entry.findtext(f"{_ATOM}id") or "")


def _error(entry: etree._Element) -> str:
    """The beginning of the message of an error entry; its id, which says the same, where it has none."""
    said = _texts(entry, f"{_ATOM}summary") or _texts(entry, f"{_ATOM}id")
    return said[0][:_LONGEST_MESSAGE] if said and said[0] else "it refused without a reason"


def _item(entry: etree._Element) -> Item:
    raw = etree.tostring(entry, encoding="unicode", with_tail=False).strip()
    identifier = None
    try:
        identifier = _identifier(entry)
        return Item(identifier, _result(entry), raw)
    except FaultError as fault:
        return Item(identifier, None, raw, str(fault))


def _identifier(entry: etree._Element) -> Identifier:
    address = _one(entry, "id")
    try:
        return Identifier("arxiv", address.partition("/abs/")[2])
    except InvalidIdentifierError as error:
        message = "its entry has no id of arXiv's"
        raise FaultError(message) from error


def _result(entry: etree._Element) -> arxiv.Result:
    primary = [each.get("term", "") for each in entry.iterchildren(f"{_ARXIV}primary_category")]
    return arxiv.Result(
        entry_id=_one(entry, "id"),
        updated=_instant(entry, "updated"),
        published=_instant(entry, "published"),
        title=_one(entry, "title"),
        authors=list(_authors(entry)),
        summary=_perhaps(entry, f"{_ATOM}summary"),
        comment=_perhaps(entry, f"{_ARXIV}comment"),
        journal_ref=_perhaps(entry, f"{_ARXIV}journal_ref"),
        doi=_perhaps(entry, f"{_ARXIV}doi"),
        primary_category=str(primary[0]) if primary else "",
        categories=[
            str(each.get("term")) for each in entry.iterchildren(f"{_ATOM}category") if each.get("term")
        ],
        links=list(_links(entry)),
    )


def _authors(entry: etree._Element) -> Iterator[arxiv.Result.Author]:
    found = list(entry.iterchildren(f"{_ATOM}author"))
    if not found:
        message = "its entry has no author"
        raise FaultError(message)
    for author in found:
        names = _texts(author, f"{_ATOM}name")
        if len(names) != 1 or not names[0]:
            message = "its entry has an author without name"
            raise FaultError(message)
        yield arxiv.Result.Author(names[0], [each for each in _texts(author, f"{_ARXIV}affiliation") if each])


def _links(entry: etree._Element) -> Iterator[arxiv.Result.Link]:
    for link in entry.iterchildren(f"{_ATOM}link"):
        if href := link.get("href"):
            yield arxiv.Result.Link(
                str(href), _attribute(link, "title"), _attribute(link, "rel") or "", _attribute(link, "type")
            )


def _attribute(element: etree._Element, name: str) -> str | None:
    value = element.get(name)
    return None if value is None else str(value)


def _instant(entry: etree._Element, name: str) -> datetime:
    text = _one(entry, name)
    try:
        at = datetime.fromisoformat(text.upper()).astimezone(UTC) if _INSTANT.fullmatch(text) else None
    except (ValueError, OverflowError):
        at = None
    if at is None or at.year < _FIRST_YEAR:
        message = f"its entry's {name} is no date"
        raise FaultError(message)
    return at


def _one(entry: etree._Element, name: str) -> str:
    found = _texts(entry, f"{_ATOM}{name}")
    if len(found) != 1 or not found[0]:
        message = f"its entry has {'more than one' if len(found) > 1 else 'no'} {name}"
        raise FaultError(message)
    return found[0]


def _perhaps(entry: etree._Element, tag: str) -> str:
    """The text of what an entry need not have; the first that says anything."""
    return next(filter(None, _texts(entry, tag)), "")


def _texts(element: etree._Element, tag: str) -> list[str]:
    """The whole text of each child by a tag, markup inside it left out and white space squeezed."""
    return [_text(each) for each in element.iterchildren(tag)]


def _text(element: etree._Element) -> str:
    return _WHITE.sub(" ", "".join(map(str, element.itertext()))).strip(" ")
