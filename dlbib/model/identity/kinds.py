"""What kind of thing an entry speaks of, as far as that tells works of one title apart."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dlbib.model.entry import Entry

Kind = Literal[
    "article", "book", "data", "issue", "law", "page", "paper", "part", "patent", "preprint", "recording",
    "report", "review", "software", "talk", "thesis", "unknown", "other",
]  # fmt: skip
"""An ``article`` stands in a journal, a ``paper`` in proceedings, a ``part`` in another book."""

_KINDS: Final[Mapping[str, Kind]] = {
    "article": "preprint",
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "bill": "law",
    "book": "book",
    "broadcast": "recording",
    "chapter": "part",
    "classic": "book",
    "collection": "book",
    "dataset": "data",
    "document": "unknown",
    "entry": "part",
    "entry-dictionary": "part",
    "entry-encyclopedia": "part",
    "event": "talk",
    "hearing": "law",
    "legal_case": "law",
    "legislation": "law",
    "manuscript": "preprint",
    "motion_picture": "recording",
    "pamphlet": "book",
    "paper-conference": "paper",
    "patent": "patent",
    "performance": "talk",
    "periodical": "issue",
    "post": "page",
    "post-weblog": "page",
    "regulation": "law",
    "report": "report",
    "review": "review",
    "review-book": "review",
    "software": "software",
    "song": "recording",
    "speech": "talk",
    "thesis": "thesis",
    "treaty": "law",
    "webpage": "page",
}

_WORDS: Final = (
    (
        "thesis",
        r"(?:ph\.?d\.?|doctoral|master'?s?|bachelor'?s?|diploma) (?:thesis|dissertation)|dissertation",
    ),
    ("talk", r"slides|lecture notes|keynote|invited talk|talk|presentation|poster|tutorial"),
    ("recording", r"video|podcast|youtube|film|audio"),
    ("software", r"software|source code|computer program|python package|r package|toolbox|github repository"),
    ("data", r"data ?sets?|data repository|corpus"),
    ("patent", r"patent"),
)
_SAID: Final = re.compile(
    "|".join(rf"(?P<{kind}>\b(?:{pattern})\b)" for kind, pattern in _WORDS), re.IGNORECASE
)

_HOSTS: Final[Mapping[str, Kind]] = {
    "github.com": "software",
    "gitlab.com": "software",
    "bitbucket.org": "software",
    "pypi.org": "software",
    "cran.r-project.org": "software",
    "kaggle.com": "data",
    "youtube.com": "recording",
    "youtu.be": "recording",
    "vimeo.com": "recording",
    "slideshare.net": "talk",
    "speakerdeck.com": "talk",
    "videolectures.net": "talk",
}
_HOST: Final = re.compile(r"https?://(?:www\.)?([^/:?#]+)", re.IGNORECASE)

_PREPRINT_SERVER: Final = re.compile(
    r"\b(?:arxiv|corr|computing research repository|biorxiv|medrxiv|chemrxiv|psyarxiv|socarxiv|edarxiv|eartharxiv|engrxiv|osf preprints|ssrn|"
    r"research square|preprints\.org|techrxiv|authorea|hal|openreview|cryptology eprint archive|"
    r"iacr eprint|vixra|pre-?prints?|e-?prints?)\b",
    re.IGNORECASE,
)
_REMEMBERED: Final = 1 << 10
"""How many venues are remembered; most come again and again."""

PREPRINT_DOI: Final = re.compile(
    r"10\.(?:48550/arxiv\.|1101/(?:[0-9]{6}|[0-9]{4}\.[0-9]{2}\.[0-9]{2}\.)|64898/|26434/chemrxiv|31234/|31235/|31219/|"
    r"31222/|31223/|31224/|20944/preprints|21203/rs\.|2139/ssrn|36227/|22541/|5194/[a-z]+-[0-9]{4}-|14293/s2199-)"
)
"""The DOIs of preprint servers, in lower case.

Source: Crossref's and DataCite's lists of prefixes: arXiv, bioRxiv and medRxiv (with Cold Spring
Harbor's journals, whose suffixes begin otherwise), ChemRxiv, PsyArXiv, SocArXiv and their like, Preprints,
Research Square, SSRN, TechRxiv, Authorea, Copernicus's discussions, ScienceOpen.
"""


def kind_of(entry: Entry, *, is_posted: bool) -> Kind:
    """What ``entry`` speaks of; ``is_posted`` when an arXiv id or the DOI of a preprint names it."""
    kind = _KINDS.get(entry.type, "other")
    venue = entry.container_title
    if kind in {"article", "paper", "unknown", "page", "preprint", "report"} and (
        (is_posted and not venue) or _is_preprint_server(venue or entry.publisher or entry.medium)
    ):
        return "preprint"
    if kind in {"unknown", "preprint", "page", "report"} and not venue:
        return _said(entry) or kind
    return kind


@lru_cache(_REMEMBERED)
def _is_preprint_server(venue: str | None) -> bool:
    return venue is not None and _PREPRINT_SERVER.search(venue) is not None


def _said(entry: Entry) -> Kind | None:
    """The kind that the words of ``entry`` say where its type says little."""
    texts = (entry.genre, entry.medium, entry.extra.get("bibtex:howpublished"), entry.note)
    for text in texts:
        if text and (found := _SAID.search(text)):
            return found.lastgroup  # type: ignore[return-value]  # the groups are named after kinds
    host = _HOST.match(entry.url or "")
    return _HOSTS.get(host[1].lower()) if host else None


BOOKS: Final = frozenset({"book", "thesis", "report", "issue", "software", "recording", "data"})
"""The kinds that an ISBN names as a whole; that of a part names what it stands in."""

_DOUBTFUL: Final = (
    frozenset({"article", "part"}),
    frozenset({"article", "report"}),
    frozenset({"paper", "report"}),
    frozenset({"part", "report"}),
    frozenset({"book", "report"}),
    frozenset({"preprint", "report"}),
    frozenset({"preprint", "part"}),
    frozenset({"preprint", "page"}),
    frozenset({"preprint", "talk"}),
    frozenset({"article", "page"}),
    frozenset({"paper", "page"}),
    frozenset({"report", "page"}),
    frozenset({"book", "page"}),
    frozenset({"software", "page"}),
    frozenset({"data", "page"}),
    frozenset({"talk", "page"}),
    frozenset({"talk", "recording"}),
    frozenset({"recording", "page"}),
    frozenset({"data", "software"}),
    frozenset({"book", "issue"}),
    frozenset({"book", "preprint"}),
    frozenset({"law", "page"}),
    frozenset({"law", "report"}),
)
_FITTING: Final = (
    frozenset({"article", "paper"}),
    frozenset({"article", "preprint"}),
    frozenset({"paper", "preprint"}),
    frozenset({"paper", "part"}),
)

KindRelation = Literal["same", "fitting", "doubtful", "other"]


def relation(one: Kind, other: Kind) -> KindRelation:
    """Whether things of two kinds can be one work: an article and a preprint can, an article and a thesis can't."""
    if one == other:
        return "same"
    both = frozenset({one, other})
    if both in _FITTING:
        return "fitting"
    return "doubtful" if both in _DOUBTFUL or "unknown" in both or "other" in both else "other"
