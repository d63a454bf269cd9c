"""What a URL names: the DOI, arXiv id, PMID or PMCID that stands in the address of a page.

Only what an address holds is read from it. A page of a proceedings whose DOI follows no rule, or has
none, is its URL and nothing more.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, unquote

from dlbib.errors import InvalidIdentifierError
from dlbib.model.identifiers.arxiv import ADDRESS as ARXIV_ADDRESS
from dlbib.model.identifiers.url import Parts, url_parts
from dlbib.model.identifiers.value import Identifier

if TYPE_CHECKING:
    from collections.abc import Callable

_NATURE_ID: Final = (
    r"nature[0-9]{4,5}|ncomms[0-9]{4,5}|srep[0-9]{5}|[0-9]{6}[a-z][0-9]|n[a-z]{1,5}\.[0-9]{1,4}"
    r"|[sd](?:41(?:467|524|534|746|5[5-8][0-9]|59[0-8])|4200[3-5]|4225[4-6]|43588)-[0-9]{3}-[0-9]{4,5}-[0-9a-z]"
)
"""Article ids of nature.com that are the suffix of a DOI 10.1038: not all are (s41599, palcomms, leu2014…)."""

# Scheme of what is found, and the pattern of host and path that holds it.
_PAGES: Final = tuple(
    (scheme, template, re.compile(pattern, re.IGNORECASE))
    for scheme, template, pattern in (
        ("arxiv", "{}", rf"{ARXIV_ADDRESS}(.+)"),
        ("arxiv", "{}", r"huggingface\.co/papers/([^/]+)"),
        (
            "arxiv",
            "{}",
            r"(?:www\.)?(?:scirate|semanticscholar|arxiv-vanity)\.(?:com|org)/(?:arxiv|papers)/(.+)",
        ),
        ("arxiv", "{}", r"[^/]+/(?:[^/]+/){0,4}arxiv:((?:[a-z.-]+/)?[0-9.]+(?:v[0-9]+)?)(?:/.*)?"),
        ("pmid", "{}", r"pubmed\.ncbi\.nlm\.nih\.gov/([0-9]+)/?"),
        ("pmid", "{}", r"(?:www\.)?ncbi\.nlm\.nih\.gov/(?:m/)?pubmed/([0-9]+)/?"),
        ("pmid", "{}", r"(?:www\.)?europepmc\.org/(?:article|abstract)/med/([0-9]+)/?"),
        ("pmcid", "{}", r"(?:www\.|pmc\.)?ncbi\.nlm\.nih\.gov/(?:pmc/)?articles/(pmc[0-9]+)(?:/.*)?"),
        ("pmcid", "{}", r"(?:www\.)?europepmc\.org/articles?/(?:pmc/)?(pmc[0-9]+)(?:/.*)?"),
        ("issn", "{}", r"portal\.issn\.org/resource/issn/([^/]+)"),
        ("doi", "10.1038/{}", rf"(?:www\.)?nature\.com/articles/({_NATURE_ID})(?:[./].*)?"),
        (
            "doi",
            "10.1038/{}",
            rf"(?:www\.)?nature\.com/[a-z]+/journal/v[0-9]+/n[^/]+/(?:full|abs|pdf)/({_NATURE_ID})\.(?:html|pdf)",
        ),
    )
)

_RESOLVERS: Final = frozenset({"doi.org", "dx.doi.org", "www.doi.org"})

# fmt: off
_NAMED_BY_DOI: Final = (
    "acm.org", "aeaweb.org", "annualreviews.org", "aps.org", "biomedcentral.com", "biorxiv.org",
    "crossref.org", "frontiersin.org", "ieeecomputersociety.org", "iop.org", "jamanetwork.com",
    "jstor.org", "medrxiv.org", "oadoi.org", "oup.com", "plos.org", "pnas.org", "rgdoi.net",
    "semanticscholar.org", "spiedigitallibrary.org", "springer.com", "springerlink.com",
    "springeropen.com", "wiley.com",
)
# fmt: on
"""Sites whose addresses hold the DOI of the page's work anywhere in the path; elsewhere ``/doi/`` must lead to it."""

_DOI_IN_PATH = re.compile(r"/(?:doi:)?(10\.[0-9]{4,9}(?:\.[0-9]{1,9}){0,4}/.+)", re.IGNORECASE)
_NO_DOI: Final = "10.5555/"  # the ACM numbers works without a DOI by this prefix, which is no registrant's
_PART_OF_PAGE = re.compile(
    r"/(?:full|fulltext|abstract|abs|summary|e?pdf|epub|meta|html|references|citations|cited-by|figures?|tables?"
    r"|metrics|related|reader|suppinfo|supplementary[a-z-]*)(?:\.html?)?(?:/|\Z)|;jsessionid=",
    re.IGNORECASE,
)
_FILE_ENDING = re.compile(
    r"(?:\.(?:pdf|epub|html?|xml|full|abstract|full-text|short))+(?:\+html)?/?\Z", re.IGNORECASE
)
_PREPRINT_VERSION = re.compile(r"(?<=[0-9])v[0-9]+(?:\..*)?\Z")
_PAGE_NUMBER = re.compile(r"/[0-9]+\Z")

_DOI_PARAMETERS: Final = frozenset({"doi", "id", "rft_id"})
_DOI_IN_PARAMETER = re.compile(r"(?:doi:|info:doi/)?(10\.[0-9]{4,9}(?:\.[0-9]{1,9}){0,4}/\S+)", re.IGNORECASE)

_SIGNS: Final = (
    *("/10.", ":10.", "=10.", "%"),
    *("arxiv", "europepmc", "huggingface", "issn", "nature.com", "ncbi", "scirate", "semanticscholar"),
)
"""One of these there is, in small letters, in each address that names anything; most have none."""

_ARCHIVED = re.compile(r"/web/[0-9a-z_*]+/(https?:/.*)", re.IGNORECASE)


def identifiers_at(url: str) -> tuple[Identifier, ...]:
    """What the address ``url`` names: at most one other identifier, then the URL itself.

    Raises `InvalidIdentifierError` when it is no URL.
    """
    address = Identifier("url", url)
    found = named_by(address)
    return (found, address) if found else (address,)


def named_by(address: Identifier) -> Identifier | None:
    """What an address, an identifier of the scheme ``url``, names besides itself, if anything."""
    small = address.value.lower()
    if not any(sign in small for sign in _SIGNS):
        return None
    parts = _original(url_parts(address.value))
    return next(filter(None, (read(parts) for read in _READERS)), None)


def _original(parts: Parts) -> Parts:
    """The parts of the address that a page of the Wayback Machine is a copy of."""
    archived = _ARCHIVED.fullmatch(parts.path) if parts.host == "web.archive.org" else None
    if not archived:
        return parts
    try:
        return url_parts(re.sub(r":/+", "://", archived[1], count=1) + parts.query + parts.fragment)
    except InvalidIdentifierError:
        return parts


def _identifier(scheme: str, value: str) -> Identifier | None:
    try:
        return Identifier(scheme, value)
    except InvalidIdentifierError:
        return None


def _resolved(parts: Parts) -> Identifier | None:
    if parts.host not in _RESOLVERS:
        return None
    return _identifier("doi", f"https://{parts.host}{parts.path}{parts.query}{parts.fragment}")


def _page(parts: Parts) -> Identifier | None:
    page = parts.host + unquote(parts.path)
    for scheme, template, pattern in _PAGES:
        if held := pattern.fullmatch(page):
            return _identifier(scheme, template.format(held[1]))
    return None


def _doi_in_path(parts: Parts) -> Identifier | None:
    path = unquote(parts.path)
    held = _DOI_IN_PATH.search(path)
    if not held or held[1].startswith(_NO_DOI):
        return None
    leads = "/doi/" in path[: held.start(1)].lower() or _is_named_by_doi(parts.host)
    return _identifier("doi", _without_page(held[1], parts)) if leads else None


def _is_named_by_doi(host: str) -> bool:
    return any(host == site or host.endswith(f".{site}") for site in _NAMED_BY_DOI)


def _without_page(name: str, parts: Parts) -> str:
    """The DOI without what leads on from it to a part, a form or a number of its page."""
    name = _FILE_ENDING.sub("", _PART_OF_PAGE.split(name, maxsplit=1)[0])
    if parts.host.endswith(("biorxiv.org", "medrxiv.org")):
        return _PREPRINT_VERSION.sub("", name)
    if parts.host == "academic.oup.com" and "/article" in parts.path:
        return _PAGE_NUMBER.sub("", name)
    return name.rstrip("/")


def _doi_in_query(parts: Parts) -> Identifier | None:
    for parameter, value in parse_qsl(parts.query[1:]):
        held = _DOI_IN_PARAMETER.fullmatch(value) if parameter.lower() in _DOI_PARAMETERS else None
        if held and not held[1].startswith(_NO_DOI):
            return _identifier("doi", held[1])
    return None


_READERS: Final[tuple[Callable[[Parts], Identifier | None], ...]] = (
    _resolved,
    _page,
    _doi_in_path,
    _doi_in_query,
)
