"""The canonical form of a DOI.

Source: DOI Handbook, section 2.2 (syntax: ``10.``, a registrant's number, a slash, a suffix of any
printable characters; ASCII letters are equal whatever their case) and section 2.5.2 (encoding in URLs).
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, unquote

from dlbib.model.identifiers.checks import LONGEST, refuse, solid, trimmed, unescaped, usable

PLAIN: Final = re.compile(r"10\.[0-9]{4,9}/[A-Za-z0-9._/-]*[A-Za-z0-9]")
"""DOIs that are canonical as they stand: most of those that are written alone."""

_LABEL = re.compile(
    r"(?:(?P<address>(?:https?://)?(?:(?:dx|www)\.)?doi\.org/)|(?:info:|urn:)?doi[:/=]?)\s{0,3}",
    re.IGNORECASE,
)
_LABELS_AT_MOST: Final = 3  # "https://doi.org/doi: 10…" and the like are common
# A SICI may end in ";2-#", whose "#" begins no fragment.
_BEHIND_ADDRESS = re.compile(r"\?|(?<!;2-)#")
_NAME = re.compile(r"10(?:\.[0-9]{1,9}){1,8}/\S+")
_SECOND = re.compile(r"[,;|](?:10\.[0-9]+/|doi:|https?:)", re.IGNORECASE)

_SAFE_IN_URL: Final = "/:;()-._~!$&'*,=@"


def canonical_doi(text: str) -> str:
    """The DOI alone, its case kept: ``https://doi.org/10.1/X.`` is ``10.1/X``.

    Percent-escapes are decoded in a URL, and in what has no slash without. Raises `InvalidIdentifierError`.
    """
    if len(text) <= LONGEST and PLAIN.fullmatch(text):
        return text
    name, is_address = _without_labels(usable("doi", text))
    if is_address:
        name = unquote(_BEHIND_ADDRESS.split(name, maxsplit=1)[0])
    elif "/" not in name:
        name = unquote(name)
    name = unescaped(name).replace("&lt;", "<").replace("&gt;", ">")
    return _checked(trimmed(name), text)


def doi_url(name: str) -> str:
    """The address that resolves the DOI ``name``."""
    return f"https://doi.org/{quote(name, safe=_SAFE_IN_URL)}"


def _without_labels(text: str) -> tuple[str, bool]:
    is_address, position = False, 0
    for _ in range(_LABELS_AT_MOST):
        label = _LABEL.match(text, position)
        if not label:
            break
        is_address = is_address or label["address"] is not None
        position = label.end()
    return text[position:], is_address


def _checked(name: str, text: str) -> str:
    if not name.startswith("10."):
        refuse("doi", text, _beginning(name))
    solid("doi", name)
    if not _NAME.fullmatch(name):
        refuse("doi", text, "a registrant's number, a slash and a suffix must follow the 10.")
    if "\\" in name or "\N{REPLACEMENT CHARACTER}" in name:
        refuse("doi", text, "it holds a backslash or bytes that are no UTF-8")
    if _SECOND.search(name):
        refuse("doi", text, "it holds more than one; give them one by one")
    return name


def _beginning(name: str) -> str:
    if name.startswith("10/"):
        return "it is a short form of a DOI; give the DOI that it stands for"
    return "a DOI begins with 10. and a registrant's number"
