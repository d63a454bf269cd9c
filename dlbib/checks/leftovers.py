"""What is left of HTML in texts: entities and tags."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

from dlbib.checks import Check, Found
from dlbib.checks.subjects import PEOPLE, PRINTED
from dlbib.checks.tex import masked
from dlbib.model.markup import plain, tokens
from dlbib.model.names.words import is_balanced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlbib.checks.subjects import FieldText, Subject

_ENTITY: Final = re.compile(r"\\?&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_LAYERS: Final = 3
"""How often a text may have been escaped: ``&amp;amp;eacute;``."""

_PAIRED: Final = "i|b|em|strong|sub|sup|inf|sc|scp|tt|u|a|p|span|div|font|title"
_TAG: Final = re.compile(
    rf"</?(?:(?:jats|mml):[a-z-]{{1,20}}|{_PAIRED}|br)(?:\s[^<>]{{0,200}})?/?>", re.IGNORECASE
)
_NAME: Final = re.compile(r"</?([a-z:-]+)", re.IGNORECASE)
_INNERMOST: Final = re.compile(r"<([a-z:-]+)(?:\s[^<>]{0,200})?>([^<>]*)</\1\s*>", re.IGNORECASE)
_BREAK: Final = re.compile(r"(?<!\s)\s*<br\s*/?>\s*", re.IGNORECASE)
_DEEPEST: Final = 8

_STYLES: Final = {
    **dict.fromkeys(("i", "em", "jats:italic"), (r"\emph{", "}", "<i>", "</i>")),
    **dict.fromkeys(("b", "strong", "jats:bold"), (r"\textbf{", "}", "<b>", "</b>")),
    **dict.fromkeys(("sub", "inf", "jats:sub"), (r"\textsubscript{", "}", "<sub>", "</sub>")),
    **dict.fromkeys(("sup", "jats:sup"), (r"\textsuperscript{", "}", "<sup>", "</sup>")),
    **dict.fromkeys(
        ("sc", "scp", "jats:sc"), (r"\textsc{", "}", '<span style="font-variant:small-caps;">', "</span>")
    ),
    **dict.fromkeys(("p", "span", "div", "font", "title", "jats:p", "jats:title"), ("", "", "", "")),
}
"""What a pair of tags is in LaTeX and in CSL's markup."""


def _find_entities(subject: Subject, field: FieldText) -> Iterator[Found]:
    if "&" not in field.text or ";" not in field.text:
        return
    found = [match.group() for match in _ENTITY.finditer(field.text) if _meant(match.group())]
    if found:
        text = _ENTITY.sub(lambda match: _spelled(subject, match.group()), field.text)
        what = f"has the HTML entity {' and '.join(list(dict.fromkeys(found))[:3])}"
        message = f"{what}; it is printed as it stands, or stops LaTeX; write the character"
        yield Found(message, field.name, field.with_text(text))


def _meant(entity: str) -> str:
    """The character that an entity is, however often it was escaped; empty for what is none."""
    text = entity.removeprefix("\\")
    for _ in range(_LAYERS):
        text = html.unescape(text)
    return "" if text == entity.removeprefix("\\") or not text.isprintable() else text


def _spelled(subject: Subject, entity: str) -> str:
    meant = _meant(entity)
    return subject.spelled(meant) if meant else entity


def _find_tags(subject: Subject, field: FieldText) -> Iterator[Found]:
    if "<" not in (field.text if subject.is_latex else plain(field.text)):
        return
    found = [tag.group() for tag in _TAG.finditer(_sight(subject, field.text))]
    names = [_tag_name(tag) for tag in found]
    if not any("/" in tag or " " in tag or ":" in tag for tag in found):
        return
    mended = _translated(field.text, is_latex=subject.is_latex)
    fix = field.with_text(mended) if is_balanced(mended) and not _TAG.search(_plain(subject, mended)) else {}
    tags = " ".join(f"<{name}>" for name in dict.fromkeys(names))
    message = (
        f"has tags of HTML or XML, {tags}; they are printed as they stand; take them out, or set the text"
    )
    yield Found(message, field.name, fix)


def _sight(subject: Subject, text: str) -> str:
    return masked(text) if subject.is_latex else _plain(subject, text)


def _plain(subject: Subject, text: str) -> str:
    """``text`` without the tags that mean something where it stands."""
    if subject.is_latex:
        return text
    return "".join(token.text for token in tokens(text) if token.kind == "text")


def _tag_name(tag: str) -> str:
    named = _NAME.match(tag)
    return named.group(1).lower() if named else tag


def _translated(text: str, *, is_latex: bool) -> str:
    """``text`` with every pair of tags as it is set, the innermost first."""
    text = _BREAK.sub(" ", text)
    for _ in range(_DEEPEST):
        before, text = text, _INNERMOST.sub(lambda pair: _set(pair, is_latex=is_latex), text)
        if text == before:
            break
    return " ".join(text.split())


def _set(pair: re.Match[str], *, is_latex: bool) -> str:
    style = _STYLES.get(pair.group(1).lower())
    if style is None:
        return pair.group()
    opening, closing = style[:2] if is_latex else style[2:]
    return f"{opening}{pair.group(2)}{closing}"


CHECKS = (
    Check(
        "html-entity",
        "HTML entities such as &amp; in a text",
        "Publishers' pages and services give &amp; for & and &eacute; for é. No bibliography style reads that: "
        "LaTeX stops at the bare &, and citation processors print all of it. The mended text has the character "
        "itself, in LaTeX as LaTeX spells it.",
        wrong="@misc{a, title = {Statistics &amp; probability}}",
        right=r"@misc{a, title = {Statistics \& probability}}",
        in_field=_find_entities,
        attributes=PRINTED | PEOPLE,
    ),
    Check(
        "html-tag",
        "tags of HTML or XML in a text",
        "Titles from Crossref and PubMed come with <i>, <sub>, <scp> and <jats:p>. BibTeX prints them as they stand; "
        "in CSL only <i>, <b>, <sup>, <sub> and two kinds of <span> mean something. Tags that have a counterpart are "
        "replaced by it, those that only hold text together are taken out; formulas in MathML are left to you.",
        wrong="@misc{a, title = {The genome of <i>Escherichia coli</i>}}",
        right=r"@misc{a, title = {The genome of \emph{Escherichia coli}}}",
        in_field=_find_tags,
        attributes=PRINTED,
    ),
)
