"""Titles: stops at their end, and what they appeared in told in a way that is printed wrongly."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dlbib.checks import Check, Found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlbib.checks.subjects import FieldText, Subject

_STOPPED: Final = re.compile(r"[^\s.]\.(?P<braces>[}\s]*)\Z")
_LAST_WORD: Final = re.compile(r"(?:^|[\s({\[~-])(?P<word>[^\s({\[~-]*)\.[}\s]*\Z")
_ABBREVIATIONS: Final = frozenset(
    "al bros ca cf co corp dept ed eds e.g etc fig i.e inc jr ltd mr mrs ms no nr op p pp prof sr st univ vol vs".split()  # noqa: SIM905  # a list of them fills a line
)
_IN: Final = re.compile(
    r"\s*\{?in:?\s+(?=(?:the\s+)?(?:proc\b|proc\.|proceedings|advances|international|\d{4}|[A-Z]{3,}))",
    re.IGNORECASE,
)
_INVERTED: Final = re.compile(
    r"(?P<topic>[^,{}]+?),\s+(?P<rest>(?:\d{4}\.?\s+)?[^,{}]*\b(?:conference|symposium|workshop|congress|meeting)s?\s+(?:on|for|in|of)\.?)",
    re.IGNORECASE,
)
_CUT_OFF: Final = re.compile(r"\b(?:on|of|the|in|for|and|at)\W*\Z", re.IGNORECASE)
_LONGEST: Final = 500
"""No title has more letters; what has them would take long to turn round."""
_PAGES: Final = re.compile(r",?\s*\(?\bpp?\.?\s*~?\d+\s*(?:-{1,2}|\u2013)\s*\d+\)?\.?\s*\Z", re.IGNORECASE)


def _find_stop(subject: Subject, field: FieldText) -> Iterator[Found]:  # noqa: ARG001  # as every check is asked
    if "." not in field.text or not (found := _STOPPED.search(field.text)):
        return
    last = _LAST_WORD.search(field.text)
    if last is None or _may_end_in_stop(last["word"]):
        return
    at = found.start() + 1
    message = "ends with a full stop; styles that set one print two; take it out"
    yield Found(message, field.name, field.with_text(field.text[:at] + field.text[at + 1 :]))


def _may_end_in_stop(word: str) -> bool:
    bare = word.strip("{}").lower()
    return len(bare) < 2 or "." in bare or "\\" in bare or bare in _ABBREVIATIONS  # noqa: PLR2004  # an initial


def _find_in(subject: Subject, field: FieldText) -> Iterator[Found]:
    found = _IN.match(field.text)
    if found and subject.fields.get("booktitle", field) is field:
        keeps = "{" if "{" in found.group() else ""
        better = f"{keeps}{field.text[found.end() :]}"
        message = "begins with 'In'; styles put that before it, and it is printed twice; take it out"
        yield Found(message, field.name, field.with_text(better))


def _find_cut(subject: Subject, field: FieldText) -> Iterator[Found]:  # noqa: ARG001  # as above
    text = field.text.strip()
    if len(text) > _LONGEST:
        return
    ends_in_digit = text.rstrip(").")[-1:].isdecimal()
    if ends_in_digit and (pages := _PAGES.search(text)):
        message = f"has pages, {pages.group().strip(' ,')!r}; they are printed twice, or not at all; put them into pages"
        yield Found(message, field.name)
    elif _CUT_OFF.search(text):
        inverted = _INVERTED.fullmatch(text)
        better = f"{inverted['rest'].rstrip('.')} {inverted['topic'].strip()}" if inverted else ""
        how = f"write {better}" if better else "write all of it"
        message = (
            f"ends in {text.split()[-1]!r}, as lists have it that sort by topic; it is printed so; {how}"
        )
        yield Found(message, field.name, field.with_text(better) if better else {})


CHECKS = (
    Check(
        "title-stop",
        "titles that end with a full stop",
        "PubMed ends titles with a stop; most styles set one as well, and print two. It is taken out, unless an "
        "abbreviation or an initial ends there.",
        wrong="@misc{a, title = {A title that ends.}}",
        right="@misc{a, title = {A title that ends}}",
        in_field=_find_stop,
        attributes=("title", "subtitle"),
    ),
    Check(
        "booktitle-in",
        "titles of proceedings that begin with 'In'",
        "Styles print 'In' before the title of proceedings: 'In In Proceedings of ...'. It is taken out.",
        wrong="@misc{a, title = {A title}, booktitle = {In Proceedings of the Conference}}",
        right="@misc{a, title = {A title}, booktitle = {Proceedings of the Conference}}",
        in_field=_find_in,
        attributes=("container_title", "booktitle"),
    ),
    Check(
        "booktitle-cut",
        "titles of proceedings that are turned round, cut off or hold pages",
        "IEEE's exports turn names round so that lists sort by topic: 'Computer Vision (ICCV), 2015 IEEE International "
        "Conference on'. Styles print that as it stands. Where there is one comma the parts are put in order; a title "
        "that ends in the middle, or holds pages, is left to you.",
        wrong="@misc{a, title = {A title}, booktitle = {Computer Vision (ICCV), 2015 IEEE International Conference on}}",
        right="@misc{a, title = {A title}, booktitle = {2015 IEEE International Conference on Computer Vision (ICCV)}}",
        in_field=_find_cut,
        attributes=("container_title", "booktitle"),
    ),
)
