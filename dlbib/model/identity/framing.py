"""What a title stands in that no other work is told by: an article, a heading, a remark, the number of an edition."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from dlbib.model.identity.numerals import number_in

_ARTICLES: Final = ("The ", "the ", "THE ", "A ", "a ", "An ", "an ", "AN ")
_ENDS: Final = " .,;\t\n"
_BRACKETS: Final = (")", "]")
_CLOSING: Final = " .)]"
_EDITIONS: Final = ("ed", "Ed", "edition", "Edition", "EDITION", "edn", "Auflage", "Aufl")
_TAIL: Final = 40
"""How many letters an edition takes at most, behind a title."""
_EDITION: Final = re.compile(
    r"[,:;.(\[\u2013\u2014-]\s*(?P<which>[0-9]{1,2}(?:st|nd|rd|th)?|first|second|third|fourth|fifth|sixth|"
    r"seventh|eighth|ninth|tenth)\.?\s+(?:ed(?:ition|n)?|auflage|aufl)\b[\s.)\]]*\Z",
    re.IGNORECASE,
)
_NEUTRAL_REMARK: Final = re.compile(
    r"[(\[](?:with (?:discussions?|comments)(?: [^()\[\]]*)?|invited(?: paper| article)?)[)\]]\Z",
    re.IGNORECASE,
)
_NEUTRAL_HEADING: Final = re.compile(
    r"\A\s*(?:letters? to the editor|original (?:article|paper)|research (?:article|paper)|regular paper|technical note|"
    r"short communication|brief communication|invited paper)\s*:\s*(?=\S)",
    re.IGNORECASE,
)
"""What a journal prints over or under a title, and no other work is called by."""


class Framed(NamedTuple):
    """A title without what it stands in, and that; empty where there is none of it."""

    core: str
    article: str
    edition: str


def framed(text: str) -> Framed:
    """What tells a work in ``text``, the article before it and the number of the edition behind it.

    >>> framed("The Order of Words, 2nd ed.")
    Framed(core='Order of Words', article='the', edition='2')
    >>> framed("Letter to the Editor: On Words (with discussion)").core
    'On Words'
    """
    core = text.rstrip(_ENDS)
    if text.endswith(_BRACKETS):
        core = _NEUTRAL_REMARK.sub("", text).rstrip(_ENDS)
    if ":" in core:
        core = _NEUTRAL_HEADING.sub("", core, count=1)
    edition = ""
    if core.rstrip(_CLOSING).endswith(_EDITIONS) and (said := _EDITION.search(core, len(core) - _TAIL)):
        core, edition = core[: said.start()].rstrip(), number_in(said["which"])
    article = ""
    if core.startswith(_ARTICLES):
        head, _, rest = core.partition(" ")
        if any(map(str.isalnum, rest)):
            article, core = "a" if head[0] in "Aa" else "the", rest
    return Framed(core, article, edition)
