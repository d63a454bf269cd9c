"""Titles of a whole and of a part that has one of its own, which BibLaTeX orders by the part and CSL by the whole.

A volume with its own title is ``title``, and the work in volumes ``maintitle``; CSL has the work as title
and the volume's as volume title. The short title is what either is cited by. An issue of a periodical with
its own title is ``issuetitle``, and the periodical ``title``; CSL has the issue as title and the periodical
as container.

Source: BibLaTeX manual, sections 2.1.1 and 2.2.2; CSL 1.0.2, appendix IV.
"""

from __future__ import annotations

from typing import Final

from dlbib.formats.fields import IN_SERIES, fallback_of

_CHAPTERLIKE: Final = frozenset(
    {"bookinbook", "conference", "inbook", "incollection", "inproceedings", "inreference"}
    | {"suppbook", "suppcollection"}
)
_VOLUME: Final = fallback_of("volume_title")
_SHORT: Final = fallback_of("title_short")


def by_whole(values: dict[str, str], entry_type: str) -> None:
    """Change the fields of an entry as BibLaTeX has them to those that the table knows."""
    if "maintitle" in values:
        title = titled(entry_type)
        volume = values.get(title)
        if volume and volume != values["maintitle"]:
            values.setdefault(_VOLUME, volume)
        values[title] = values.pop("maintitle")
    if entry_type == "periodical" and "issuetitle" in values and values.keys().isdisjoint(_JOURNAL):
        _rename(values, "title", "journaltitle")
        _rename(values, "shorttitle", "shortjournal")
        _rename(values, "issuetitle", "title")


def by_part(fields: dict[str, str], entry_type: str) -> None:
    """Change the fields of an entry as the table knows them to those that BibLaTeX prints."""
    title = titled(entry_type)
    if entry_type in IN_SERIES and title in fields and _VOLUME in fields:
        _rename(fields, title, "maintitle")
        _rename(fields, _VOLUME, title)
    elif entry_type == "periodical" and "title" in fields and "journaltitle" in fields:
        _rename(fields, "title", "issuetitle")
        _rename(fields, "journaltitle", "title")
        _rename(fields, "shorttitle", _SHORT)


def titled(entry_type: str) -> str:
    """The field that holds the title of what comes in volumes."""
    return "booktitle" if entry_type in _CHAPTERLIKE else "title"


def _rename(fields: dict[str, str], name: str, new: str) -> None:
    if name in fields:
        fields.setdefault(new, fields.pop(name))


_JOURNAL: Final = frozenset({"journal", "journaltitle"})
