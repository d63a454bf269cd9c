"""Pages: ranges that run backwards, are cut short or have no end, dashes, and words among them."""

# ruff: noqa: RUF001  # pages are parted by every dash there is

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from dlbib.checks import Check, Found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlbib.checks.subjects import FieldText, Subject

_PARTS: Final = re.compile(r"(?<!\s)\s*[,;]\s*")
_DASH: Final = r"(?:-{1,4}|[‐-―−]|\\textendash\s*|\\textemdash\s*|\$-+\$|\{-+\}|- -)"
_RANGE: Final = re.compile(rf"(?P<first>[0-9]{{1,9}})\s*(?P<dash>{_DASH})\s*(?P<last>[0-9]{{1,9}})")
_ANY_RANGE: Final = re.compile(
    rf"(?P<first>[A-Za-z]{{0,4}}[0-9]{{1,9}}[A-Za-z]?|[ivxlcdm]{{1,9}})\s*(?P<dash>{_DASH})\s*"
    r"(?P<last>[A-Za-z]{0,4}[0-9]{1,9}[A-Za-z]?|[ivxlcdm]{1,9})"
)
_OPEN: Final = re.compile(rf"(?P<first>\w{{1,12}})\s*{_DASH}\s*(?P<last>)|{_DASH}\s*\w{{1,12}}")
_LEADING: Final = re.compile(
    r"(?:(?:pages?|pp|pgs?|seiten?)\b\.?|[ps]\.)(?:~|\s|\\ )*(?=[0-9])", re.IGNORECASE
)
_TRAILING: Final = re.compile(r"(?<=[0-9])\s*[.,;:]+\s*\Z")
_TOTAL: Final = re.compile(
    r"(?:about\s+)?([0-9]{1,5})(?:(?:~|\s|\\ )+(?:pages?|pp?\.?|pgs?\.?)|pp\.?|p\.)\.?", re.IGNORECASE
)
_BETWEEN: Final = "\0"
_SHORTEST_CUT: Final = 3
"""From how many digits of the first page on a shorter last page is one whose beginning is left out."""


class _Verdict(NamedTuple):
    """What is wrong with a range, and the mended one with a NUL between its pages, if that can be told."""

    what: str = ""
    better: str | None = None


def _find_range(subject: Subject, field: FieldText) -> Iterator[Found]:
    parts = _PARTS.split(field.text.strip())
    verdicts = [_judged(part) for part in parts]
    complaint = next((verdict.what for verdict in verdicts if verdict.what), "")
    if not complaint:
        return
    if any(verdict.what and verdict.better is None for verdict in verdicts):
        yield Found(complaint, field.name)
        return
    pairs = zip(parts, verdicts, strict=True)
    better = ", ".join(part if verdict.better is None else verdict.better for part, verdict in pairs)
    better = better.replace(_BETWEEN, "--" if subject.is_latex else "-")
    yield Found(f"{complaint}, {better}", field.name, field.with_text(better))


def _judged(part: str) -> _Verdict:
    if _OPEN.fullmatch(part):
        return _Verdict(
            f"{part!r} lacks a page; readers can't find the rest; write both, or the one that is known"
        )
    found = _RANGE.fullmatch(part)
    if found is None or int(found["first"]) < int(found["last"]):
        return _Verdict()
    first, last = found["first"], found["last"]
    if first == last:
        return _Verdict(f"{part!r} is one page; it is printed as a range; write it once", first)
    if found["dash"] == "-" and len(first) < _SHORTEST_CUT:
        return _Verdict()  # as likely a page that is numbered so, in the style of 3-1
    whole = first[: len(first) - len(last)] + last
    if len(last) < len(first) >= _SHORTEST_CUT and int(whole) > int(first):
        what = f"{part!r} leaves out digits of the last page; styles print it so; write all of them"
        return _Verdict(what, f"{first}{_BETWEEN}{whole}")
    return _Verdict(f"{part!r} runs backwards; one of the pages must be wrong; look it up")


def _find_dash(subject: Subject, field: FieldText) -> Iterator[Found]:
    wanted = "--" if subject.is_latex else "-"
    parts = _PARTS.split(field.text.strip())
    mended = [_dashed(part, wanted) for part in parts]
    if mended == parts:
        return
    better = ", ".join(mended)
    odd = next(part for part, new in zip(parts, mended, strict=True) if part != new)
    what = f"{odd!r} has another dash than {wanted!r} between its pages"
    comes = "some styles print it as it stands" if subject.is_latex else "CSL has one hyphen there"
    yield Found(f"{what}; {comes}; write {better}", field.name, field.with_text(better))


def _dashed(part: str, dash: str) -> str:
    found = _ANY_RANGE.fullmatch(part)
    if found is None or found["dash"] == dash or not _is_clear(found):
        return part
    return f"{found['first']}{dash}{found['last']}"


def _is_clear(found: re.Match[str]) -> bool:
    """Whether a hyphen can but part two pages: in ``12-3`` it may belong to one that is numbered so."""
    if found["dash"] != "-":
        return True
    first, last = found["first"], found["last"]
    if not (first.isdigit() and last.isdigit()):
        return first[:1].isalpha() == last[:1].isalpha() and len(first) <= len(last)
    return int(first) <= int(last) or (len(last) < len(first) >= _SHORTEST_CUT)


def _find_words(subject: Subject, field: FieldText) -> Iterator[Found]:
    text = field.text.strip()
    if total := _TOTAL.fullmatch(text):
        name = "pagetotal" if subject.is_latex else "number_of_pages"
        what = f"{text!r} counts pages; styles print it as the page where the work is"
        yield Found(
            f"{what}; write {name} = {total[1]} in its place",
            field.name,
            _moved(subject, field, name, total[1]),
        )
        return
    better = _TRAILING.sub("", _LEADING.sub("", text, count=1) if _LEADING.match(text) else text)
    if better != text:
        what = f"{text!r} has more than pages"
        yield Found(
            f"{what}; styles add what belongs around them; write {better}",
            field.name,
            field.with_text(better),
        )


def _moved(subject: Subject, field: FieldText, name: str, total: str) -> dict[str, str | None]:
    return {} if name in subject.fields else {**field.gone(), **subject.setting(name, total)}


_PAGES: Final = ("page",)

CHECKS = (
    Check(
        "page-range",
        "page ranges that run backwards, are cut short or lack an end",
        "A range has its first page, a dash and its last, all digits of both: styles that shorten ranges do so "
        "themselves. '123-5' becomes 123--125, '7--7' becomes 7. A range that runs backwards, or lacks "
        "one of its pages, is left to you: one of the numbers is wrong, and only the work tells which.",
        wrong="@misc{a, title = {A title}, pages = {123--5}}",
        right="@misc{a, title = {A title}, pages = {123--125}}",
        in_field=_find_range,
        attributes=_PAGES,
    ),
    Check(
        "page-dash",
        "page ranges with another dash than the format's",
        "BibTeX wants two hyphens between pages; a single one, a dash copied from a page, or three hyphens are "
        "printed as they stand by some styles. CSL wants one hyphen, which its processors turn into a dash. Numbers that "
        "have a hyphen of their own, such as S-12 or 3-17, are left alone.",
        wrong="@misc{a, title = {A title}, pages = {415-423}}",
        right="@misc{a, title = {A title}, pages = {415--423}}",
        in_field=_find_dash,
        attributes=_PAGES,
    ),
    Check(
        "page-words",
        "words and stops among pages",
        "Styles put 'pp.' before pages and a stop behind them: pages = {pp. 12--15.} gives 'pp. pp. 12--15..'. What is "
        "no page is taken out. A number of pages, such as '300 pages', belongs into another field.",
        wrong="@misc{a, title = {A title}, pages = {pp. 12--15}}",
        right="@misc{a, title = {A title}, pages = {12--15}}",
        in_field=_find_words,
        attributes=_PAGES,
    ),
)
