"""A record as it came, with the lines changed that two written forms of it differ in."""

from __future__ import annotations

import difflib
import re
from typing import Final

from dlbib.model.markup import fold

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_FEWEST: Final = 4
"""How many letters tell a line by themselves."""
_TAGGED: Final = re.compile(r"(\s*([A-Za-z][A-Za-z0-9])\s{0,2}- ?)([^\r\n]*?)(\s*)\Z")


def revised(raw: str, before: str, after: str) -> str | None:
    r"""``raw`` with the lines changed in which ``before`` and ``after`` differ; None where they aren't found in it.

    >>> revised("TY - JOUR\nTI - A.\nER - \n", "TY  - JOUR\r\nTI  - A.\r\nER  - \r\n", "TY  - JOUR\r\nTI  - A\r\nER  - \r\n")
    'TY - JOUR\nTI - A\nER - \n'
    """
    lines = _LINE.findall(raw)
    old, new = (_LINE.findall(text) for text in (before, after))
    for tag, start, end, new_start, new_end in difflib.SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            continue
        places = [_place(lines, line) for line in old[start:end]]
        if None in places or (tag == "replace" and end - start != new_end - new_start):
            return None
        wanted = new[new_start:new_end]
        if tag == "insert":
            at = _end(lines)
            like = lines[at - 1]
            lines[at:at] = [_like(like, line, keeps_tag=False) for line in wanted]
        else:
            for place, line in zip(places, [*wanted, *[""] * (len(places) - len(wanted))], strict=True):
                if place is not None:
                    lines[place] = _like(lines[place], line, keeps_tag=True) if line else ""
    return "".join(lines)


def _place(lines: list[str], wanted: str) -> int | None:
    """Which of some lines says what another does: by its tag too, or else as the only one."""
    said = _said(wanted)
    if said is None:
        return None
    same = [place for place, line in enumerate(lines) if _said(line) == said]
    letters = fold(said[1])
    if same or len(letters) < _FEWEST:
        return same[0] if same else None
    alike = [place for place, line in enumerate(lines) if fold((_said(line) or ("", ""))[1]) == letters]
    return alike[0] if len(alike) == 1 else None


def _said(line: str) -> tuple[str, str] | None:
    found = _TAGGED.match(line)
    return (found[2].upper(), found[3]) if found else None


def _end(lines: list[str]) -> int:
    """Where the record's last line is, or would be."""
    return next((place for place, line in enumerate(lines) if (_said(line) or ("",))[0] == "ER"), len(lines))


def _like(line: str, new: str, *, keeps_tag: bool) -> str:
    """A new line in the form of another: its spaces and its end, and its tag if told so."""
    there, here = _TAGGED.match(line), _TAGGED.match(new)
    if there is None or here is None:
        return new
    lead = there[1] if keeps_tag else there[1].replace(there[2], here[2])
    return f"{lead}{here[3]}{there[4]}"
