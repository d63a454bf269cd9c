r"""The grammar of BibTeX as regular expressions, each of which takes time linear in its text.

The rules are those of BibTeX's own reader (Oren Patashnik, "BibTeXing", 1988, and the scanner in
``bibtex.web``): braces are counted, a backslash before one changes nothing; a quoted value ends at
the first quotation mark outside braces; macro, field and type names hold any sign that isn't white
space or one of ``" # % ' ( ) , = { }``. From btparse, the reader of biber, come ``%`` comments
between fields. Quantifiers are possessive, so that no text makes them try a match twice.
"""

from __future__ import annotations

import re

NAME = r"""[^\s"#%'(),={}@\\]++"""
"""A type or the name of a field."""

KEY = r"""(?!@)[^\s"#%(),={}]++"""
"""A citation key, as biber and BibTeX both take it; an @ in front is rather the next block's."""

_MACRO = r"""[^\W\d][^\s"#%'(),={}@]*+"""
_BARE = rf"(?:[0-9]++(?![^\s#%,(){{}}])|{_MACRO})"


def _braced(depth: int) -> str:
    """A value in braces that holds further braces to this depth."""
    inner = rf"(?:{_braced(depth - 1)}[^{{}}]*+)*+" if depth else ""
    return rf"\{{[^{{}}]*+{inner}\}}"


_QUOTED = rf'"[^"{{}}]*+(?:{_braced(2)}[^"{{}}]*+)*+"'
_PIECE = rf"(?:{_QUOTED}|{_braced(3)}|{_BARE})"
_VALUE = rf"{_PIECE}(?:\s*+#\s*+{_PIECE})*+"
_SPACE = r"\s*+(?:%[^\r\n]*+\s*+)*+"
_SEPARATOR = r"[\s,]*+(?:%[^\r\n]*+[\s,]*+)*+"

ENTRY = re.compile(
    rf"(\s*+)@((?!(?i:comment|preamble|string)\b){NAME})\{{\s*+({KEY})\s*+(?:,{_SEPARATOR}|(?=\}}))"
)
"""Blank text and the beginning of an entry as nearly all are: in braces, with a key.

Gives the blank text, the type and the key; behind it stands a field or the closing brace.
"""

FIELD = re.compile(rf"({NAME})\s*+=\s*+({_VALUE})\s*+(?:,{_SEPARATOR}|(?=\}}))")
"""A field without a fault, its value not deeply nested: name and value. Another follows, or the closing brace."""

SPACE = re.compile(_SPACE)
SEPARATOR = re.compile(_SEPARATOR)
BARE = re.compile(_BARE)
CONCATENATION = re.compile(r"\s*+#\s*+")
VALUE = re.compile(rf"\s*+{_VALUE}\s*+")

HEAD = re.compile(rf"@\s*+({NAME})?+\s*+([{{(])")
"""The begin of a block: its type, if it has one, and its opening delimiter."""

ENTRY_HEAD = re.compile(rf"@\s*+(?:(?i:comment|preamble|string)\s*+[{{(]|{NAME}\s*+[{{(]\s*+{KEY}\s*+,)")
"""A begin that is no chance in running text: it has a key and a comma, or is no entry."""

KEY_END = re.compile(rf"\s*+({KEY})(?=\s*+[,)}}])")
ODD_KEY = re.compile(r"(?:[^,{}\r\n]|\{[^,{}\r\n]*+\})++")
ODD_KEY_IN_PARENTHESES = re.compile(r"(?:[^,{}()\r\n]|\{[^,{}\r\n]*+\})++")
ODD_IN_KEY = re.compile(r"""[\s"#%(),={}]""")
KEY_BEFORE_FIELD = re.compile(rf"({KEY})(?=\s++{NAME}\s*+=)")
FIELD_FOR_KEY = re.compile(rf"""{NAME}(?:\s*+=\s*+["{{]|\s++=)""")

FIELD_NAME = re.compile(rf"({NAME})\s*+=\s*+")
ODD_NAME = re.compile(r"""([^=,{}"%)\r\n]++)=\s*+""")
ODD_WORDS = re.compile(r"""[^,{}"#%=)@\r\n]++""")
AFTER_BARE = re.compile(rf"\s*+(?:[#%,)}}@]|{NAME}\s*+=|\Z)")
AFTER_VALUE = re.compile(r"\s*+[#%,)}]")
SWALLOWED_FIELD = re.compile(rf"""[,\n]\s*+{NAME}\s*+=\s*+["{{\w]""")

SWALLOWED_ENTRY = re.compile(rf"[\r\n][ \t]*+(@\s*+{NAME}\s*+[{{(]\s*+{KEY}\s*+,\s*+{NAME}\s*+=)")
HIDDEN_ENTRY = re.compile(rf"@\s*+{NAME}\s*+[{{(]\s*+{KEY}\s*+,")
TRAILING_TEXT = re.compile(rf"""\A[^\s%]|\A\s*+[,)}}]|[\r\n,]\s*+{NAME}\s*+=\s*+["{{]""")
STRAY_AT = re.compile(r"(?:\A|[\r\n])[ \t]*+(@(?!(?i:comment)\b)[A-Za-z]++)")
