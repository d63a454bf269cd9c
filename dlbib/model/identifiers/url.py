"""The canonical form of a URL.

Source: RFC 3986, sections 3 and 6.2.2.1: the case of scheme and host does not count. Nothing else is
rewritten, because every other change can make an address a different one.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from dlbib.model.identifiers.checks import LONGEST, refuse, solid

URL_SCHEMES: Final = ("https", "http", "ftps", "ftp", "sftp", "git", "svn", "gopher", "gemini")
"""What a URL may begin with; none of them runs anything, or reads a file of the reader's machine."""

PLAIN: Final = re.compile(r"https?://[a-z0-9][a-z0-9.-]*+(?:/[A-Za-z0-9._~/%?=&-]*+)?")
"""URLs that are canonical as they stand."""

_LABEL = re.compile(r"url:\s{0,3}", re.IGNORECASE)
_PARTS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?")
_AUTHORITY = re.compile(r"[\w.~%!$&'()*+,;=:@\[\]-]+")
_HOST_PORT = re.compile(r"(\[[^\]]*\]|(?=[^:]*\w)[^:]+)(:[0-9]*)?")


class Parts(NamedTuple):
    """The parts of a URL; ``path``, ``query`` and ``fragment`` as written, with ``?`` and ``#``."""

    scheme: str
    user: str
    host: str
    port: str
    path: str
    query: str
    fragment: str


def url_parts(text: str) -> Parts:
    """The parts of the URL ``text``, scheme and host in lower case. Raises `InvalidIdentifierError`."""
    address = solid("url", text)
    if label := _LABEL.match(address):
        address = address[label.end() :]
    found = _PARTS.fullmatch(address)
    if not found:
        refuse("url", text, "it has no scheme, such as https://")
    scheme = found[1].lower()
    if scheme not in URL_SCHEMES:
        refuse("url", text, f"{scheme}: is none of {', '.join(sorted(URL_SCHEMES))}")
    user, at, host_port = found[2].rpartition("@")
    host = _HOST_PORT.fullmatch(host_port)
    if not host or not _AUTHORITY.fullmatch(found[2]):
        refuse("url", text, "it names no host")
    return Parts(scheme, user + at, host[1].lower(), host[2] or "", found[3], found[4] or "", found[5] or "")


def canonical_url(text: str) -> str:
    """The URL with scheme and host in lower case, all else as given. Raises `InvalidIdentifierError`."""
    if len(text) <= LONGEST and PLAIN.fullmatch(text):
        return text
    scheme, *rest = url_parts(text)
    return f"{scheme}://{''.join(rest)}"
