"""What a title says to be instead of the work itself: an erratum to it, a reply, its slides."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from dlbib.model.identity.lettering import REMEMBERED, spelt

if TYPE_CHECKING:
    from dlbib.model.identity.titles import Title

_TO: Final = r"(?= to\b| for\b|:|\Z)"
_NOTICES: Final = (
    (
        "erratum",
        rf"(?:(?:publishers?|authors?) )?(?:erratum|errata|corrigend(?:um|a)|corrections?{_TO}|amendment{_TO}|berichtigung)",
    ),
    ("retraction", r"retraction|retracted|withdrawn|withdrawal|expression of concern"),
    ("addendum", rf"addendum|addenda|supplement(?:ary|al)?(?: materials?| information)?{_TO}"),
    ("comment", rf"(?:a |some )?(?:comments?|remarks?) on|comments?{_TO}|commentary (?:on|to)|commentary\Z"),
    ("reply", rf"(?:authors?s? |a )?(?:reply|response|rejoinder){_TO}"),
    ("discussion", rf"(?:invited )?discussion(?: of| on|{_TO})"),
    ("review", rf"(?:book )?reviews? of|book reviews?{_TO}|rezension|compte rendu"),
)
_BEFORE: Final = re.compile("|".join(rf"(?P<{name}>(?:{pattern})\b)" for name, pattern in _NOTICES))
_FORMS: Final = (
    ("abstract", r"(?:extended )?abstract|summary"),
    ("poster", r"poster(?: abstract)?"),
    ("demonstration", r"demo(?:nstration)?"),
    ("slides", r"slides|talk|presentation|lecture notes|video|keynote"),
    ("tutorial", r"tutorial"),
    ("supplement", r"supplement(?:ary|al)?(?: materials?| information)?|(?:online )?appendix"),
    ("addendum", r"addendum|addenda"),
    (
        "companion",
        r"exercises|solutions(?: manual)?|workbook|study guide|(?:instructor|teacher|student)'?s?'? (?:manual|guide)",
    ),
    ("extension", r"extended version|full version|long version"),
    ("erratum", r"erratum|errata|corrigend(?:um|a)|correction"),
    ("retraction", r"retracted(?: article)?|withdrawn"),
    ("review", r"(?:book )?review|rezension|besprechung"),
    ("comment", r"comments?"),
    ("reply", r"reply|response|rejoinder"),
    ("translation", r"translation|translated[^)\]]{0,40}"),
)
_BEHIND: Final = re.compile(
    r"(?:[(\[]|[:.\u2013\u2014-]\s+)(?:the |an? )?(?:"
    + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _FORMS)
    + r")[)\]]?[.\s]*\Z"
)


@lru_cache(REMEMBERED)
def notice(title: Title) -> str:
    """What a title says to be instead of the work itself: ``erratum``, ``reply``, ``slides``; empty if nothing.

    >>> from dlbib.model.identity.titles import title_of
    >>> notice(title_of("Erratum to: On Words")), notice(title_of("On Words (extended abstract)"))
    ('erratum', 'abstract')
    """
    text = title.text.casefold().lstrip("[(\"'\u2018\u201c ")
    found = _BEFORE.match(_plain_words(text)) or _BEHIND.search(text)
    return (found.lastgroup or "") if found else ""


def _plain_words(text: str) -> str:
    return spelt(text.replace("'", "").replace("\u2019", "").replace("[", "").replace("]", ""))
