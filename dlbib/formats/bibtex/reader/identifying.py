"""The identifiers in an entry's fields.

Source: BibLaTeX manual, sections 2.2.2 ("doi", "eprint", "isbn", "url") and 3.14.7 (electronic
publishing); Oren Patashnik, "BibTeXing", section 3.2, and the customs of those who came after it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dlbib.errors import InvalidIdentifierError
from dlbib.formats.bibtex.eprints import EPRINT_TYPES
from dlbib.formats.bibtex.reader.kinds import unwrapped
from dlbib.model.identifiers import Identifier
from dlbib.model.identifiers.checks import unescaped
from dlbib.model.identifiers.several import split_identifiers, without_qualifiers

if TYPE_CHECKING:
    from dlbib.formats.bibtex.reader.records import Record

_COMMAND: Final = re.compile(r"\\(?:url|nolinkurl|path|doi)\s*\{([^{}]*)\}")
_LINE_BREAK: Final = re.compile(r"(?<!\s)\s*\n\s*")
_TILDE: Final = re.compile(r"\{?\\(?:textasciitilde|~)(?:\{\}|\s*)\}?")
_SEVERAL: Final = frozenset({"isbn", "issn", "pmid"})
_NOT_ARXIV: Final = {"pubmed": "pmid", "pmid": "pmid", "medline": "pmid", "pmc": "pmcid", "pmcid": "pmcid"}


def identifiers_in(record: Record, name: str, scheme: str, text: str) -> tuple[Identifier, ...]:
    """The identifiers of a scheme that the field ``name`` holds; none, and a warning, when it is no such."""
    value = _bare(text)
    try:
        return (Identifier(scheme, value),)
    except InvalidIdentifierError as error:
        found = _several(scheme, value) or _several(scheme, without_qualifiers(value))
        if not found:
            message = f"{error.reason}; {value!r} was kept as it is; mend it"
            record.warn("BIB-IDENTIFIER", message, name)
        return found


def further_identifiers(record: Record, name: str, scheme: str, text: str) -> tuple[Identifier, ...]:
    """The identifiers parted by spaces in a field that is called after a CSL variable."""
    found = [identifiers_in(record, name, scheme, each) for each in text.split()]
    return tuple(each for some in found for each in some) if all(found) else ()


def eprint_in(record: Record, text: str) -> tuple[Identifier, ...]:
    """The identifier in ``eprint``: arXiv's, PubMed's, or none of those known here.

    Without a word on whose it is, what has the form of an arXiv id is one.
    """
    given = next((record.values[name] for name in EPRINT_TYPES if name in record.values), "")
    archive = given.strip().strip("{}").lower()
    if archive in _NOT_ARXIV:
        return identifiers_in(record, "eprint", _NOT_ARXIV[archive], text)
    if archive == "arxiv":
        return identifiers_in(record, "eprint", "arxiv", text)
    try:
        return () if archive else (Identifier("arxiv", _bare(text)),)
    except InvalidIdentifierError:
        return ()


def address_in(text: str) -> tuple[Identifier, ...]:
    """The URL that is all of a text, as in ``howpublished``."""
    try:
        return (Identifier("url", _bare(text)),)
    except InvalidIdentifierError:
        return ()


def _bare(text: str) -> str:
    """An identifier without the LaTeX that BibTeX's users need around one."""
    value = text.strip()
    if "\n" in value:
        value = _LINE_BREAK.sub("", value)
    if "\\" not in value:
        return value if "{" not in value else value.replace("{", "").replace("}", "")
    value = _TILDE.sub("~", unwrapped(value))
    command = _COMMAND.fullmatch(value)
    return unescaped(command[1].strip() if command else value)


def _several(scheme: str, value: str) -> tuple[Identifier, ...]:
    """The identifiers in a value that holds nothing but several of them."""
    if scheme not in _SEVERAL:
        return ()
    try:
        return tuple(Identifier(scheme, each) for each in split_identifiers(value))
    except InvalidIdentifierError:
        return ()
