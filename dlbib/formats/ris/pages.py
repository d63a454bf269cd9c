"""Pages: ``SP`` and ``EP``, from the first to the last; of a book, ``SP`` alone is how many there are.

Source: "RIS Format Specifications", Reference Manager 12, "Periodical and publisher tags"; EndNote's RIS
export of books and theses.
"""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

_RANGE: Final = re.compile(r"\S+\s*[-\u2013]+\s*\S+")
_PARTED: Final = re.compile(r"([^-\u2013\s,;]+)-([^-\u2013\s,;]+)")


class Pages(NamedTuple):
    """What two tags say; ``is_end_told`` tells that nothing of the second is lost."""

    attribute: Literal["page", "number_of_pages"]
    text: str
    is_end_told: bool = True


def read_pages(start: str, end: str, *, is_extent: bool) -> Pages:
    """What ``SP`` and ``EP`` say together, ``start`` not being empty.

    ``is_extent`` tells that in records of the type ``SP`` alone counts the pages. Pages may end before they
    begin: "1235" and "5" is how some write 1235 to 1245.

    >>> read_pages("14", "25", is_extent=False).text
    '14-25'
    """
    if _RANGE.fullmatch(start):
        return Pages("page", start, start.endswith(end))
    if is_extent and not end:
        return Pages("number_of_pages", start)
    return Pages("page", f"{start}-{end}" if end and start != end else start)


def write_pages(page: str, *, is_extent: bool) -> tuple[str, str]:
    """The values of ``SP`` and ``EP``, the second perhaps empty, that `read_pages` reads as ``page``."""
    ends = _PARTED.fullmatch(page)
    if ends and ends[1] != ends[2]:
        return ends[1], ends[2]
    return page, page if is_extent and not _RANGE.fullmatch(page) else ""
