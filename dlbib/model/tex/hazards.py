r"""TeX that does more than set text: reads or writes files, runs programs, redefines commands.

A bibliography is TeX source, and TeX reads any file it can and obeys every definition. These are
the commands by which a value would reach beyond its place; nobody needs them in a reference. They are
known in any case, for BibTeX's styles change the case of titles, commands included.

Source: Donald Knuth, "The TeXbook", chapters 20, 21 and 24; the manuals of e-TeX, pdfTeX and LuaTeX; "LaTeX2e: An
unofficial reference manual", chapters 12, 24 and 26; the LaTeX Project, "interface3".
"""

from __future__ import annotations

import re
from typing import Final

_FILES: Final = (
    "addbibresource attachfile bibliography closein closeout embedfile filedump font IfFileExists immediate import "
    "include includegraphics includemedia includeonly includepdf includestandalone includesvg input InputIfFileExists "
    "inputminted lstinputlisting newfont openin openout pdfembedfile pdffiledump pdffilemoddate pdffilesize pdfmapfile "
    "pdfmapline pdfmdfivesum pdfximage read readline special subfile subimport subinputfrom textattachfile "
    "usepgfplotslibrary usetikzlibrary verbatiminput VerbatimInput write"
)
_PROGRAMS: Final = (
    "bashful directlua epstopdf latelua luacode luadef luadirect luaescapestring luaexec luafunction pdfannot "
    "pdfcatalog pdfextension pdfliteral pdfobj pdfoutline pdfshellescape ShellEscape shellescape write18"
)
_DEFINITIONS: Final = (
    "active AddToHook afterassignment aftergroup AtBeginDocument AtEndDocument catcode chardef countdef csname "
    "declare DeclareRobustCommand DeclareDocumentCommand def dimendef edef endcsname everycr everydisplay everyeof "
    "everyhbox everyjob everymath everypar everyvbox expandafter ExplSyntaxOn expanded font futurelet gdef global "
    "globaldefs lccode let letcharcode long lowercase makeatletter makeatother mathcode mathchardef muskipdef newcommand newcount "
    "newenvironment NewDocumentCommand newif newread newtoks newwrite noexpand outer output pdfprimitive primitive protected "
    "providecommand renewcommand renewenvironment RenewDocumentCommand romannumeral scantokens scantextokens sfcode shipout "
    "skipdef toks toksdef uccode Umathcode unexpanded uppercase UseName usefont xdef"
)
_COURSE: Final = (
    "batchmode begin bye documentclass dump end endinput enddocument errmessage errorstopmode jobname loop message "
    "newlinechar nonstopmode PassOptionsToPackage repeat RequirePackage scrollmode show showthe stop typein typeout usepackage wlog"
)

HAZARDS: Final = frozenset(f"{_FILES} {_PROGRAMS} {_DEFINITIONS} {_COURSE}".lower().split())
"""The dangerous commands, in small letters and without their backslash."""

# A line break, two backslashes, begins no command.
_HAZARD: Final = re.compile(
    r"\\\\|(\^\^"
    r"|\\(?:@{1,2}(?:input|iinput|namedef|nameuse)|[a-z]+_[a-z_]*:[a-z]*|"
    + "|".join(sorted(HAZARDS, key=len, reverse=True))
    + r")(?![a-z@]))",
    re.IGNORECASE,
)


def hazards(text: str) -> tuple[str, ...]:
    r"""The dangerous commands in ``text``, each once, in order; empty when there is none.

    ``^^``, by which TeX spells any character, is one itself, for nothing written so can be trusted.
    ``\begin`` is one too: it runs the command that its environment is called by.

    >>> hazards(r"$\alpha$ \input{secret} \inputencoding")
    ('\\input',)
    """
    if "\\" not in text and "^^" not in text:
        return ()
    return tuple(dict.fromkeys(filter(None, _HAZARD.findall(text))))
