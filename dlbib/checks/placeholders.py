"""Fields that stand for something that nobody has filled in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dlbib.checks import Check, Found
from dlbib.checks.required import required
from dlbib.checks.subjects import PEOPLE, PRINTED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlbib.checks.subjects import FieldText, Subject

_NOTHING: Final = re.compile(
    r"\{?(?:n/?a|nil|null|nan|undefined|tbd|tba|todo|fixme|\[object object\]|no title|no author|"
    r"(?:\?+|[?x]{2,}|-+|0+)(?:\s*-+\s*(?:\?+|[?x]{2,}|0+))?|\?+|-+|\.\.\.|…)\}?",
    re.IGNORECASE,
)
_LONGEST: Final = 20
_NUMBERS: Final = frozenset({"page", "volume", "issue", "number"})


def _find(subject: Subject, field: FieldText) -> Iterator[Found]:
    text = field.text.strip()
    if not text or len(text) > _LONGEST or not _NOTHING.fullmatch(text):
        return
    if text.strip("0x") == "" and field.attribute not in _NUMBERS:
        return
    is_required = any(field.name in names for names in required(subject))
    message = f"{text!r} stands for something; it is printed as it stands; write that, or take the field out"
    yield Found(message, field.name, {} if is_required else field.gone())


CHECKS = (
    Check(
        "placeholder",
        "fields with n/a, TODO, ?? or the like",
        "Exports fill what they don't know with n/a, null or ??--??, and so do people who mean to come back. It is printed "
        "in the bibliography. The field is taken out, unless its type requires it.",
        wrong="@misc{a, title = {A title}, pages = {??--??}}",
        right="@misc{a, title = {A title}}",
        in_field=_find,
        attributes=PRINTED | PEOPLE,
    ),
)
