r"""Addresses: URLs that lead nowhere, DOIs and arXiv ids that stand elsewhere than where styles look for them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dlbib.checks import Check, Found
from dlbib.checks.tex import HIDDEN, masked
from dlbib.formats.fields import EPRINT_TYPE
from dlbib.model.identifiers import Identifier, find_identifiers, parse_identifier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlbib.checks.subjects import FieldText, Subject

_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,20}:")
_COMMAND: Final = re.compile(r"\s*\\(?:url|nolinkurl|path)\s*\{([^{}]*)\}\s*")
_ESCAPED: Final = re.compile(r"\{?\\([_%#&~$])(?:\{\})?\}?|\{?\\textasciitilde\s*(?:\{\})?\}?|\{\\_\}")
_BROKEN: Final = re.compile(r"(?<!\s)[ \t]*[\r\n]+\s*")
_DOI_ADDRESS: Final = re.compile(r"https?://(?:dx\.|www\.)?doi\.org/(10\.\S+)", re.IGNORECASE)
_BARE: Final = re.compile(r"(?:https?|ftp)://[^\s{}<>\0]+[^\s{}<>\0.,;:)\]]")
_NEAR: Final = ("note", "medium", "addendum")
_HOLDING_ARXIV: Final = (
    "container_title",
    "note",
    "medium",
    "volume",
    "number",
    "issue",
    "page",
    "genre",
    "collection_title",
    "publisher",
    "addendum",
)
_MENTIONS: Final = re.compile(r"arxiv|abs/", re.IGNORECASE)


def _find_escaped(subject: Subject, field: FieldText) -> Iterator[Found]:
    text = field.text
    if not subject.is_latex or "\\" not in text:
        return
    command = _COMMAND.fullmatch(text)
    bare = _ESCAPED.sub(lambda found: found[1] or "~", command[1] if command else text)
    if bare != text and "\\" not in bare:
        message = f"{_short(text)} is escaped as text is; addresses are taken as they stand, and the link breaks; write {_short(bare)}"
        yield Found(message, field.name, field.with_text(bare))


def _find_url(subject: Subject, field: FieldText) -> Iterator[Found]:  # noqa: ARG001  # as every check is asked
    text = field.text.strip()
    if not text or "\\" in text:
        return
    if _BROKEN.search(text):
        whole = _BROKEN.sub("", text)
        message = f"{_short(text)} is broken over lines; the link has a gap; join them"
        yield Found(message, field.name, {} if " " in whole else field.with_text(whole))
    elif " " in text:
        yield Found(
            f"{_short(text)} has a space; the link ends there; write %20, or one address alone", field.name
        )
    elif not _SCHEME.match(text):
        yield Found(
            f"{_short(text)} has no http:// or https://; no link is made of it; write all of it", field.name
        )
    elif not text.lower().startswith(("http://", "https://", "ftp://")):
        scheme = text.partition(":")[0]
        yield Found(
            f"{scheme}: is no address that others can open; readers can't find the work; give a web page",
            field.name,
        )
    elif "&amp;" in text:
        message = f"{_short(text)} has &amp; for &; the page may not be found; write &"
        yield Found(message, field.name, field.with_text(field.text.replace("&amp;", "&")))


def _find_doi(subject: Subject, field: FieldText) -> Iterator[Found]:
    text = field.text.strip().replace("\\", "")
    if not _DOI_ADDRESS.match(text):
        return
    found = parse_identifier(text)
    known = subject.entry.identifier("doi")
    if found.scheme != "doi" or (known is not None and known != found):
        return
    if known is None:
        message = (
            f"{_short(text)} is a DOI; styles print a DOI shorter and link it; write doi = {{{found.value}}}"
        )
        changes = {**field.gone(), **subject.setting(subject.named("doi"), found.value)}
    else:
        message = f"{_short(text)} says again what doi says; both are printed; take it out"
        changes = field.gone()
    yield Found(message, field.name, changes)


def _find_bare(subject: Subject, field: FieldText) -> Iterator[Found]:
    if not subject.is_latex or "://" not in field.text:
        return
    sight = masked(field.text)
    found = [match for match in _BARE.finditer(sight) if HIDDEN not in match.group()]
    if not found:
        return
    text = field.text
    for match in reversed(found):
        text = f"{text[: match.start()]}\\url{{{match.group()}}}{text[match.end() :]}"
    message = f"{_short(found[0].group())} stands there as text; LaTeX can't break it, and stops at _ # % &; write \\url{{…}}"
    yield Found(message, field.name, field.with_text(text))


def _find_arxiv(subject: Subject) -> Iterator[Found]:
    if subject.entry.identifier("arxiv") or _says_whose(subject):
        return
    for field in subject.fields.values():
        if field.attribute not in _HOLDING_ARXIV or not _MENTIONS.search(field.text):
            continue
        ids = {each.arxiv for each in find_identifiers(field.text) if each.arxiv}
        if len(ids) == 1:
            (found,) = ids
            name = "eprint" if subject.is_latex else "arxiv"
            message = f"{_short(field.text)} names an arXiv id; no style links it there; add {name} = {{{found.value}}}"
            yield Found(message, field.name, _eprint(subject, found))
            return


def _says_whose(subject: Subject) -> bool:
    return "eprint" in subject.fields or "extra:bibtex:eprint" in subject.fields


def _eprint(subject: Subject, found: Identifier) -> dict[str, str | None]:
    if not subject.is_latex:
        return {"arxiv": found.value}
    return {
        **subject.setting("eprint", found.value),
        **subject.setting(EPRINT_TYPE[subject.dialect], "arXiv"),
    }


_LONGEST: Final = 60


def _short(text: str) -> str:
    text = " ".join(text[: 2 * _LONGEST].split())
    return f"'{text if len(text) <= _LONGEST else f'{text[:_LONGEST]}…'}'"


CHECKS = (
    Check(
        "escaped-address",
        r"\_ and \% in a URL or DOI",
        r"url and doi are no LaTeX: what stands there is the address, letter by letter. Mendeley and others write \_ "
        r"for _ all the same, and the link then has a backslash. The mended field has the bare address; a \url{...} "
        "around it goes as well.",
        wrong=r"@misc{a, title = {A title}, url = {https://example.org/a\_b}}",
        right="@misc{a, title = {A title}, url = {https://example.org/a_b}}",
        in_field=_find_escaped,
        attributes=("url", "doi"),
    ),
    Check(
        "url-form",
        "URLs that lead nowhere",
        "A URL begins with http:// or https:// (or ftp://), and has no spaces. One that is broken over lines is joined again; "
        "anything else only you can mend.",
        wrong="@misc{a, title = {A title}, url = {www.example.org/page}}",
        right="@misc{a, title = {A title}, url = {https://www.example.org/page}}",
        in_field=_find_url,
        attributes=("url",),
        instead_of=("BIB-IDENTIFIER", "CSL-VALUE", "RIS-IDENTIFIER"),
    ),
    Check(
        "doi-in-url",
        "DOIs in the field for URLs",
        "https://doi.org/10.1000/182 in url is a DOI. In doi it is printed once and short, duplicates are found by it, and "
        "dlbib can ask its registry. It is moved there; where doi says the same already, the url is taken out. "
        "No link is lost: it is the same address.",
        wrong="@misc{a, title = {A title}, url = {https://doi.org/10.1000/182}}",
        right="@misc{a, title = {A title}, doi = {10.1000/182}}",
        in_field=_find_doi,
        attributes=("url",),
    ),
    Check(
        "bare-url",
        "addresses in running text",
        r"An address in note or howpublished is text for LaTeX: it runs into the margin, and a _ or % in it stops the "
        r"document. In \url{...} it breaks, links, and may hold anything.",
        wrong="@misc{a, title = {A title}, howpublished = {See https://example.org/a_b}}",
        right=r"@misc{a, title = {A title}, howpublished = {See \url{https://example.org/a_b}}}",
        in_field=_find_bare,
        attributes=_NEAR,
    ),
    Check(
        "arxiv-without-eprint",
        "arXiv ids in the wrong field",
        "Google Scholar writes journal = {arXiv preprint arXiv:1412.6980}. Styles print that, but link nothing, and nobody "
        "sees that it is a preprint. The id is added as eprint, where styles look for it; the other field stays as it is.",
        wrong="@article{a, author = {Smith, John}, title = {A title}, journal = {arXiv preprint arXiv:1412.6980}, year = 2014}",
        right="@article{a, author = {Smith, John}, title = {A title}, journal = {arXiv preprint arXiv:1412.6980}, year = 2014, "
        "eprint = {1412.6980}, archiveprefix = {arXiv}}",
        in_entry=_find_arxiv,
    ),
)
