"""The addresses that ``eprint`` stands for in the archives whose identifiers an entry has no scheme for.

The field is kept, and the address is among the identifiers, so that CSL and RIS lead there too; what BibLaTeX
prints by itself is not written as ``url`` beside it.

Source: BibLaTeX manual, section 3.14.7 ("Electronic Publishing Information").
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_ADDRESSES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "googlebooks": "https://books.google.com/books?id={}",
        "hdl": "https://hdl.handle.net/{}",
        "jstor": "https://www.jstor.org/stable/{}",
    }
)

EPRINT_TYPES: Final = ("eprinttype", "archiveprefix")
"""The fields that say whose ``eprint`` is, the better name first."""


def address_of(fields: Mapping[str, str], prefix: str = "") -> str | None:
    """The address that ``eprint`` and its type among ``fields`` stand for; their names begin with ``prefix``.

    >>> address_of({"eprint": "4HIWAAAA", "eprinttype": "googlebooks"})
    'https://books.google.com/books?id=4HIWAAAA'
    """
    eprint = fields.get(f"{prefix}eprint", "").strip().strip("{}")
    given = next((fields[name] for each in EPRINT_TYPES if (name := f"{prefix}{each}") in fields), "")
    address = _ADDRESSES.get(given.strip().strip("{}").lower())
    return address.format(eprint) if address and eprint and not eprint.isspace() else None
