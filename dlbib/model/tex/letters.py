r"""THE table of LaTeX's spellings of letters, accents and symbols, for both directions.

`ACCENTS`, `LETTERS`, `SYMBOLS` and `MATH` go from a command to the character it makes; where two
commands make one character, the first is the one that is written and the other is only read.
`BY_CHARACTER` goes back: from a character to its spelling.

A spelling is one group, ``{\"o}`` or ``{\ss}``, because BibTeX counts and sorts such a group as one
letter and changes its case as one. What LaTeX has in math mode alone is ``{$\alpha$}``: the group tells
it from math that somebody wrote, and keeps BibTeX from changing its case.

Source: "LaTeX2e: An unofficial reference manual", sections 23.3 to 23.6; LaTeX2e encodings (OT1, T1, TS1);
Oren Patashnik, "BibTeXing", section 4, on special characters.
"""

# ruff: noqa: RUF001  # letters that look alike are what this table is about

from __future__ import annotations

import unicodedata
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dlbib.model.markup import Style


def _pairs(text: str) -> dict[str, str]:
    """Commands and their characters, by turns."""
    words = iter(text.split())
    return dict(zip(words, words, strict=True))


ACCENTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "`": "\N{COMBINING GRAVE ACCENT}",
        "'": "\N{COMBINING ACUTE ACCENT}",
        "^": "\N{COMBINING CIRCUMFLEX ACCENT}",
        "~": "\N{COMBINING TILDE}",
        "=": "\N{COMBINING MACRON}",
        "u": "\N{COMBINING BREVE}",
        ".": "\N{COMBINING DOT ABOVE}",
        '"': "\N{COMBINING DIAERESIS}",
        "r": "\N{COMBINING RING ABOVE}",
        "H": "\N{COMBINING DOUBLE ACUTE ACCENT}",
        "v": "\N{COMBINING CARON}",
        "d": "\N{COMBINING DOT BELOW}",
        "c": "\N{COMBINING CEDILLA}",
        "k": "\N{COMBINING OGONEK}",
        "b": "\N{COMBINING MACRON BELOW}",
        "textcommabelow": "\N{COMBINING COMMA BELOW}",
    }
)
"""The accents: a command without its backslash, and the combining character that it sets on its letter."""

LETTERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "aa": "å",
        "AA": "Å",
        "ae": "æ",
        "AE": "Æ",
        "oe": "œ",
        "OE": "Œ",
        "o": "ø",
        "O": "Ø",
        "l": "ł",
        "L": "Ł",
        "ss": "ß",
        "i": "ı",
        "j": "ȷ",
        "dh": "ð",
        "DH": "Ð",
        "dj": "đ",
        "DJ": "Đ",
        "ng": "ŋ",
        "NG": "Ŋ",
        "th": "þ",
        "TH": "Þ",
    }
)
"""The letters that have a command of their own."""

STYLES: Final[Mapping[str, Style]] = MappingProxyType(
    {
        "emph": "i",
        "textit": "i",
        "textbf": "b",
        "textsuperscript": "sup",
        "textsubscript": "sub",
        "textsc": "small-caps",
    }
)
"""The commands that set their one argument in a style of CSL's markup."""

SYMBOLS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "textbackslash": "\\",
        "textasciitilde": "~",
        "textasciicircum": "^",
        "textasciigrave": "`",
        "textbraceleft": "{",
        "textbraceright": "}",
        "textless": "<",
        "textgreater": ">",
        "textbar": "|",
        "textdollar": "$",
        "textunderscore": "_",
        "textquotedbl": '"',
        "textquotesingle": "'",
        "textquoteleft": "‘",
        "textquoteright": "’",
        "textquotedblleft": "“",
        "textquotedblright": "”",
        "quotesinglbase": "‚",
        "quotedblbase": "„",
        "guillemotleft": "«",
        "guillemotright": "»",
        "guilsinglleft": "‹",
        "guilsinglright": "›",
        "textendash": "–",
        "textemdash": "—",
        "textnonbreakinghyphen": "\N{NON-BREAKING HYPHEN}",
        "texthorizontalbar": "―",
        "dots": "…",
        "ldots": "…",
        "textellipsis": "…",
        "textbullet": "•",
        "textperiodcentered": "·",
        "textexclamdown": "¡",
        "textquestiondown": "¿",
        "S": "§",
        "textsection": "§",
        "P": "¶",
        "textparagraph": "¶",
        "textdagger": "†",
        "dag": "†",
        "textdaggerdbl": "‡",
        "ddag": "‡",
        "copyright": "©",
        "textcopyright": "©",
        "textregistered": "®",
        "texttrademark": "™",
        "pounds": "£",
        "textsterling": "£",
        "texteuro": "€",
        "textcent": "¢",
        "textyen": "¥",
        "textcurrency": "¤",
        "textbrokenbar": "¦",
        "textordfeminine": "ª",
        "textordmasculine": "º",
        "textdegree": "°",
        "textmu": "µ",
        "textonequarter": "¼",
        "textonehalf": "½",
        "textthreequarters": "¾",
        "textperthousand": "‰",
        "textnumero": "№",
        "textmusicalnote": "♪",
        ",": "\N{NARROW NO-BREAK SPACE}",
        "thinspace": "\N{THIN SPACE}",
        "enspace": "\N{EN SPACE}",
        "quad": "\N{EM SPACE}",
        "-": "\N{SOFT HYPHEN}",
    }
)
"""The signs that have a command in text."""

_GREEK = _pairs(
    "alpha α beta β gamma γ delta δ varepsilon ε epsilon ϵ zeta ζ eta η theta θ vartheta ϑ iota ι "
    "kappa κ lambda λ mu μ nu ν xi ξ pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ "
    "varphi φ phi ϕ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ "
    "Phi Φ Psi Ψ Omega Ω"
)

_SIGNS = _pairs(
    "pm ± mp ∓ times × div ÷ cdot ⋅ ast ∗ star ⋆ circ ∘ bullet ∙ oplus ⊕ otimes ⊗ leq ≤ le ≤ geq ≥ "
    "ge ≥ neq ≠ ne ≠ ll ≪ gg ≫ approx ≈ sim ∼ simeq ≃ cong ≅ equiv ≡ propto ∝ perp ⊥ parallel ∥ mid ∣ "
    "in ∈ notin ∉ ni ∋ subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇ cup ∪ cap ∩ emptyset ∅ forall ∀ "
    "exists ∃ neg ¬ lnot ¬ land ∧ wedge ∧ lor ∨ vee ∨ vdash ⊢ models ⊨ top ⊤ infty ∞ partial ∂ "
    "nabla ∇ sum ∑ prod ∏ int ∫ surd √ angle ∠ ell ℓ hbar ℏ Re ℜ Im ℑ aleph ℵ prime ′ langle ⟨ "
    "rangle ⟩ lceil ⌈ rceil ⌉ lfloor ⌊ rfloor ⌋ leftarrow ← gets ← rightarrow → to → uparrow ↑ "
    "downarrow ↓ leftrightarrow ↔ mapsto ↦ Leftarrow ⇐ Rightarrow ⇒ Leftrightarrow ⇔ triangle △ "
    "diamond ⋄ heartsuit ♡ spadesuit ♠ clubsuit ♣ diamondsuit ♢ flat ♭ natural ♮ sharp ♯"
)

MATH: Final[Mapping[str, str]] = MappingProxyType({**_GREEK, **_SIGNS})
"""The signs that have a command in math alone."""

SUPERSCRIPTS: Final[Mapping[str, str]] = MappingProxyType(
    dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ", "0123456789+-=()ni", strict=True))
)
"""Raised characters, by themselves: written ``{$^2$}``."""

SUBSCRIPTS: Final[Mapping[str, str]] = MappingProxyType(
    dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", "0123456789+-=()", strict=True))
)
"""Lowered characters: written ``{$_2$}``."""

MINUS: Final = "\N{MINUS SIGN}"
"""Written ``{$-$}``."""


def accented(letter: str, marks: str) -> str | None:
    r"""LaTeX for ``letter`` under its combining ``marks``, innermost first, without the outer braces.

    ``letter`` is one character, or the LaTeX of one. None where LaTeX has no command for a mark.

    >>> print(accented("o", ACCENTS['"']), accented("c", ACCENTS["v"]))
    \"o \v{c}
    """
    for mark in marks:
        command = _ACCENT_OF.get(mark)
        if command is None:
            return None
        simple = len(letter) == 1 and not command.isalpha()
        letter = f"\\{command}{letter}" if simple else f"\\{command}{{{letter}}}"
    return letter


_ACCENT_OF: Final = {mark: command for command, mark in ACCENTS.items()}
_LETTER_OF: Final = {character: command for command, character in reversed(list(LETTERS.items()))}


def _composed() -> Iterator[tuple[str, str]]:
    """Every Latin letter that Unicode composes of a letter and accents that LaTeX has."""
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base, *marks = list(unicodedata.normalize("NFD", chr(code)))
        spelled = f"\\{_LETTER_OF[base]}" if base in _LETTER_OF else base
        found = accented(spelled, "".join(marks)) if marks else None
        if found is not None and found.isascii():
            yield chr(code), f"{{{found}}}"


def _spelled() -> Iterator[tuple[str, str]]:
    """Every character with its spelling; of two the later one counts."""
    yield from _composed()
    for command, character in reversed(list(MATH.items())):
        yield character, f"{{$\\{command}$}}"
    for command, character in reversed([*LETTERS.items(), *SYMBOLS.items()]):
        yield character, f"{{\\{command}}}"
    for mark, table in (("^", SUPERSCRIPTS), ("_", SUBSCRIPTS)):
        for character, plain in table.items():
            yield character, f"{{${mark}{plain}$}}"
    yield MINUS, "{$-$}"


BY_CHARACTER: Final[Mapping[str, str]] = MappingProxyType(dict(_spelled()))
"""How each character is spelled, as one group."""
