"""What ProCite writes: notes that begin with the name of the field that they are.

ProCite has more fields than RIS; each that lacks a tag becomes a note such as ``Call Number: QA 76``.
Source: RIS files that ProCite 5 wrote.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dlbib.formats.ris.types import GENERIC, TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dlbib.formats.ris.records import Tag

_PROCITE: Final = re.compile(r"(?:Record (?:ID|Number)|Call Number): ")
_LABELLED: Final = re.compile(r"([A-Z][^:\n]{2,40}): (.*)", re.DOTALL)
_TAGS: Final = {
    "Author, Subsidiary": "A3",
    "Call Number": "CN",
    "Edition": "ET",
    "History": "OP",
    "Histroy": "OP",  # so ProCite spells it
    "ISBN": "SN",
    "ISSN": "SN",
    "Issue ID": "IS",
    "Issue Identification": "IS",
    "Language": "LA",
    "Notes": "N1",
    "Page(s)": "SP",
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
_RENAMED: Final = {
    "BILL": {"CY": "T2", "SP": "SE", "VL": "M1"},
    "BOOK": {"IS": "VL", "VL": "ET"},
    "CHAP": {"IS": "VL", "VL": "ET"},
    "CTLG": {"VL": "ET"},
    "SER": {"VL": "ET"},
}
"""What ProCite has in tags that are something else in RIS, by the type of the record."""

_NAMES: Final = frozenset({"A2", "A3"})


def unlabelled(tags: Sequence[Tag], written: str) -> Sequence[Tag]:
    """The ``tags`` of a record of the RIS type ``written``, with ProCite's notes as the tags that they stand for.

    The tags of other programs are given as they are.
    """
    if not any(tag.name == "N1" and _PROCITE.match(tag.value) for tag in tags):
        return tags
    renamed = _RENAMED.get(written, {})
    type_ = TYPES.get(written, TYPES[GENERIC])
    return [
        each
        for tag in tags
        for each in (
            _unlabelled(tag, type_)
            if tag.name == "N1"
            else (tag._replace(name=renamed.get(tag.name, tag.name)),)
        )
    ]


def _unlabelled(tag: Tag, type_: str) -> Iterator[Tag]:
    match = _LABELLED.fullmatch(tag.value)
    meant = match and (_OF_TYPE.get((type_, match[1])) or _TAGS.get(match[1]))
    if not match or not meant:
        yield tag
    elif meant in _NAMES:
        for name in match[2].split(";"):
            yield tag._replace(name=meant, value=_inverted(name.strip()))
    else:
        yield tag._replace(name=meant, value=match[2])


def _inverted(name: str) -> str:
    """A name that a note has in its natural order, as tags have it."""
    first, _, last = name.rpartition(" ")
    return f"{last}, {first}" if first and "," not in name else name
