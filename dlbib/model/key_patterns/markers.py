"""What a marker stands for, by its name.

Source: JabRef documentation, "Customize the citation key generator", "Special field markers".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from dlbib.errors import InvalidPatternError, NotFoundError, nearest, quoted
from dlbib.model.key_patterns import people, texts
from dlbib.model.key_words import latin
from dlbib.model.markup import plain
from dlbib.model.merging import FIELD_ALIASES, field_name, text_of, values

if TYPE_CHECKING:
    from dlbib.model.entry import Entry

Marker = Callable[["Entry"], str]

_NUMBERED = re.compile(r"([A-Za-z.]+?)([0-9]{1,4})?(?:_([0-9]{1,4}))?")
_TEXTS: Final[dict[str, Callable[[Entry], str]]] = {
    "camel": texts.camel,
    "day": texts.day,
    "entrytype": texts.entry_type,
    "firstpage": texts.first_page,
    "fulltitle": texts.full_title,
    "lastpage": texts.last_page,
    "month": texts.month,
    "pageprefix": texts.page_prefix,
    "shorttitle": texts.short_title,
    "shorttitleini": texts.short_title_initials,
    "shortyear": texts.short_year,
    "title": texts.title,
    "veryshorttitle": texts.very_short_title,
    "year": texts.year,
}
_NUMBERED_TEXTS: Final[dict[str, Callable[[int, Entry], str]]] = {
    "camel": texts.camel_words,
    "keyword": texts.keyword,
    "keywords": texts.keywords,
}


def find_marker(name: str, source: str, position: int) -> Marker:
    """The marker of that name, whatever its case; raises `InvalidPatternError` with the nearest ones."""
    folded = name.strip().lower()
    match = _NUMBERED.fullmatch(folded)
    word, number, which = match.groups() if match else (folded, None, None)
    if number is None and folded in _TEXTS:
        return _TEXTS[folded]
    if number is not None and which is None and word in _NUMBERED_TEXTS:
        return partial(_NUMBERED_TEXTS[word], int(number))
    found = people.marker(word, int(number or 0), int(which or 0))
    if found is not None:
        return found
    try:
        return partial(_field, field_name(folded))
    except NotFoundError as error:
        close = nearest(folded, (*_TEXTS, *people.MARKERS, *FIELD_ALIASES))
        hint = f"; did you mean {', '.join(close)}?" if close else "; it is no field either"
        message = f"no marker {quoted(name)}{hint}"
        raise InvalidPatternError(message, source, position) from error


def _field(field: str, entry: Entry) -> str:
    said = values(entry)
    return latin(plain(text_of(said[field]))) if field in said else ""
