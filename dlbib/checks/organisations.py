"""Organisations among names that are read as persons."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dlbib.checks import Check, Found
from dlbib.checks.people import quoted, rewritten, written_names
from dlbib.checks.subjects import PEOPLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlbib.checks.people import Written
    from dlbib.checks.subjects import FieldText, Subject

# Words that no family is called by; "Press", "School", "College", "Church" or "Bureau" might be one.
_WORDS: Final = frozenset(
    "academy administration agency association authority centre center collaboration commission committee "  # noqa: SIM905  # a list of them fills a page
    "consortium contributors corporation council department developers federation foundation gmbh group inc "
    "initiative institut institute institution laboratories laboratory ltd ministry observatory office organisation organization "
    "project research society team university universität université universidad università".split()
)
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_JOINING: Final = re.compile(r"\b(?:of|for|the|de|des|für|on)\b")


def _find(subject: Subject, field: FieldText) -> Iterator[Found]:
    names = written_names(subject, field)
    odd = [name for name in names if _is_organisation(name)]
    if not odd:
        return
    sure = not any(_may_go_on(name, names) for name in odd)
    changes = rewritten(field, [(name, f"{{{name.text}}}") for name in odd]) if sure else {}
    message = f"{quoted(odd[0])} is an organisation; it is read as a person, and abbreviated like one; put all of it in braces"
    yield Found(message, field.name, changes)


def _is_organisation(name: Written) -> bool:
    if name.name.literal or "," in name.text or "{" in name.text or " " not in name.text.strip():
        return False
    return any(word.lower() in _WORDS for word in _WORD.findall(name.text))


def _may_go_on(name: Written, names: tuple[Written, ...]) -> bool:
    """Whether the name beside may be the rest of it: "Centers for Disease Control and Prevention"."""
    at = names.index(name)
    return any(
        "," not in other.text and (" " not in other.text.strip() or _JOINING.search(other.text))
        for other in names[max(at - 1, 0) : at + 2]
        if other is not name
    )


CHECKS = (
    Check(
        "name-organisation",
        "organisations that are read as persons",
        "BibTeX reads 'World Health Organization' as Organization, W. H. unless braces hold it together: "
        "{World Health Organization}. Found are names with a word such as University, Institute, Team or Consortium that "
        "stand without braces or comma. Where an 'and' may be part of the name, where the braces go is left to you.",
        wrong="@misc{a, author = {World Health Organization}, title = {A title}}",
        right="@misc{a, author = {{World Health Organization}}, title = {A title}}",
        in_field=_find,
        attributes=PEOPLE,
    ),
)
