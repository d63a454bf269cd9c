"""The canonical forms of the ids of PubMed and PubMed Central.

Source: National Library of Medicine, "MEDLINE/PubMed data element descriptions", PMID and PMC.
"""

from __future__ import annotations

import re

from dlbib.model.identifiers.checks import refuse, usable

_PMID = re.compile(r"(?:pmid[:\s]*)?([1-9][0-9]{0,7})", re.IGNORECASE)
_PMCID = re.compile(r"(?:pmcid[:\s]*)?(?:pmc)?([1-9][0-9]{0,8})", re.IGNORECASE)


def canonical_pmid(text: str) -> str:
    """The digits of a PMID: ``25719670``. Raises `InvalidIdentifierError`."""
    found = _PMID.fullmatch(usable("pmid", text))
    if not found:
        refuse("pmid", text, "a PMID has one to eight digits, the first of them not 0")
    return found[1]


def canonical_pmcid(text: str) -> str:
    """``PMC`` and the digits: ``PMC4167101``, whether or not ``PMC`` was given. Raises `InvalidIdentifierError`."""
    found = _PMCID.fullmatch(usable("pmcid", text))
    if not found:
        refuse("pmcid", text, "a PMCID is PMC and one to nine digits, the first of them not 0")
    return f"PMC{found[1]}"
