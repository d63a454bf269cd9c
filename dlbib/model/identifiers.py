"""Identifiers: DOI, arXiv id, ISBN, ISSN, PMID, PMCID and URL, canonical the moment they exist."""

from __future__ import annotations

from dataclasses import dataclass

SCHEMES = ("doi", "arxiv", "isbn", "issn", "pmid", "pmcid", "url")


@dataclass(frozen=True, slots=True)
class Identifier:
    """What names a work in a scheme: one of `SCHEMES`, and the value in its canonical form.

    >>> Identifier("doi", "https://doi.org/10.1/X")
    Identifier(scheme='doi', value='10.1/X')
    """

    scheme: str
    value: str

    @property
    def work(self) -> str:
        """The value as it is compared between works: a DOI in lower case, an arXiv id without version."""
        raise NotImplementedError

    @property
    def version(self) -> int | None:
        """The version that an arXiv id names."""
        raise NotImplementedError
