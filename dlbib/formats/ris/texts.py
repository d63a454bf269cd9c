"""Values of tags: white space, character entities, and lines that can't be taken for tags."""

from __future__ import annotations

import html
import re
from typing import Final

_ENTITY: Final = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});")
_BLANKS: Final = re.compile(r"[\s\x1c-\x1f\x85\u2028\u2029]+", re.ASCII)
_TAG_LIKE: Final = re.compile(r"\s*[A-Za-z][A-Za-z0-9]\s{0,2}-")
_UNWRITABLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def one_line(value: str) -> str:
    """``value`` with its lines and white space joined by single spaces; a space of another kind or width stays."""
    return _BLANKS.sub(" ", value).strip()


def decoded(value: str) -> str:
    """``value`` with the character entities that databases leave in it as the letters they mean.

    >>> decoded("Johnson &amp; Johnson &lt; AT&T")
    'Johnson & Johnson < AT&T'
    """
    return _ENTITY.sub(lambda match: html.unescape(match.group()), value) if "&" in value else value


def encoded(value: str) -> str:
    """``value`` as `decoded` gives it back; only what would be read as an entity is changed."""
    return _ENTITY.sub(lambda match: f"&amp;{match.group()[1:]}", value) if "&" in value else value


def tag_line(tag: str, value: str) -> str:
    """A line of one tag, whatever ``value`` holds."""
    return f"{tag}  - {_UNWRITABLE.sub(' ', value).strip()}".rstrip()


def tag_lines(tag: str, value: str) -> list[str]:
    """A tag whose value may go on in further lines; what looks like a tag never begins one."""
    first, *rest = value.split("\n")
    lines = [tag_line(tag, first)]
    for each in rest:
        text = _UNWRITABLE.sub(" ", each).strip()
        if _TAG_LIKE.match(text):
            lines[-1] = f"{lines[-1]} {text}"
        else:
            lines.append(text)
    return lines
