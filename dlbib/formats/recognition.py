"""What a text or a file looks like, whatever it is called.

A text is taken for what its first sign says. What holds no entries that can be read here is known by its
signs as well, so that it can be refused as what it is.

Source: the magic numbers of RFC 1952 (gzip), ISO 32000-1 (PDF), APPNOTE.TXT (zip) and of the other
kinds' own specifications; the tags of EndNote, MEDLINE and Web of Science.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from dlbib.formats import formats_by_kin

if TYPE_CHECKING:
    from dlbib.formats import Format

HEAD: Final = 1 << 16
"""How many bytes of a file are looked at."""

_LONGEST_MAGIC: Final = 512
_LETTER: Final = rb"[\t\n\r -~]"
_UNPACK: Final = "unpack it first"
_EXPORT: Final = "have its program export the references"
_CONVERT: Final = "have it exported as RIS, BibTeX or CSL-JSON"
_WIDE: Final = "UTF-16 without its mark"
_ENCODE: Final = "name its encoding, as in --encoding utf-16-{}"

_BINARY: Final[tuple[tuple[str, str, re.Pattern[bytes]], ...]] = tuple(
    (what, advice, re.compile(sign, re.DOTALL))
    for what, advice, sign in (
        ("gzip", _UNPACK, rb"\x1f\x8b"),
        ("bzip2", _UNPACK, rb"BZh[1-9]1AY"),
        ("xz", _UNPACK, rb"\xfd7zXZ\0"),
        ("Zstandard", _UNPACK, rb"\x28\xb5\x2f\xfd"),
        ("7z", _UNPACK, rb"7z\xbc\xaf\x27\x1c"),
        ("tar", _UNPACK, rb".{257}ustar"),
        ("zip", "unpack it first; an office document holds no bibliography", rb"PK(?:\x03\x04|\x05\x06)"),
        ("PDF", _EXPORT, rb"[\s\xef\xbb\xbf]*%PDF-"),
        ("PostScript", _EXPORT, rb"%!PS"),
        ("an office document", _EXPORT, rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("an SQLite database", _EXPORT, rb"SQLite format 3\0"),
        ("an image", _EXPORT, rb"\x89PNG|\xff\xd8\xff|GIF8[79]a"),
        (_WIDE, _ENCODE.format("le"), rb"(?:" + _LETTER + rb"\0){4}"),
        (_WIDE, _ENCODE.format("be"), rb"(?:\0" + _LETTER + rb"){4}"),
    )
)

_TEXTS: Final = tuple(
    (what, advice, re.compile(sign, re.IGNORECASE | re.MULTILINE))
    for what, advice, sign in (
        ("HTML", "fetch the data itself", r"\A\s*<(?:!doctype\s+html|html|head|body|meta|title|script)\b"),
        ("XML", _CONVERT, r"\A\s*<(?:\?xml\b|!doctype\b|xml\b|records\b|[a-z]+:)"),
        ("RTF", _EXPORT, r"\A\s*\{\\rtf"),
        (
            "a pointer to a file that Git keeps elsewhere",
            "run 'git lfs pull'",
            r"\Aversion https://git-lfs\.",
        ),
        ("PubMed's format (nbib)", _CONVERT, r"\A\s*PMID ?- ?\d"),
        ("EndNote's own format", _CONVERT, r"\A\s*%0 \S"),
        ("Web of Science's format", _CONVERT, r"\A\s*(?:FN [A-Z]|VR \d|PT [A-Z]\s*$)"),
    )
)


class Sign(NamedTuple):
    """What something looks like, and where that is seen; ``format`` where it is one of ours."""

    what: str
    advice: str
    at: int
    format: Format | None = None

    @property
    def is_wide(self) -> bool:
        """Whether it looks like a text whose encoding has two bytes to a letter, and doesn't say so."""
        return self.what == _WIDE


def binary_sign(head: bytes) -> Sign | None:
    """What the bytes at the beginning of a file look like, if not like a text."""
    return next((Sign(what, advice, 0) for what, advice, sign in _BINARY if sign.match(head)), None)


def text_sign(head: str) -> Sign | None:
    """What the beginning of a text looks like: the first sign in it; ``None`` when there is none.

    Of formats with the same sign it is the first of their module.
    """
    head = head.removeprefix("\ufeff")
    if binary := binary_sign(head[:_LONGEST_MAGIC].encode("latin-1", "replace")):
        return binary
    found = [
        Sign(what, advice, match.start()) for what, advice, sign in _TEXTS if (match := sign.search(head))
    ]
    found += [
        Sign(each.kind or each.title, f"name its format: {each.name}", match.start(), each)
        for each in formats_by_kin()
        if each.sign and (match := each.sign.search(head))
    ]
    return min(found, key=lambda sign: sign.at, default=None)
