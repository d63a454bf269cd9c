"""Identifiers: DOI, arXiv id, ISBN, ISSN, PMID, PMCID and URL, canonical the moment they exist.

`value` holds what an identifier is, one module per kind of scheme makes its values canonical,
`addresses` reads what a URL names, and `finding` reads them out of texts.
"""

from dlbib.model.identifiers.finding import find_identifiers, parse_identifier
from dlbib.model.identifiers.value import SCHEMES, Identifier, plain_identifier

__all__ = ["SCHEMES", "Identifier", "find_identifiers", "parse_identifier", "plain_identifier"]
