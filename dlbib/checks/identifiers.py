"""Identifiers: check digits, forms that links can't be made of, and those that stand in another's place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dlbib.checks import Check, Found
from dlbib.errors import InvalidIdentifierError
from dlbib.formats.fields import EPRINT_TYPE
from dlbib.model.identifiers import Identifier, find_identifiers
from dlbib.model.identifiers.several import split_identifiers, without_qualifiers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlbib.checks.subjects import FieldText, Subject

_REMARK: Final = re.compile(r"(?<!\s)\s*\([^()]*\)|(?<![,;\s])[,;\s]+\Z")
_DOI_ADDRESS: Final = re.compile(
    r"\s*(?:\\url\{)?(?:https?://)?(?:dx\.|www\.)?doi\.org/|\s*doi\s*[:=]", re.IGNORECASE
)
_ARXIV_LABEL: Final = re.compile(r"\s*(?:arxiv\s*:|https?://arxiv\.org/abs/)", re.IGNORECASE)
_ARXIV_CATEGORY: Final = re.compile(r"\s\[[a-zA-Z.-]+\]\s*\Z")


def _find_number(scheme: str, field: FieldText) -> Iterator[Found]:
    """What is wrong with the ISBNs or ISSNs in a field, of which there may be several."""
    text = field.text.strip().strip("{}")
    complaint = _complaint(scheme, text)
    if not complaint:
        return
    bare = _REMARK.sub("", text)
    is_mended = bare != text and not _complaint(scheme, bare)
    how = f"write {bare}" if is_mended else "look it up"
    message = f"{text!r} is no {scheme.upper()}: {complaint}; no catalogue finds it; {how}"
    yield Found(message, field.name, field.with_text(bare) if is_mended else {})


def _complaint(scheme: str, text: str) -> str:
    """Why a text is neither one identifier nor several, with what they are of or without; empty if it is."""
    bare = without_qualifiers(text)
    reason = _reason(scheme, bare)
    parts = split_identifiers(bare)
    return (
        "" if not reason or (len(parts) > 1 and not any(_reason(scheme, part) for part in parts)) else reason
    )


def _reason(scheme: str, text: str) -> str:
    try:
        Identifier(scheme, text)
    except InvalidIdentifierError as error:
        return error.reason
    return ""


def _find_isbn(subject: Subject, field: FieldText) -> Iterator[Found]:  # noqa: ARG001  # as every check is asked
    return _find_number("isbn", field)


def _find_issn(subject: Subject, field: FieldText) -> Iterator[Found]:  # noqa: ARG001  # as above
    return _find_number("issn", field)


def _find_doi(subject: Subject, field: FieldText) -> Iterator[Found]:
    text = field.text.strip()
    if not text:
        return
    reason = _reason("doi", text.replace("\\", ""))
    if reason:
        found = [each.value for each in find_identifiers(text) if each.scheme == "doi"]
        sure = found[0] if len(found) == 1 else ""
        how = f"write {sure}" if sure else "look it up, or take it out"
        message = f"{text!r} is no DOI: {reason}; its link leads nowhere; {how}"
        yield Found(message, field.name, field.with_text(sure) if sure else {})
    elif subject.is_latex and _DOI_ADDRESS.match(text):
        bare = Identifier("doi", text.replace("\\", "")).value
        message = f"{text!r} is more than a DOI; styles put the address before it, and the link breaks; write {bare}"
        yield Found(message, field.name, field.with_text(bare))


def _find_eprint(subject: Subject, field: FieldText) -> Iterator[Found]:
    identifier = subject.entry.identifier("arxiv")
    if not subject.is_latex or field.name != "eprint" or identifier is None:
        return
    text = field.text.strip()
    if _ARXIV_LABEL.match(text) or _ARXIV_CATEGORY.search(text):
        message = (
            f"{text!r} is more than an arXiv id; styles print the label themselves; write {identifier.value}"
        )
        yield Found(message, field.name, field.with_text(identifier.value))
    elif subject.fields.keys().isdisjoint(EPRINT_TYPE.values()):
        name = EPRINT_TYPE[subject.dialect]
        message = f"nothing says whose id {text} is; styles make no link of it; add {name} = {{arXiv}}"
        yield Found(message, field.name, subject.setting(name, "arXiv"))


CHECKS = (
    Check(
        "isbn-check-digit",
        "ISBNs that are none",
        "The last digit of an ISBN follows from those before it, so that a mistyped one shows. Behind it may stand "
        "what it is of, such as (hbk); any other remark is taken out; a number that doesn't add up you must look up.",
        wrong="@book{a, author = {Smith, John}, title = {A title}, publisher = {P}, year = 2014, isbn = {978-0-262-03561-4}}",
        right="@book{a, author = {Smith, John}, title = {A title}, publisher = {P}, year = 2014, isbn = {978-0-262-03561-3}}",
        in_field=_find_isbn,
        attributes=("isbn",),
        instead_of=("BIB-IDENTIFIER", "CSL-VALUE", "RIS-IDENTIFIER"),
    ),
    Check(
        "issn-check-digit",
        "ISSNs that are none",
        "The last digit of an ISSN, 0 to 9 or X, follows from the seven before it, so that a mistyped one shows. A remark "
        "beside the number is taken out; a number that doesn't add up you must look up.",
        wrong="@misc{a, title = {A title}, issn = {0028-0837}}",
        right="@misc{a, title = {A title}, issn = {0028-0836}}",
        in_field=_find_issn,
        attributes=("issn",),
        instead_of=("BIB-IDENTIFIER", "CSL-VALUE", "RIS-IDENTIFIER"),
    ),
    Check(
        "doi-form",
        "DOIs that are none, or more than one",
        "The field holds the DOI alone: 10.1000/182. Styles make the link, so an address there becomes "
        "https://doi.org/https://doi.org/10.1000/182, which leads nowhere. The mended field has the DOI that is in it.",
        wrong="@misc{a, title = {A title}, doi = {https://doi.org/10.1000/182}}",
        right="@misc{a, title = {A title}, doi = {10.1000/182}}",
        in_field=_find_doi,
        attributes=("doi",),
        instead_of=("BIB-IDENTIFIER", "CSL-VALUE", "RIS-IDENTIFIER"),
    ),
    Check(
        "eprint-form",
        "arXiv ids with a label, or with nothing to say whose they are",
        "Styles print eprint = {1412.6980} as arXiv:1412.6980 and link it when archiveprefix (BibLaTeX: eprinttype) says "
        "arXiv. A label in the field itself is printed twice; without archiveprefix there is no link.",
        wrong="@misc{a, title = {A title}, eprint = {arXiv:1412.6980}, archiveprefix = {arXiv}}",
        right="@misc{a, title = {A title}, eprint = {1412.6980}, archiveprefix = {arXiv}}",
        in_field=_find_eprint,
        attributes=("arxiv",),
    ),
)
