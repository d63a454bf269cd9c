"""The keys in the ``.bcf`` file that BibLaTeX writes for biber.

Source: biber's ``bcf.rnc``: ``bcf:citekey`` inside ``bcf:section``, its attributes ``type`` and ``members``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers import expat

from dlbib.errors import ParseError
from dlbib.formats.cited.findings import EntrySet, Everything, Finding, Key
from dlbib.formats.cited.keys import ALL, parts

if TYPE_CHECKING:
    from typing import BinaryIO


def scan(stream: BinaryIO, source: str) -> list[Finding]:
    """What a control file cites.

    Raises `ParseError` when it is no whole control file, or has a document type declaration, which
    biber's never have and which could make it expand without bounds.
    """
    reader = _Reader(source)
    try:
        reader.parser.ParseFile(stream)
    except expat.ExpatError as error:
        message = f"is no whole XML: {expat.ErrorString(error.code)}; run LaTeX again"
        raise ParseError(message, source, error.lineno, error.offset + 1) from error
    return reader.found


class _Reader:
    def __init__(self, source: str) -> None:
        self.found: list[Finding] = []
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        self.parser.StartElementHandler = self._check_root
        self._source = source
        self._key = ""
        self._place = (0, 0)

    def _here(self) -> tuple[int, int]:
        return self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1

    def _refuse_doctype(self, *_declaration: object) -> None:
        message = "has a document type declaration, which no control file has; refused"
        raise ParseError(message, self._source, *self._here())

    def _check_root(self, name: str, _attributes: dict[str, str]) -> None:
        if name != "bcf:controlfile":
            message = f"is no control file of BibLaTeX: it begins with <{name}>"
            raise ParseError(message, self._source, *self._here())
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name != "bcf:citekey":
            return
        self._key = ""
        self._place = self._here()
        self.parser.CharacterDataHandler = self._text
        if attributes.get("type") == "set":
            self.found.extend(Key(part.text, *self._place) for part in parts(attributes.get("members", "")))
            self.parser.CharacterDataHandler = self._set

    def _text(self, text: str) -> None:
        self._key += text

    def _set(self, text: str) -> None:
        self.found.append(EntrySet(text.strip()))

    def _end(self, name: str) -> None:
        if name != "bcf:citekey":
            return
        self.parser.CharacterDataHandler = None
        key = " ".join(self._key.split())
        if key:
            self.found.append(Everything() if key == ALL else Key(key, *self._place))
