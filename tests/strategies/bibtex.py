"""BibTeX texts: well-formed blocks with what they say, and texts with anything wrong."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

Fields = tuple[tuple[str, str], ...]

_LETTERS = "abcXYZéß"
_BLANKS = st.text(" \t\n\r", max_size=3)
_NAMES = st.tuples(st.text(_LETTERS, min_size=1, max_size=5), st.text(_LETTERS + "019-:.+_", max_size=5)).map(
    "".join
)
_TYPES = _NAMES.filter(lambda name: name.lower() not in {"comment", "preamble", "string"})
_KEYS = st.text(_LETTERS + "0189:./_-+&*'", min_size=1, max_size=10)
_PLAIN = st.text(_LETTERS + "  \n\r\t,=#%()@\\$&~^_", max_size=12)


def _in_braces(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(inner | _PLAIN, max_size=4).map(lambda parts: "{" + "".join(parts) + "}")


_BRACED = st.recursive(_in_braces(_PLAIN | st.just('"')), _in_braces, max_leaves=8)
_QUOTED = st.lists(_BRACED | _PLAIN, max_size=3).map(lambda parts: '"' + "".join(parts) + '"')
_BARE = st.text("0123456789", min_size=1, max_size=4) | _NAMES
_HASH = st.tuples(_BLANKS, _BLANKS).map("#".join)


@cache
def values() -> st.SearchStrategy[str]:
    """A value as it is written: one or more pieces in braces, in quotation marks, or bare."""
    pieces = st.lists(_BRACED | _QUOTED | _BARE, min_size=1, max_size=3)
    return st.builds(str.join, _HASH, pieces)


_FIELDS = st.lists(st.tuples(_NAMES, values()), max_size=4).map(tuple)
_SEPARATORS = st.sampled_from([",", ",\n  ", ", , ", ",% a comment, {x = 1\n", ",\r\n"])
_ENDS = st.sampled_from(["", ",", "\n", ",\n"])
_DELIMITERS = st.sampled_from([("{", "}"), ("(", ")")])
_GAPS = st.sampled_from(["", " ", "\n"])


@cache
@st.composite
def _fields(draw: st.DrawFn) -> tuple[str, Fields]:
    """The text of fields, from the first comma on, and what they are."""
    fields = draw(_FIELDS)
    written = "".join(
        draw(_SEPARATORS) + name + draw(_BLANKS) + "=" + draw(_BLANKS) + value + draw(_BLANKS)
        for name, value in fields
    )
    return written + draw(_ENDS), fields


@cache
@st.composite
def entries(draw: st.DrawFn) -> tuple[str, tuple[str, str, Fields]]:
    """A well-formed entry: its text, and its type, key and fields."""
    kind, key = draw(_TYPES), draw(_KEYS)
    written, fields = draw(_fields())
    opening, closing = draw(_DELIMITERS)
    head = draw(_GAPS)
    return f"@{head}{kind}{head}{opening}{head}{key}{written}{closing}", (kind, key, fields)


@cache
def _others() -> st.SearchStrategy[str]:
    """A well-formed block that is no entry."""
    macro = st.tuples(_NAMES, values()).map(lambda macro: f"@String{{{macro[0]} = {macro[1]}}}")
    comment = _BRACED.map(lambda text: "@comment" + text)
    preamble = values().map(lambda value: f"@preamble{{{value}}}")
    return macro | comment | preamble | st.sampled_from(["% a remark\n", "Words.\n", "me@example.org\n"])


@cache
def _parts() -> st.SearchStrategy[list[tuple[str, tuple[str, str, Fields] | None]]]:
    return st.lists(entries() | _others().map(lambda text: (text, None)), max_size=5)


@cache
@st.composite
def files(draw: st.DrawFn) -> tuple[str, list[tuple[str, str, Fields]]]:
    """A well-formed file: its text, and the type, key and fields of its entries."""
    parts = draw(_parts())
    text = "".join("\n" + written + draw(_BLANKS) for written, _ in parts)
    return text, [entry for _, entry in parts if entry is not None]


_TOKENS = [
    *'@{}(),"=#%\\ \n\r',
    "\r\n",
    "\ufeff",
    "\xa0",
    "é",
    "k",
    "word ",
    "title = {T}",
    'a = "b", ',
    "x = 1,",
]
_BLOCKS = [
    "@article{k,",
    "@misc(k,",
    "@string{",
    "@comment{",
    "@preamble{",
    "\n@book{b,",
    "%@a{c, ",
    "@x.y",
    "},\n",
]


@cache
def broken_files() -> st.SearchStrategy[str]:
    """Texts made of what means something in BibTeX, in any order, or of anything at all."""
    tokens = st.lists(st.sampled_from(_TOKENS + _BLOCKS), max_size=40).map("".join)
    return tokens | st.text(max_size=60) | files().map(lambda file: file[0]).flatmap(_damaged)


@st.composite
def _damaged(draw: st.DrawFn, text: str) -> str:
    """A text in which a few places are cut out or written over."""
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 3)))
        text = text[:start] + draw(st.sampled_from(["", *_TOKENS])) + text[end:]
    return text
