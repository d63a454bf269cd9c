r"""LaTeX, read as Unicode with CSL's markup: the way back from `encode`.

Nothing is dropped that a reader would see. A command that isn't known stays as it was written, with
its arguments; so does math. Braces that protect words from a change of case become ``nocase``.

Source: "LaTeX2e: An unofficial reference manual", sections 4.3 and 23; Oren Patashnik, "BibTeXing",
section 4 (a group that begins with a command is a letter, and protects nothing).
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from dlbib.model.markup import CLOSING, NOCASE_OPEN, OPENING, SPAN_CLOSE
from dlbib.model.tex.braces import is_balanced
from dlbib.model.tex.commands import (
    ACCENTS_READ,
    ALONE,
    CASES,
    DECLARATIONS,
    ENCLOSING,
    LIGATURES,
    OF_LANGUAGE,
    QUOTING,
    SIGNS,
    SPELLED,
    SPELLED_LETTERS,
    STARRED,
    UNSEEN,
    WORDS,
    set_argument,
    under,
)
from dlbib.model.tex.encode import encode, holds_command
from dlbib.model.tex.groups import Group
from dlbib.model.tex.letters import LETTERS, MATH, SYMBOLS
from dlbib.model.tex.quotes import closed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_WHITE: Final = " \t\r\n\f\v"
_BLANKS: Final = re.compile(r"[ \t\r\n\f\v]+")
_SPECIAL: Final = ("\\", "{", "~", "$", "`", "--", "''", "}")
_MERELY_BRACED: Final = re.compile(r"[^{}\\$~`]*+(?:\{[^{}\\$~`\s][^{}\\$~`]*+\}[^{}\\$~`]*+)*+")
_SPELLED_LETTER: Final = re.compile(
    r"\\[A-Za-z]++\*?+[ \t\r\n]*+\{(?=\\)"  # which is the argument of a command, and no group
    r"|(?<![\]}])\{\\(?:[^A-Za-z{}\s]|[A-Za-z]{1,2})(?:\\?[A-Za-z])?(?:\{\\?[A-Za-z]\})?\}"
)

_TOKEN: Final = re.compile(
    r"\\(?P<word>[A-Za-z]+)|\\(?P<sign>[^A-Za-z])|(?P<spelled>\{\$[^${}]{1,24}\$\})"
    r"|(?P<open>\{)|(?P<close>\})|(?P<math>\$(?:[^$\\]|\\.)++\$|\$\$(?:[^$\\]|\\.)++\$\$)"
    r"|(?P<ligature>---?|``|''|[?!]?`|~)",
    re.DOTALL,
)
_BRACE: Final = re.compile(r"[{}]")
_UNESCAPED_BRACE: Final = re.compile(r"\\.|[{}]", re.DOTALL)
_INDEX: Final = re.compile(
    r"(?:[^\\]|(?<!.))?[_^]\{", re.DOTALL
)  # of math that stands in text, where braces matter
_OPTION: Final = re.compile(r"(?:\[[^\[\]{}\\]*+\])?(?=\{)")
_CONTROL: Final = re.compile(r"\\(?:([A-Za-z]+)[ \t\r\n\f\v]*|(.))", re.DOTALL)


def decode(text: str, *, protect: bool = True) -> str:
    r"""``text``, which is LaTeX, as Unicode with CSL's markup.

    White space is squeezed. Braces become ``nocase``, unless ``protect`` is false, as for names and
    whatever else is set in no other case than its own. Never raises; takes time linear in the text.

    >>> decode(r"{BERT} \& G{\"o}del: 50\% \emph{in silico}")
    '<span class="nocase">BERT</span> & Gödel: 50% <i>in silico</i>'
    """
    if "\n" in text or "  " in text or "\t" in text or "\r" in text:
        text = _BLANKS.sub(" ", text)
    text = text.strip(_WHITE)
    for special in _SPECIAL:
        if special in text:
            return _decode_special(text, protect=protect)
    return text


def _decode_special(text: str, *, protect: bool) -> str:
    text = closed(text)
    if "\\" in text and "$" not in text:
        text = _SPELLED_LETTER.sub(_spelled_letter, text)
    if (
        _MERELY_BRACED.fullmatch(text)
        and "_{" not in text
        and "^{" not in text
        and not ("--" in text or "''" in text)
    ):
        if protect:
            return text.replace("{", NOCASE_OPEN).replace("}", SPAN_CLOSE)
        return text.replace("{", "").replace("}", "")
    return _Decoder(text, protect=protect).decoded()


def _spelled_letter(match: re.Match[str]) -> str:
    whole = match.group()
    return SPELLED_LETTERS.get(whole, whole)


class _Decoder:
    """Reads one text, group by group, into one list of pieces, without recursion."""

    def __init__(self, text: str, *, protect: bool) -> None:
        self._text = text
        self._protect = protect
        self._at = 0
        self._pieces: list[str] = []
        self._groups = [Group()]
        self._last_seen = -1
        self._protected = 0
        self._quoted = 0
        self._has_dollars = False
        self._has_accents = False
        self._endless = ""

    def decoded(self) -> str:
        text, search = self._text, _TOKEN.search
        while token := search(text, self._at):
            if token.start() > self._at:
                self._add(text[self._at : token.start()])
            self._at = token.end()
            _READ[token.lastgroup or ""](self, token)
        self._add(text[self._at :])
        while len(self._groups) > 1:
            self._leave(is_closed=False)
        self._pieces += reversed(self._groups[0].closing)
        return self._finished("".join(self._pieces))

    def _finished(self, found: str) -> str:
        if self._has_accents:
            found = unicodedata.normalize("NFC", found)
        if self._has_dollars:
            found = _without_escapes(found)
        if "  " in found:
            found = _BLANKS.sub(" ", found)
        return found.strip(_WHITE)

    def _add(self, text: str) -> None:
        if not text:
            return
        if accents := self._groups[-1].accents:
            text = self._accented(text, accents)
            self._groups[-1].accents = []
        if text != " ":
            self._last_seen = len(self._pieces)
        self._pieces.append(text)

    def _enter(self, group: Group) -> None:
        """Open a group; it takes over the accents that wait for the first letter of the one around it."""
        around = self._groups[-1]
        if around.accents:
            around.accents.extend(group.accents)
            around.accents, group.accents = [], around.accents
        group.start = len(self._pieces)
        self._pieces.append("")
        self._protected += group.protects
        self._quoted += group.quotes
        self._groups.append(group)

    def _leave(self, *, is_closed: bool = True) -> None:
        group = self._groups[-1]
        if group.accents:
            self._add(" ")
        self._groups.pop()
        self._protected -= group.protects
        self._quoted -= group.quotes
        if group.is_plain and not is_closed:
            group.opened, group.closing = "{", [each for each in group.closing if each != "}"]
        elif group.protects and self._last_seen > group.start:
            group.opened = f"{NOCASE_OPEN}{group.opened}"
            group.closing.insert(0, SPAN_CLOSE)
        self._pieces[group.start] = group.opened
        self._pieces += reversed(group.closing)

    def _open(self, _: re.Match[str]) -> None:
        if _INDEX.fullmatch(self._text, max(self._at - 3, 0), self._at):
            self._enter(Group(opened="{", closing=["}"], is_plain=True))
            return
        is_letter = self._text.startswith("\\", self._at)
        protects = self._protect and not self._protected and not is_letter
        self._enter(Group(is_plain=True, protects=protects))

    def _close(self, _: re.Match[str]) -> None:
        if len(self._groups) > 1:
            self._leave()
        else:
            self._add("}")

    def _math(self, token: re.Match[str]) -> None:
        """Math within the line; what has lines of its own is set there too, as all that a field holds."""
        math = token.group()
        if is_balanced(math):
            if math.startswith("$$"):
                math = _without_blanks(math[1:-1])
            self._add(math if holds_command(math) else _without_blanks(math))
        else:
            self._add("$")
            self._at = token.start() + 1

    def _spelled(self, token: re.Match[str]) -> None:
        character = SPELLED.get(token.group())
        if character is None:
            self._at = token.start() + 1
            self._open(token)
        else:
            self._add(character)

    def _ligature(self, token: re.Match[str]) -> None:
        self._add(LIGATURES[token.group()])

    def _sign(self, token: re.Match[str]) -> None:
        sign = token["sign"]
        if sign in ACCENTS_READ:
            self._accent(sign)
        elif sign == "$":
            self._has_dollars = True
            self._add("\\$")
        elif sign in "([":
            self._long_math(sign)
        else:
            self._add(SIGNS.get(sign, token.group()))

    def _long_math(self, sign: str) -> None:
        r"""Math between ``\(`` and ``\)``, or its sign alone where nothing closes it."""
        start = self._at - 2
        end = -1 if sign in self._endless else self._text.find("\\)" if sign == "(" else "\\]", self._at)
        if end < 0:
            self._endless += sign
        else:
            self._at = end + 2
        self._add(self._text[start : self._at])

    def _word(self, token: re.Match[str]) -> None:
        word = token["word"]
        if word in ACCENTS_READ:
            self._accent(word)
        elif word in WORDS:
            # A sign of math in text is a mistake, and the blank behind it was meant.
            if word not in MATH or word in SYMBOLS:
                self._skip_blanks()
            self._add(WORDS[word])
        elif word in DECLARATIONS:
            self._skip_blanks()
            self._declare(word)
        else:
            start = self._at
            if not self._take_argument(self._starred(word)):
                self._at = start
                self._keep(token)

    def _declare(self, word: str) -> None:
        style = DECLARATIONS[word]
        if style:
            self._pieces.append(OPENING[style])
            self._groups[-1].closing.append(CLOSING[style])

    def _is_argument_next(self) -> bool:
        blanks = _BLANKS.match(self._text, self._at)
        return self._text.startswith("{", blanks.end() if blanks else self._at)

    def _starred(self, word: str) -> str:
        """A command with the star that belongs to it."""
        if word in STARRED and self._text.startswith("*", self._at):
            self._at += 1
            return f"{word}*"
        return word

    def _take_argument(self, word: str) -> bool:
        """Read on in the argument of a known command; false for one that isn't known, or has none."""
        if word.removesuffix("*") in OF_LANGUAGE and self._is_argument_next():
            self._at = self._group_end(self._text.index("{", self._at))
        if not self._is_argument_next():
            return False
        at = self._text.index("{", self._at)
        if word in ENCLOSING:
            opened, closing = ENCLOSING[word]
        elif word in QUOTING:
            is_double = self._quoted % 2 == 0 and not word.endswith("*")
            opened, closing = "\u201c\u201d" if is_double else "\u2018\u2019"
        else:
            return self._set_argument(word, at)
        self._at = at + 1
        quotes = (word in QUOTING) + word.endswith("*")
        self._enter(Group(opened=opened, closing=[closing], quotes=quotes))
        return True

    def _set_argument(self, word: str, at: int) -> bool:
        """Set what a command makes of an argument that is no text; false for one that isn't known."""
        end = self._group_end(at, _BRACE if word not in UNSEEN else _UNESCAPED_BRACE)
        said = set_argument(word, self._text[at + 1 : end].removesuffix("}"))
        if said is None:
            return False
        self._at = end
        protects = word in CASES and self._protect and not self._protected
        self._add(f"{NOCASE_OPEN}{said}{SPAN_CLOSE}" if protects else said)
        return True

    def _keep(self, token: re.Match[str]) -> None:
        """Keep a command that isn't known, with the arguments that stand right behind it."""
        group, start = self._groups[-1], token.start()
        if group.is_plain and not group.protects and group.start == len(self._pieces) - 1:
            group.opened, group.closing = "{", ["}"]
        while option := _OPTION.match(self._text, self._at):
            self._at = self._group_end(option.end())
        self._add(self._text[start : self._at])

    def _group_end(self, at: int, braces: re.Pattern[str] = _BRACE) -> int:
        """The offset behind the group that begins at an offset; of one that is never closed, the text's end."""
        depth = 0
        for brace in braces.finditer(self._text, at):
            depth += {"{": 1, "}": -1}.get(brace.group(), 0)
            if not depth:
                return brace.end()
        return len(self._text)

    def _skip_blanks(self) -> None:
        blanks = _BLANKS.match(self._text, self._at)
        if blanks:
            self._at = blanks.end()

    def _accent(self, accent: str) -> None:
        """Set an accent on the group, command or letter behind it; further accents stand under it."""
        accents = [accent]
        while True:
            self._skip_blanks()
            behind = _CONTROL.match(self._text, self._at)
            name = (behind[1] or behind[2]) if behind else ""
            if behind is None or not (name in ACCENTS_READ or name in LETTERS):
                break
            self._at = behind.end()
            if name in LETTERS:
                self._add(self._accented(LETTERS[name], accents))
                return
            accents.append(name)
        self._accent_rest(accents)

    def _accent_rest(self, accents: list[str]) -> None:
        following = self._text[self._at : self._at + 1]
        if following == "{":
            self._at += 1
            self._enter(Group(accents=accents))
        elif following.isalpha():
            self._at += 1
            self._add(self._accented(following, accents))
        else:
            self._add("".join(map(_alone, accents)))

    def _accented(self, text: str, accents: list[str]) -> str:
        """``text`` with accents on its first letter, the last first, or before what has none."""
        text = text.lstrip(" ") if text.lstrip(" ")[:1].isalpha() else text
        if not text[:1].isalpha():
            return f"{''.join(map(_alone, accents))}{text.strip(' ')}"
        self._has_accents = True
        end = 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        base = text[:end]
        for accent in reversed(accents):
            base = under(base, ACCENTS_READ[accent])
        return f"{base}{text[end:]}"


def _without_blanks(math: str) -> str:
    """Math without the blanks beside its dollars, by which nobody could tell it from amounts; TeX sets nothing for them."""
    inner = math[1:-1].strip(_WHITE)
    return f"${inner}$" if inner and not inner.endswith("\\") else math


def _alone(accent: str) -> str:
    return ALONE.get(accent, f"\\{accent}")


def _without_escapes(found: str) -> str:
    r"""``found`` with ``\$`` as ``$`` where that can't be taken for math."""
    bare = found.replace("\\$", "$")
    is_same = bare.count("$") == 1 or encode(bare, ascii_only=False) == encode(found, ascii_only=False)
    return bare if is_same else found


_READ: Final[Mapping[str, Callable[[_Decoder, re.Match[str]], None]]] = {
    "close": _Decoder._close,  # noqa: SLF001  # the class's own table of its methods
    "ligature": _Decoder._ligature,  # noqa: SLF001
    "math": _Decoder._math,  # noqa: SLF001
    "open": _Decoder._open,  # noqa: SLF001
    "sign": _Decoder._sign,  # noqa: SLF001
    "spelled": _Decoder._spelled,  # noqa: SLF001
    "word": _Decoder._word,  # noqa: SLF001
}
