"""Works that were withdrawn or retracted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dlbib.checks import Check, Found
from dlbib.model.markup import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlbib.checks.subjects import Subject

_TITLE: Final = re.compile(
    r"\s*[({\[]*(?:retracted|withdrawn|removed)(?:\s+(?:article|paper|chapter))?\s*[)}\]]*\s*[:.)\]]|.*[(\[](?:retracted|withdrawn)(?:\s+article)?[)\]]\s*\Z",
    re.IGNORECASE,
)
_NOTE: Final = re.compile(r"\b(?:has been|was|is)\s+(?:withdrawn|retracted)\b", re.IGNORECASE)
_STATUS: Final = frozenset({"retracted", "withdrawn"})


def _find(subject: Subject) -> Iterator[Found]:
    entry = subject.entry
    if _TITLE.match(plain(entry.title or "")):
        yield Found(f"its title says that it was retracted; {_SO}", subject.shown("title"))
    elif (entry.status or "").strip().lower() in _STATUS:
        yield Found(f"it is {entry.status}; {_SO}", subject.shown("status"))
    elif _NOTE.search(entry.note or ""):
        yield Found(f"its note says that it was retracted; {_SO}", subject.shown("note"))


_SO: Final = "who reads on may take it for sound; cite another work, or say in the text why you cite it"

CHECKS = (
    Check(
        "withdrawn-work",
        "works that were withdrawn or retracted",
        "Publishers put RETRACTED ARTICLE: before the title of what they retract, and arXiv tells of papers that their authors "
        "withdrew. Such a work is cited to say that it was wrong, or by mistake.",
        wrong="@misc{a, title = {RETRACTED ARTICLE: A title}}",
        right="@misc{a, title = {A title}}",
        in_entry=_find,
    ),
)
