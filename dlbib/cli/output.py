"""What people and programs see: tables on a terminal, tab-separated text in a pipe, JSON on request."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Sequence
from typing import Any

_UNSEEN = "\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
_HIDDEN = re.compile(f"[\x00-\x1f{_UNSEEN}]")
_HIDDEN_IN_JSON = re.compile(f"[{_UNSEEN}]")  # where what is below a blank is escaped, but for line breaks


def visible(text: str) -> str:
    r"""``text`` with what a terminal would obey or hide made visible, as ``\x1b`` or ``\u202e``.

    >>> visible("a\x1b[31mb")
    'a\\x1b[31mb'
    """
    if text.isascii() and text.isprintable():
        return text
    return _HIDDEN.sub(lambda m: ascii(m.group())[1:-1], text)


def say(message: str) -> None:
    """A message for people, on standard error."""
    sys.stderr.write("".join(f"{visible(line)}\n" for line in message.split("\n")))
    sys.stderr.flush()  # it is for now, however Python buffers


def print_text(text: str) -> None:
    """Text on standard output, in UTF-8 whatever the terminal's letters are: a file must come out whole."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))


def print_json(value: Any) -> None:  # noqa: ANN401  # whatever JSON can hold
    """One JSON value on standard output; what a terminal would obey or hide is escaped there."""
    text = json.dumps(value, ensure_ascii=not _utf8(), indent=2)
    sys.stdout.write(_HIDDEN_IN_JSON.sub(lambda m: f"\\u{ord(m.group()):04x}", text) + "\n")


def print_table(
    columns: Sequence[str], rows: Iterable[Sequence[str]], *, whole: int = 1, empty: str = "nothing found"
) -> None:
    """Rows: a table on a terminal, lines of tab-separated cells (no header) in a pipe.

    On a narrow terminal the first ``whole`` columns keep their width as long as they can; instead of a table without
    rows ``empty`` is said there.
    """
    safe = ([visible(" ".join(cell.split())) for cell in row] for row in rows)
    if not sys.stdout.isatty():
        sys.stdout.writelines("\t".join(row) + "\n" for row in safe)
        return
    from dlbib.cli.terminal.tables import draw_table

    if shown := list(safe):
        draw_table(columns, shown, whole=whole)
    elif empty:
        say(empty)


def _utf8() -> bool:
    return (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
