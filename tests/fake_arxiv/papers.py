"""The papers that the fake arXiv has."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dlbib.formats import reading_list
from dlbib.model import merging

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True)
class Version:
    """One version of a paper."""

    updated: str
    comment: str = ""
    title: str = ""
    has_pdf: bool = True


@dataclass(frozen=True)
class Paper:
    """A paper as the service knows it; texts are as typed there, in TeX."""

    id: str
    title: str
    authors: tuple[str, ...] = ("Ada Lovelace",)
    abstract: str = "We show what can be shown."
    categories: tuple[str, ...] = ("cs.LG",)
    doi: str = ""
    journal_ref: str = ""
    versions: tuple[Version, ...] = field(default=(Version("2016-05-26T17:59:46Z"),))

    @property
    def published(self) -> str:
        return self.versions[0].updated


def invented() -> tuple[Paper, ...]:
    """Papers of nobody's, one for each thing that can be said of a paper."""
    return (
        Paper("2001.00001", "On Fakes"),
        Paper(
            "2001.00002",
            "G\\\"odel's $\\beta$-VAE for {DNA} \\& co",
            ('Kurt G\\"odel', "Bart van Merri\u00ebnboer", "Paolo Di Vecchia"),
            "  A first line\n  and a second, at 50\\%.",
            ("cs.LG", "stat.ML", "math.LO"),
            doi="10.1000/182",
            journal_ref="J. Fakes 1 (2020) 2-3",
            versions=(
                Version("2020-01-02T03:04:05Z", "12 pages"),
                Version("2020-02-02T00:00:00Z", "13 pages, 2 figures"),
                Version("2021-03-04T00:00:00Z", "14 pages; to appear in J. Fakes"),
            ),
        ),
        Paper(
            "2001.00003",
            "A Paper That Was Too Good",
            versions=(
                Version("2020-01-03T00:00:00Z"),
                Version("2020-05-03T00:00:00Z", "This paper has been withdrawn by the author", has_pdf=False),
            ),
        ),
        Paper("2001.00004", "Measuring with Many", ("The Fake Collaboration", "John Smith Jr.")),
        Paper(
            "hep-th/9901001",
            "Old Physics",
            categories=("hep-th",),
            versions=(Version("1999-01-02T00:00:00Z"),),
        ),
        Paper(
            "math/0309136",
            "Old Mathematics",
            categories=("math.GT",),
            versions=(Version("2003-09-09T00:00:00Z"),),
        ),
    )


def seeded(seeds: Path) -> tuple[Paper, ...]:
    """The papers with an arXiv id in the reading lists, as those tell of them."""
    return tuple(paper for path in sorted(seeds.glob("*.yaml")) for paper in _listed(path))


def _listed(path: Path) -> Iterator[Paper]:
    for work in reading_list.read(path).works:
        entry = merging.merge(work.records).entry
        identifier = entry.identifier("arxiv")
        if identifier is None or not entry.title:
            continue
        day = f"20{identifier.work[:2]}-{identifier.work[2:4]}-01T00:00:00Z"
        yield Paper(
            identifier.work,
            entry.title,
            tuple(map(str, entry.authors)) or ("Nobody Known",),
            categories=(entry.arxiv_category or "cs.LG",),
            doi=entry.doi or "",
            versions=tuple(Version(day) for _ in range(identifier.version or 1)),
        )


def numbered(count: int) -> tuple[Paper, ...]:
    """So many papers, of one month each thousand."""
    return tuple(
        Paper(f"{20 + n // 12000:02}{n // 1000 % 12 + 1:02}.{n % 1000 + 1:05}", f"Paper Number {n}")
        for n in range(count)
    )
