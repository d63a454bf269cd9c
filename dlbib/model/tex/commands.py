r"""What LaTeX's commands mean to a reader: the tables of `letters`, and what is only ever read.

Source: "LaTeX2e: An unofficial reference manual", sections 4.3, 9.1, 19 and 23; BibLaTeX manual,
sections 4.10.4 ("Markup commands") and 3.10; Donald Knuth, "The TeXbook", chapters 8, 9 and 25.
"""

# ruff: noqa: RUF001  # letters that look alike are what these tables are about

from __future__ import annotations

import unicodedata
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from dlbib.model.tex.letters import ACCENTS, BY_CHARACTER, LETTERS, MATH, STYLES, SYMBOLS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dlbib.model.markup import Style

_BLANK: Final = " "

WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **MATH,
        **SYMBOLS,
        **LETTERS,
        **dict.fromkeys(("par", "newline", "linebreak", "space", "nobreakspace"), _BLANK),
        **dict.fromkeys(("xspace", "protect", "relax", "noindent", "allowbreak", "bibstring", "null"), ""),
        "BibTeX": "BibTeX",
        "LaTeX": "LaTeX",
        "LaTeXe": "LaTeX2e",
        "SS": "ẞ",
        "TeX": "TeX",
        "XeTeX": "XeTeX",
        "addcolon": ": ",
        "addcomma": ",",
        "adddot": ".",
        "addperiod": ".",
        "addspace": _BLANK,
        "and": "and",
        "bibellipsis": "…",
        "guillemetleft": "«",
        "guillemetright": "»",
        "hyp": "-",
        "lbrace": "{",
        "lq": "‘",
        "nobreakdash": "",
        "rbrace": "}",
        "rq": "’",
        "slash": "/",
        "textasteriskcentered": "*",
        "textminus": "\N{MINUS SIGN}",
        "textregistered": "®",
        "textrightarrow": "→",
        "texttimes": "×",
    }
)
"""The control words that stand for text, without their backslash."""

SIGNS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **{sign: sign for sign in "&%#_{}"},
        **{sign: text for sign, text in SYMBOLS.items() if not sign.isalpha()},
        **dict.fromkeys(" \t\r\n\\", _BLANK),
        **dict.fromkeys("/@!", ""),
        **dict.fromkeys(":;>", "\N{THIN SPACE}"),
    }
)
"""The control symbols that stand for text."""

LIGATURES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "~": "\N{NO-BREAK SPACE}",
        "--": "–",
        "---": "—",
        "``": "“",
        "''": "”",
        "`": "‘",
        "?`": "¿",
        "!`": "¡",
    }
)
"""What TeX sets for characters that stand side by side."""

ARGUMENT_STYLES: Final[Mapping[str, Style | None]] = MappingProxyType(
    {
        **STYLES,
        "mkbibbold": "b",
        "mkbibemph": "i",
        "mkbibitalic": "i",
        "mkbibsubscript": "sub",
        "mkbibsuperscript": "sup",
        "textsl": "i",
        **dict.fromkeys(
            ("textrm", "textsf", "texttt", "textup", "textmd", "textnormal", "textlf", "text", "mbox", "hbox")
        ),
        **dict.fromkeys(("ensuremath", "autocap", "mkbibacro", "mkbibnamefamily", "mkbibnamegiven", "uline")),
    }
)
"""The commands that set their one argument in a style, or None in one that CSL has no markup for."""

DECLARATIONS: Final[Mapping[str, Style | None]] = MappingProxyType(
    {
        **dict.fromkeys(("em", "it", "itshape", "sl", "slshape"), "i"),
        **dict.fromkeys(("bf", "bfseries"), "b"),
        **dict.fromkeys(("sc", "scshape"), "small-caps"),
        **dict.fromkeys(
            ("mdseries", "normalfont", "rm", "rmfamily", "sf", "sffamily", "tt", "ttfamily", "up", "upshape")
        ),
        **dict.fromkeys(("large", "normalsize", "small", "footnotesize", "scriptsize", "tiny", "sloppy")),
    }
)
"""The commands that hold to the end of their group, with the style they set."""

QUOTING: Final = frozenset({"mkbibquote", "enquote", "textquote"})
"""The commands that set their one argument in quotation marks, by turns double and single."""

ADDRESSES: Final = frozenset({"url", "nolinkurl", "path"})
"""The commands whose one argument is no LaTeX."""

ACCENTS_READ: Final[Mapping[str, str]] = MappingProxyType(
    {**ACCENTS, "t": "\N{COMBINING DOUBLE INVERTED BREVE}", "G": "\N{COMBINING DOUBLE GRAVE ACCENT}"}
)
"""The accents that are read: a command without its backslash, and the combining character."""

ALONE: Final[Mapping[str, str]] = MappingProxyType(
    {"`": "`", "'": "´", "^": "^", "~": "~", '"': "¨", "=": "¯"}
)
"""What an accent is that stands over nothing."""

SPELLED: Final[Mapping[str, str]] = MappingProxyType(
    {spelling: character for character, spelling in BY_CHARACTER.items() if spelling.startswith("{$")}
)
"""The characters that are written as math in a group, by that spelling."""

SPELLED_LETTERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        form: character
        for character, spelling in BY_CHARACTER.items()
        if character.isalpha() and not spelling.startswith("{$")
        for form in (spelling, f"{{{spelling[1:-2]}{{{spelling[-2]}}}}}")
        if spelling[-2] != "}"
    }
    | {
        spelling: character
        for character, spelling in BY_CHARACTER.items()
        if character.isalpha() and spelling.endswith("}}")
    }
)
r"""Letters by their usual spellings in one group, ``{\"o}`` and ``{\"{o}}``."""


def under(base: str, mark: str) -> str:
    """``base``, which may bear marks, with a combining ``mark`` more; a dotless letter gets its dot's place back."""
    if base[0] in "\N{LATIN SMALL LETTER DOTLESS I}ȷ" and unicodedata.combining(mark) == _ABOVE:
        base = f"{'j' if base[0] == 'ȷ' else 'i'}{base[1:]}"
    return f"{base}{mark}"


_ABOVE: Final = 230  # Unicode's combining class of what stands above
