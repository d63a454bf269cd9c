"""Paths and system errors, as messages show them."""

from __future__ import annotations

import os


def shown(path: str | os.PathLike[str]) -> str:
    """``path`` in one line that any terminal can show; what can't be printed is escaped."""
    text = os.fspath(path)
    if text.isprintable():
        return text
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape", "surrogatepass").decode()
        for letter in text
    )


def reason(error: Exception) -> str:
    """What the system says is wrong, in its own words."""
    return str(error.strerror or error) if isinstance(error, OSError) else str(error)
