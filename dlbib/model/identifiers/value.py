"""What an identifier is: a scheme, and a value in its canonical form."""

from __future__ import annotations

from dataclasses import dataclass
from functools import total_ordering
from typing import TYPE_CHECKING, Final

from dlbib.model.identifiers.arxiv import canonical_arxiv, version_of, without_version
from dlbib.model.identifiers.check_digits import canonical_isbn, canonical_issn
from dlbib.model.identifiers.checks import LONGEST, refuse
from dlbib.model.identifiers.doi import PLAIN as PLAIN_DOI
from dlbib.model.identifiers.doi import canonical_doi, doi_url
from dlbib.model.identifiers.pubmed import canonical_pmcid, canonical_pmid
from dlbib.model.identifiers.url import PLAIN as PLAIN_URL
from dlbib.model.identifiers.url import canonical_url

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Mapping

_CANONICAL: Final[Mapping[str, Callable[[str], str]]] = {
    "doi": canonical_doi,
    "arxiv": canonical_arxiv,
    "isbn": canonical_isbn,
    "issn": canonical_issn,
    "pmid": canonical_pmid,
    "pmcid": canonical_pmcid,
    "url": canonical_url,
}

SCHEMES: Final = tuple(_CANONICAL)
"""The schemes there are."""

_ADDRESSES: Final[Mapping[str, Callable[[str], str]]] = {
    "doi": doi_url,
    "arxiv": "https://arxiv.org/abs/{}".format,
    "issn": "https://portal.issn.org/resource/ISSN/{}".format,
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/{}/".format,
    "pmcid": "https://pmc.ncbi.nlm.nih.gov/articles/{}/".format,
    "url": str,
}

_PLAIN: Final[Mapping[str, re.Pattern[str]]] = {"doi": PLAIN_DOI, "url": PLAIN_URL}
_ARXIV_DOI: Final = "10.48550/arxiv."


@total_ordering
@dataclass(frozen=True, slots=True, eq=False)
class Identifier:
    """What names a work in a scheme: one of `SCHEMES`, and the value in its canonical form.

    The value may be given in any form that the scheme is written in: with its name before it, as the
    address that resolves it, with hyphens. Identifiers are equal when they name the same: the case of
    a DOI does not count, the version of an arXiv id does. They sort by scheme, then value. ``str()``
    puts the scheme before the value, and `parse_identifier` reads that back.

    Raises `InvalidIdentifierError`, which says what is wrong with the value.

    >>> Identifier("doi", "https://doi.org/10.1/X")
    Identifier(scheme='doi', value='10.1/X')
    >>> print(Identifier("isbn", "0-262-03561-8"))
    isbn:9780262035613
    """

    scheme: str
    value: str

    def __post_init__(self) -> None:
        scheme = self.scheme
        if scheme not in _CANONICAL:
            scheme = scheme.strip().lower()
            if scheme not in _CANONICAL:
                refuse(self.scheme, self.value, f"schemes are {', '.join(SCHEMES)}")
            object.__setattr__(self, "scheme", scheme)
        value = _CANONICAL[scheme](self.value)
        if value is not self.value:
            object.__setattr__(self, "value", value)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Identifier):
            return NotImplemented
        return self._compared == other._compared

    def __lt__(self, other: Identifier) -> bool:
        return self._compared < other._compared

    def __hash__(self) -> int:
        return hash(self._letters)

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"

    @property
    def _letters(self) -> str:
        return self.value.lower() if self.scheme == "doi" else self.value

    @property
    def _compared(self) -> tuple[str, str]:
        return self.scheme, self._letters

    @property
    def work(self) -> str:
        """The value as it is compared between works: a DOI in lower case, an arXiv id without version."""
        return without_version(self.value) if self.scheme == "arxiv" else self._letters

    @property
    def version(self) -> int | None:
        """The version that an arXiv id names."""
        return version_of(self.value) if self.scheme == "arxiv" else None

    @property
    def url(self) -> str | None:
        """The address that resolves it; ISBNs have none."""
        address = _ADDRESSES.get(self.scheme)
        return address(self.value) if address else None

    @property
    def arxiv(self) -> Identifier | None:
        """The arXiv id that it is, or that the DOI is of which arXiv registers for every id.

        So ``doi:10.48550/arXiv.1406.2661`` and ``arxiv:1406.2661v1`` have the same ``.arxiv.work``.
        Source: arXiv help, "arXiv identifiers and DOIs".
        """
        if self.scheme == "arxiv":
            return self
        if self.scheme != "doi" or not self.work.startswith(_ARXIV_DOI):
            return None
        try:
            return Identifier("arxiv", self.value[len(_ARXIV_DOI) :])
        except ValueError:
            return None


def plain_identifier(scheme: str, text: str) -> Identifier | None:
    """The DOI or URL that a text is in its canonical form, as most are; ``None`` for any other text or scheme.

    What its pattern admits needs no second look, and files have tens of thousands of them.
    """
    plain = _PLAIN.get(scheme)
    if plain is None or len(text) > LONGEST or plain.fullmatch(text) is None:
        return None
    found, put = Identifier.__new__(Identifier), object.__setattr__
    put(found, "scheme", scheme)
    put(found, "value", text)
    return found
