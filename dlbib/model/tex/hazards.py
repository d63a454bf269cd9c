r"""TeX that does more than set text: reads or writes files, runs programs, redefines commands.

A bibliography is TeX source, and TeX reads any file it can and obeys every definition. These are
the commands by which a value would reach beyond its place; nobody needs them in a reference.

Source: Donald Knuth, "The TeXbook", chapters 20, 21 and 24; the manuals of e-TeX, pdfTeX and LuaTeX.
"""

from __future__ import annotations

import re
from typing import Final

_FILES: Final = (
    "closein closeout immediate include includeonly input InputIfFileExists openin openout pdffiledump "
    "pdffilesize pdfmdfivesum pdfximage read readline verbatiminput write lstinputlisting filedump "
    "IfFileExists includegraphics includepdf ShellEscape special"
)
_PROGRAMS: Final = "directlua latelua luacode luadirect luaescapestring luaexec luafunction pdfliteral pdfobj"
_DEFINITIONS: Final = (
    "active aftergroup afterassignment catcode chardef countdef csname def DeclareRobustCommand edef endcsname "
    "everyeof everymath everypar expandafter futurelet gdef global globaldefs lccode let letcharcode long "
    "lowercase makeatletter makeatother mathchardef newcommand newenvironment newcount newif newread newwrite "
    "outer protected providecommand renewcommand scantokens toks toksdef uccode uppercase xdef"
)
_COURSE: Final = (
    "batchmode bye documentclass dump end endinput enddocument errmessage errorstopmode loop nonstopmode "
    "repeat RequirePackage scrollmode stop usepackage"
)

_HAZARD: Final = re.compile(
    r"\^\^"
    r"|\\(?:@{1,2}(?:input|iinput)|"
    + "|".join(f"{_FILES} {_PROGRAMS} {_DEFINITIONS} {_COURSE}".split())
    + ")"
    r"(?![A-Za-z@])"
)


def hazards(text: str) -> tuple[str, ...]:
    r"""The dangerous commands in ``text``, each once, in order; empty when there is none.

    ``^^``, by which TeX spells any character, is one itself, for nothing written so can be trusted.

    >>> hazards(r"$\alpha$ \input{secret} \inputencoding")
    ('\\input',)
    """
    if "\\" not in text and "^^" not in text:
        return ()
    return tuple(dict.fromkeys(_HAZARD.findall(text)))
