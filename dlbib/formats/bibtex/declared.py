"""The encoding that a BibTeX file says it has, in a comment at its beginning.

BibTeX itself knows of no encodings; programs that write ``.bib`` files do.

Source: JabRef's documentation, "Customize the encoding"; the GNU Emacs manual, section "Specify Coding";
TeXShop's and TeXworks' ``%!TEX encoding``; the files that BibDesk writes.
"""

from __future__ import annotations

import codecs
import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_LINES: Final = 20
_LONGEST: Final = 4096
_NAME: Final = r"([A-Za-z][\w.:+-]{0,39})(?![\w.:+-])"
_SIGNS: Final = (
    re.compile(rf"%*[ \t]*Encoding:[ \t]*{_NAME}", re.IGNORECASE),
    re.compile(rf"%.*?-\*-(?:.*?;)?[ \t]*coding:[ \t]*{_NAME}", re.IGNORECASE),
    re.compile(rf"%+[ \t]*![ \t]*(?:TeX|BIB)[ \t]+encoding[ \t]*=[ \t]*{_NAME}", re.IGNORECASE),
    re.compile(r"%+[ \t]*Saved with string encoding[ \t]+(.+?)[ \t]*$", re.IGNORECASE),
)
_LINE_ENDS: Final = re.compile(r"-(?:unix|dos|mac)$", re.IGNORECASE)
_IN_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "unicode (utf-8)": "utf-8",
        "western (ascii)": "ascii",
        "western (iso latin 1)": "latin-1",
        "western (iso latin 9)": "iso8859-15",
        "western (mac os roman)": "mac-roman",
        "western (windows latin 1)": "cp1252",
        "central european (iso latin 2)": "iso8859-2",
        "central european (windows latin 2)": "cp1250",
    }
)
_WIDE: Final = ("utf-16-be", "utf-16-le")


def declared_encoding(head: str) -> str:
    r"""The name of the encoding that the beginning of a text, read as Latin-1, declares; else empty.

    >>> declared_encoding("% Encoding: windows-1252\n\n@misc{a}")
    'windows-1252'
    """
    return _declared(head) or _declared_wide(head.encode("latin-1"))


def _declared_wide(head: bytes) -> str:
    """The encoding of two bytes to a letter that the text declares in itself."""
    for encoding in _WIDE:
        name = _declared(head[: 2 * _LONGEST].decode(encoding, "replace")).lower().replace("-", "")
        if name in {"utf16", encoding.replace("-", "")}:
            return encoding
    return ""


def _declared(head: str) -> str:
    for line in head[:_LONGEST].splitlines()[:_LINES]:
        if line.lstrip().startswith("@"):
            break
        for sign in _SIGNS:
            if found := sign.match(line.strip()):
                return _known(found[1])
    return ""


def _known(name: str) -> str:
    """A name of Java's, Emacs's or macOS's as Python knows it; one that nobody knows as it is."""
    name = _IN_WORDS.get(name.lower(), _LINE_ENDS.sub("", name))
    try:
        codecs.lookup(name)
    except LookupError:
        return name.removeprefix("x-")
    return name
