"""TeX without what TeX would not read as TeX: comments, verbatim text, and what stands past the end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_STEP: Final = re.compile(r"%|\\(?:([A-Za-z@]+)|.)", re.DOTALL)
_NAME: Final = re.compile(r"\s{0,20}\{([A-Za-z]{1,40}\*?)\}")
_BRACED: Final = re.compile(r"\s{0,20}\{[^{}\n]*+(?:\{[^{}\n]*+\}[^{}\n]*+)*+\}")
_OPTIONS: Final = re.compile(r"\*?(?:\[[^\]\n]{0,1000}\])?")
_LANGUAGE: Final = re.compile(r"\{[^{}\n]{0,100}\}")
_BLANKED: Final = re.compile(r"[^\n]")
_CONDITIONAL: Final = re.compile(r"%[^\n]*|\\newif\s{0,20}\\[A-Za-z@]++|\\([A-Za-z@]++)(?!\{)|\\.", re.DOTALL)

_VERBATIM: Final = frozenset(
    {
        "verbatim",
        "verbatim*",
        "Verbatim",
        "Verbatim*",
        "BVerbatim",
        "LVerbatim",
        "SaveVerbatim",
        "VerbatimOut",
        "comment",
        "filecontents",
        "filecontents*",
        "lstlisting",
        "minted",
        "tcblisting",
    }
)
_LONGEST_INLINE: Final = 10_000


def live_text(text: str) -> str:
    r"""``text`` with what is not read as TeX turned to blanks, line by line as long as it was.

    That is: comments; ``verbatim``, ``lstlisting``, ``minted``, ``comment`` and ``filecontents``
    environments; ``\verb``, ``\lstinline``, ``\mintinline``; addresses in ``\url`` and ``\href``;
    ``\iffalse`` to its ``\else`` or ``\fi``; what follows ``\end{document}`` or ``\endinput``.
    Lines of ``text`` end in ``\n``.
    """
    pieces: list[str] = []
    position = 0
    for start, end in _dead(text):
        pieces.append(text[position:start])
        pieces.append(_BLANKED.sub(" ", text[start:end]))
        position = end
    return "".join([*pieces, text[position:]])


def _dead(text: str) -> Iterator[tuple[int, int]]:
    position = 0
    while match := _STEP.search(text, position):
        position = match.end()
        start, end = _AFTER.get(match[1] or match.group(), _nothing)(text, position)
        if end > start:
            yield start, end
            position = end


def _nothing(_text: str, position: int) -> tuple[int, int]:
    return position, position


def _comment(text: str, position: int) -> tuple[int, int]:
    return position - 1, _end_of_line(text, position)


def _end_of_input(text: str, position: int) -> tuple[int, int]:
    return _end_of_line(text, position), len(text)


def _environment(text: str, position: int) -> tuple[int, int]:
    opened = _NAME.match(text, position)
    if opened is None or opened[1] not in _VERBATIM:
        return position, position
    end = text.find(f"\\end{{{opened[1]}}}", opened.end())
    return opened.end(), end if end >= 0 else len(text)


def _end_of_document(text: str, position: int) -> tuple[int, int]:
    closed = _NAME.match(text, position)
    if closed is None or closed[1] != "document":
        return position, position
    return closed.end(), len(text)


def _conditional(text: str, position: int) -> tuple[int, int]:
    r"""What ``\iffalse`` hides, to the ``\else`` or ``\fi`` of its level.

    Every command ``\if...`` opens a level, unless a brace follows it: then it is a macro such as
    ``\ifthenelse``, and those have no ``\fi``.
    """
    depth = 1
    for match in _CONDITIONAL.finditer(text, position):
        command = match[1] or ""
        if command == "fi":
            depth -= 1
        elif command.startswith("if") and command != "iff":
            depth += 1
        if depth == 0 or (depth == 1 and command == "else"):
            return position, match.end()
    return position, len(text)


def _address(text: str, position: int) -> tuple[int, int]:
    return position, _end_of(_BRACED, text, position)


def _inline(text: str, position: int) -> tuple[int, int]:
    return position, _end_of_inline(text, _end_of(_OPTIONS, text, position))


def _inline_of_language(text: str, position: int) -> tuple[int, int]:
    options = _end_of(_OPTIONS, text, position)
    return position, _end_of_inline(text, _end_of(_LANGUAGE, text, options))


def _end_of_inline(text: str, position: int) -> int:
    delimiter = text[position : position + 1]
    if delimiter == "{":
        return _end_of(_BRACED, text, position)
    if not delimiter or delimiter.isspace() or delimiter.isalpha():
        return position
    end = text.find(delimiter, position + 1, position + _LONGEST_INLINE)
    return position if end < 0 or "\n" in text[position:end] else end + 1


def _end_of_line(text: str, position: int) -> int:
    end = text.find("\n", position)
    return end if end >= 0 else len(text)


def _end_of(pattern: re.Pattern[str], text: str, position: int) -> int:
    match = pattern.match(text, position)
    return match.end() if match else position


_AFTER: Final[Mapping[str, Callable[[str, int], tuple[int, int]]]] = {
    "%": _comment,
    "begin": _environment,
    "end": _end_of_document,
    "endinput": _end_of_input,
    "iffalse": _conditional,
    **dict.fromkeys(("url", "href", "nolinkurl", "path"), _address),
    **dict.fromkeys(("verb", "Verb", "spverb", "lstinline"), _inline),
    "mintinline": _inline_of_language,
}
