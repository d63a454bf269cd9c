"""What ProCite writes: notes that begin with the name of the field that they are.

ProCite has more fields than RIS; each that lacks a tag becomes a note such as ``Call Number: QA 76``.
Source: RIS files that ProCite 5 wrote.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dlbib.formats.ris.records import Tag

_PROCITE: Final = re.compile(r"(?:Record (?:ID|Number)|Call Number): ")
_LABELLED: Final = re.compile(r"([A-Z][^:\n]{2,40}): (.*)", re.DOTALL)
_TAGS: Final = {
    "Author, Subsidiary": "A3",
    "Call Number": "CN",
    "Edition": "ET",
    "ISBN": "SN",
    "ISSN": "SN",
    "Issue ID": "IS",
    "Language": "LA",
    "Notes": "N1",
    "Place of Publication": "CY",
    "Proceedings Title": "C3",
    "Publisher Name": "PB",
    "Record ID": "ID",
    "Record Number": "ID",
    "Series Title": "T3",
    "Series Volume ID": "SV",
    "Title, Short Form": "ST",
    "Volume ID": "VL",
}
_OF_TYPE: Final = {
    ("article-journal", "Author, Monographic"): "A2",
    ("book", "Author, Subsidiary"): "A2",
    ("graphic", "Size"): "C3",
    ("map", "Scale"): "C1",
}
_WITH_EDITION: Final = frozenset({"book", "chapter"})
_OF_EDITION: Final = {"VL": "ET", "IS": "VL"}


def unlabelled(tags: Sequence[Tag], type_: str) -> Sequence[Tag]:
    """The ``tags`` of a record, with ProCite's notes as the tags that they stand for.

    In books and chapters ProCite has the edition where RIS has the volume, and the volume where it has
    the issue. The tags of other programs are given as they are.
    """
    if not any(tag.name == "N1" and _PROCITE.match(tag.value) for tag in tags):
        return tags
    return [_unlabelled(tag, type_) for tag in tags]


def _unlabelled(tag: Tag, type_: str) -> Tag:
    if tag.name in _OF_EDITION and type_ in _WITH_EDITION:
        return tag._replace(name=_OF_EDITION[tag.name])
    match = _LABELLED.fullmatch(tag.value) if tag.name == "N1" else None
    meant = match and (_OF_TYPE.get((type_, match[1])) or _TAGS.get(match[1]))
    return tag._replace(name=meant, value=match[2]) if match and meant else tag
