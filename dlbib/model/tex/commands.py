r"""What LaTeX's commands mean to a reader: the tables of `letters`, and what is only ever read.

Source: "LaTeX2e: An unofficial reference manual", sections 4.3, 9.1, 19 and 23; LaTeX2e encodings (TS1);
BibLaTeX manual, sections 4.10.4 ("Markup commands"), 4.8 (localization commands) and 3.10; the csquotes
manual, section 3; the textcase manual; Donald Knuth, "The TeXbook", chapters 8, 9 and 25.
"""

# ruff: noqa: RUF001  # letters that look alike are what these tables are about

from __future__ import annotations

import re
import unicodedata
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from dlbib.model.markup import CLOSING, OPENING
from dlbib.model.tex.letters import ACCENTS, BY_CHARACTER, LETTERS, MATH, STYLES, SYMBOLS
from dlbib.model.tex.terms import TERMS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from dlbib.model.markup import Style

_BLANK: Final = " "

_COMPANIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "textacutedbl": "˝",
        "textasciiacute": "´",
        "textasciibreve": "˘",
        "textasciicaron": "ˇ",
        "textasciidieresis": "¨",
        "textasciimacron": "¯",
        "textasteriskcentered": "*",
        "textbaht": "฿",
        "textbardbl": "‖",
        "textbigcircle": "◯",
        "textblank": "␢",
        "textborn": "⋆",
        "textcelsius": "℃",
        "textcircledP": "℗",
        "textcolonmonetary": "₡",
        "textcopyleft": "🄯",
        "textdblhyphen": "⹀",
        "textdied": "†",
        "textdiv": "÷",
        "textdivorced": "⚮",
        "textdong": "₫",
        "textdownarrow": "↓",
        "textestimated": "℮",
        "textflorin": "ƒ",
        "textfractionsolidus": "⁄",
        "textguarani": "₲",
        "textinterrobang": "‽",
        "textlangle": "⟨",
        "textlbrackdbl": "⟦",
        "textleftarrow": "←",
        "textlira": "₤",
        "textlnot": "¬",
        "textmarried": "⚭",
        "textmho": "℧",
        "textminus": "\N{MINUS SIGN}",
        "textnaira": "₦",
        "textohm": "Ω",
        "textonesuperior": "¹",
        "textopenbullet": "◦",
        "textpertenthousand": "‱",
        "textpeso": "₱",
        "textpilcrow": "¶",
        "textpm": "±",
        "textquotestraightbase": "‚",
        "textquotestraightdblbase": "„",
        "textrangle": "⟩",
        "textrbrackdbl": "⟧",
        "textrecipe": "℞",
        "textreferencemark": "※",
        "textrightarrow": "→",
        "textservicemark": "℠",
        "textsurd": "√",
        "textthreesuperior": "³",
        "texttildelow": "˷",
        "texttimes": "×",
        "texttwosuperior": "²",
        "textuparrow": "↑",
        "textvisiblespace": "␣",
        "textwon": "₩",
        "euro": "€",
        "degree": "°",
        "celsius": "℃",
        "No": "№",
    }
)

_OF_BABEL: Final[Mapping[str, str]] = MappingProxyType(
    {
        "EUR": "€",
        "IJ": "Ĳ",
        "fg": "»",
        "flq": "‹",
        "flqq": "«",
        "frq": "›",
        "frqq": "»",
        "glq": "‚",
        "glqq": "„",
        "grq": "‘",
        "grqq": "“",
        "ij": "ĳ",
        "og": "«",
        **{
            f"text{name}": letter
            for name, letter in MATH.items()
            if unicodedata.name(letter, "").startswith("GREEK")
        },
    }
)
"""What babel's languages, and packages for a sign or a few Greek letters, add to them."""

WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **_OF_BABEL,
        **MATH,
        **SYMBOLS,
        **LETTERS,
        **dict.fromkeys(("par", "newline", "linebreak", "space", "nobreakspace"), _BLANK),
        **dict.fromkeys(("xspace", "protect", "relax", "noindent", "allowbreak", "null"), ""),
        **dict.fromkeys(("isdot", "midsentence", "textcompwordmark", "unspace", "nopunct"), ""),
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
        "hyphen": "-",
        "bibrangedash": "–",
        "bibrangessep": ", ",
        "lbrace": "{",
        "lq": "‘",
        "nobreakdash": "",
        "rbrace": "}",
        "rq": "’",
        "slash": "/",
        "textregistered": "®",
        **_COMPANIONS,
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

_ARGUMENT_STYLES: Final[Mapping[str, Style | None]] = MappingProxyType(
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
        **dict.fromkeys(("autocap", "mkbibacro", "mkbibnamefamily", "mkbibnamegiven", "uline", "underline")),
        **dict.fromkeys(("foreignlanguage", "oldstylenums", "textcyrillic", "textgreek", "textlatin")),
    }
)

ENCLOSING: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        **{
            word: (OPENING[style], CLOSING[style]) if style else ("", "")
            for word, style in _ARGUMENT_STYLES.items()
        },
        "mkbibbrackets": ("[", "]"),
        "mkbibparens": ("(", ")"),
    }
)
"""The commands that set their one argument in a style, or in one that CSL has no markup for; with what goes
before and behind it."""

OF_LANGUAGE: Final = frozenset({"foreignlanguage", "foreignquote", "hyphenquote"})
"""The commands whose first argument, which is not set, names the language of the next."""

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

QUOTING: Final = frozenset(
    {
        "mkbibquote",
        "enquote",
        "textquote",
        "foreignquote",
        "hyphenquote",
        "enquote*",
        "foreignquote*",
        "hyphenquote*",
    }
)
"""The commands that set their one argument in quotation marks, by turns double and single; a star begins with single."""

ADDRESSES: Final = frozenset({"url", "nolinkurl", "path"})
"""The commands whose one argument is no LaTeX."""

_TERMS: Final = frozenset({"bibstring", "biblstring", "bibsstring", "bibxstring", "bibncpstring"})
_CAPITAL_TERMS: Final = frozenset({"bibcpstring", "bibcplstring", "bibcpsstring"})
UNSEEN: Final[Mapping[str, str]] = MappingProxyType(
    {**dict.fromkeys(("hphantom", "hspace", "hspace*", "phantom"), _BLANK), "vphantom": ""}
)
"""The commands whose one argument isn't seen, and what is seen in its place."""

CASES: Final[Mapping[str, Callable[[str], str]]] = MappingProxyType(
    {
        **dict.fromkeys(("uppercase", "MakeUppercase", "MakeTextUppercase"), str.upper),
        **dict.fromkeys(("lowercase", "MakeLowercase", "MakeTextLowercase"), str.lower),
        "NoCaseChange": str,
    }
)
"""The commands that give their one argument a case which no style changes, and what they make of it."""

_UNCASED: Final = re.compile(r"[^\\{}$~`^_%#&]+")

STARRED: Final = frozenset(word.removesuffix("*") for word in {*QUOTING, *UNSEEN} if word.endswith("*"))
"""The commands that may have a star."""


def set_argument(word: str, argument: str) -> str | None:
    r"""What is set for a command whose one argument is no text; None for any other, and for what isn't known.

    >>> set_argument("url", "http://x.org/%7E"), set_argument("bibstring", "phdthesis"), set_argument("emph", "x")
    ('http://x.org/%7E', 'PhD thesis', None)
    """
    if word in ADDRESSES:
        return argument
    if word in _TERMS or word in _CAPITAL_TERMS:
        term = TERMS.get(argument.strip().lower())
        return f"{term[0].upper()}{term[1:]}" if term and word in _CAPITAL_TERMS else term
    if word in CASES:
        return CASES[word](argument) if _UNCASED.fullmatch(argument) else None
    if word == "ensuremath":
        symbol = MATH.get(argument.strip().removeprefix("\\"))
        return symbol or (f"${argument}$" if argument.strip() and "$" not in argument else None)
    return UNSEEN.get(word)


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

_ACCENTED: Final = re.compile(r"\{(\\[^A-Za-z])([A-Za-z])\}")


def _forms(spelling: str) -> Iterator[str]:
    """A letter's spelling in a group, and others for the same: with the letter in braces, and a dotless i or j."""
    yield spelling
    if found := _ACCENTED.fullmatch(spelling):
        accent, letter = found.groups()
        letters = (letter, f"\\{letter}") if letter in "ij" else (letter,)
        yield from (f"{{{accent}{form}}}" for each in letters for form in (each, f"{{{each}}}"))


SPELLED_LETTERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        form: character
        for character, spelling in BY_CHARACTER.items()
        if character.isalpha() and not spelling.startswith("{$")
        for form in _forms(spelling)
    }
)
r"""Letters by their usual spellings in one group, ``{\"o}``, ``{\"{o}}`` and ``{\'\i}``."""


def under(base: str, mark: str) -> str:
    """``base``, which may bear marks, with a combining ``mark`` more; a dotless letter gets its dot's place back."""
    if base[0] in "\N{LATIN SMALL LETTER DOTLESS I}ȷ" and unicodedata.combining(mark) == _ABOVE:
        base = f"{'j' if base[0] == 'ȷ' else 'i'}{base[1:]}"
    return f"{base}{mark}"


_ABOVE: Final = 230  # Unicode's combining class of what stands above
