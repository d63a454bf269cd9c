"""The canonical form of an arXiv id.

Source: arXiv help, "Understanding the arXiv identifier": ``YYMM.number`` since April 2007, the number of
four digits until December 2014 and of five since; ``archive/YYMMnumber`` before, where the subject
class of ``math.GT/0309136`` is no part of the canonical form; a version ``v1`` and up behind either.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote

from dlbib.model.identifiers.checks import refuse, usable

# fmt: off
ARCHIVES: Final = (
    "acc-phys", "adap-org", "alg-geom", "ao-sci", "astro-ph", "atom-ph", "bayes-an", "chao-dyn",
    "chem-ph", "cmp-lg", "comp-gas", "cond-mat", "cs", "dg-ga", "funct-an", "gr-qc", "hep-ex",
    "hep-lat", "hep-ph", "hep-th", "math", "math-ph", "mtrl-th", "nlin", "nucl-ex", "nucl-th",
    "patt-sol", "physics", "plasm-ph", "q-alg", "q-bio", "quant-ph", "solv-int", "supr-con",
)
# fmt: on
"""The archives that ids named until March 2007, sorted."""

ADDRESS: Final = (
    r"(?:https?://)?(?:[a-z0-9-]{1,20}\.){0,2}(?:arxiv|alphaxiv|ar5iv)\.org/"
    r"(?:(?:abs|pdf|html|format|ps|e-print|src|overview|ftp/arxiv/papers/[0-9]{4})/)?"
)
"""A pattern of what stands before an id in arXiv's addresses and those of its mirrors and readers."""

_ADDRESS = re.compile(ADDRESS, re.IGNORECASE)
_LABEL = re.compile(r"(?:arxiv(?:\s(?:preprint|e-?prints?))?\s{0,3}:?\s{0,3}|abs/)+", re.IGNORECASE)
_CATEGORY = re.compile(r"\s{0,3}\[[a-z]+[a-z.-]*\]\Z", re.IGNORECASE)
_ENDING = re.compile(r"(?:\.(?:pdf|ps|ps\.gz|html))?/?\Z", re.IGNORECASE)

_NEW = re.compile(r"(?P<year>[0-9]{2})(?P<month>[0-9]{2})\.(?P<number>[0-9]{1,7})(?P<version>v[0-9]+)?")
_OLD = re.compile(
    r"(?P<archive>[a-z-]+)(?:\.[a-z-]{2,10})?/(?P<year>[0-9]{2})(?P<month>[0-9]{2})(?P<number>[0-9]{3})"
    r"(?P<version>v[0-9]+)?"
)
_VERSION = re.compile(r"v[1-9][0-9]{0,2}")
_MONTHS: Final = 12


def canonical_arxiv(text: str) -> str:
    """The id alone, with its version if it names one: ``1411.4389v4``, ``hep-th/9901001``.

    Raises `InvalidIdentifierError`.
    """
    name = _bare(usable("arxiv", text)).lower()
    if found := _NEW.fullmatch(name):
        reason = _wrong_date(found) or _wrong_new(found)
    elif found := _OLD.fullmatch(name):
        reason = _wrong_date(found) or _wrong_old(found)
        name = f"{found['archive']}/{name.partition('/')[2]}"
    else:
        reason = _wrong_shape(name)
    if reason:
        refuse("arxiv", text, reason)
    return name


def without_version(name: str) -> str:
    """The canonical id ``name`` without its version."""
    return name.partition("v")[0] if name[0].isdigit() else re.sub(r"v[0-9]+\Z", "", name)


def version_of(name: str) -> int | None:
    """The version that the canonical id ``name`` names."""
    digits = name[len(without_version(name)) + 1 :]
    return int(digits) if digits else None


def _bare(text: str) -> str:
    if address := _ADDRESS.match(text):
        text = unquote(re.split(r"[?#]", text[address.end() :], maxsplit=1)[0])
    if label := _LABEL.match(text):
        text = text[label.end() :]
    text = _CATEGORY.sub("", text).rstrip(".)")
    return _ENDING.sub("", text)


def _wrong_date(found: re.Match[str]) -> str:
    if not 1 <= int(found["month"]) <= _MONTHS:
        return f"there is no month {found['month']}"
    if found["version"] and not _VERSION.fullmatch(found["version"]):
        return f"versions count from v1, and {found['version']} is none"
    if not int(found["number"]):
        return "papers of a month count from 1"
    return ""


def _wrong_new(found: re.Match[str]) -> str:
    month = found["year"] + found["month"]
    digits = 4 if month < "1501" else 5
    if month < "0704":
        return (
            "ids of this form begin in April 2007 (0704); older ones name their archive, as in hep-th/9901001"
        )
    if len(found["number"]) != digits:
        return f"in {month} the number has {digits} digits, not {len(found['number'])}"
    return ""


def _wrong_old(found: re.Match[str]) -> str:
    month = found["year"] + found["month"]
    if found["archive"] not in ARCHIVES:
        return f"arXiv has no archive {found['archive']!r}"
    if "0703" < month < "9101":
        return "ids of this form were given from 1991 to March 2007"
    return ""


def _wrong_shape(name: str) -> str:
    if re.fullmatch(r"[0-9]{7}(?:v[0-9]+)?", name):
        return f"an id of this form names its archive, as in hep-th/{name}"
    return "an id is YYMM.number, or archive/YYMMnumber, and perhaps a version such as v2"
