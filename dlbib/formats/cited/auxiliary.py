r"""The keys in the ``.aux`` file that LaTeX writes for BibTeX, or with BibLaTeX.

Source: Oren Patashnik, "Designing BibTeX Styles", and BibTeX's own ``aux`` commands, which it knows at
the beginning of a line only; ``biblatex.sty``, ``\abx@aux@cite`` and ``\abx@aux@nociteall``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dlbib.formats.cited.findings import Everything, Finding, Key, Nested
from dlbib.formats.cited.keys import ALL, parts
from dlbib.formats.cited.positions import Positions

if TYPE_CHECKING:
    from collections.abc import Iterator

_COMMAND: Final = re.compile(
    r"^\\(?:"
    r"(?:citation|abx@aux@cite(?:\{\d*\})?)\{(?P<keys>[^{}]*)\}"
    r"|@input\{(?P<file>[^{}]*)\}"
    r"|(?P<all>abx@aux@nociteall)\b"
    r")",
    re.MULTILINE,
)


def scan(text: str) -> Iterator[Finding]:
    r"""What an ``.aux`` file cites and which others belong to it; lines of ``text`` end in ``\n``."""
    positions = Positions(text)
    for match in _COMMAND.finditer(text):
        if match["all"]:
            yield Everything()
        elif match["file"] is not None:
            yield Nested(match["file"], *positions.at(match.start()))
        else:
            yield from _keys(match["keys"], match.start("keys"), positions)


def _keys(text: str, offset: int, positions: Positions) -> Iterator[Finding]:
    for part in parts(text):
        if part.text == ALL:
            yield Everything()
        else:
            yield Key(part.text, *positions.at(offset + part.start))
