"""How each kind of value is written between the braces of a field.

Whatever comes in, what goes out is safe there: its braces are balanced as BibTeX counts them, and no
line break or control character is in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, Final

from dlbib.formats.bibtex.languages import written_language
from dlbib.formats.bibtex.protection import protected
from dlbib.formats.bibtex.values import (
    is_no_page,
    read_edition,
    read_series,
    written_edition,
    written_pages,
    written_series,
)
from dlbib.model.citekeys import key_problem
from dlbib.model.names import bibtex_form
from dlbib.model.tex.braces import mended
from dlbib.model.tex.encode import encode, encode_letters, one_line
from dlbib.model.tex.terms import COUNTRIES, STATES, key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dlbib.formats.fields import Dialect, Kind
    from dlbib.model.names import Name

# The encoder keeps two hyphens from becoming a dash; between pages they are meant as one.
_PAGE_DASHES: Final = re.compile(r"-\{\}-")
_SIMPLE_RANGE: Final = re.compile(r"[0-9A-Za-z]+-[0-9A-Za-z]+")
_KEPT_FORMS: Final = 4096
_LONGEST_KEPT: Final = 200
"""How many characters, or words, a value has that may well come again."""
_OTHERS: Final = "others"
_LIST_WORD: Final = re.compile(r"(?:and|others)(?!\S)(?:(?<=\sand)|(?<=\sothers)|(?<=\Aand)|(?<=\Aothers))")
_CAPITALISED: Final = r"(?!A(?i:nd)\b|E(?i:t)\b|O(?i:thers)\b)[A-Z][A-Za-z.]*"
_SIMPLE_FORM: Final = re.compile(
    rf"{_CAPITALISED}(?:-{_CAPITALISED})*, {_CAPITALISED}(?:[ -]{_CAPITALISED})*"
)
# TeX spells characters with "^^"; no URL holds it.
_FIT_IN_ADDRESS: Final = re.compile(r"[A-Za-z0-9:/._?=&%#~+,;()-]*")
_UNFIT_IN_ADDRESS: Final = re.compile(r"[\x00-\x20{}\\\x7f-\xa0\u2028\u2029\ud800-\udfff]|\^(?=\^)|(?<=\^)\^")
_UNFIT_IN_ASCII: Final = re.compile(r"[\x00-\x20{}\\\x7f-\U0010ffff]|\^(?=\^)|(?<=\^)\^")


@dataclass(frozen=True, slots=True)
class ValueWriter:
    """Writes values for a dialect, in ASCII wherever LaTeX has a spelling if ``ascii_only``."""

    dialect: Dialect
    ascii_only: bool
    _form: Callable[[Name], str] = field(init=False, repr=False, compare=False)
    _kept: Callable[[Kind, Any], str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # The same people write again and again, in the same places; a name that isn't simple is dear to work out.
        form = partial(bibtex_form, dialect=self.dialect, encode=self.text)
        object.__setattr__(self, "_form", lru_cache(maxsize=_KEPT_FORMS)(form))
        object.__setattr__(self, "_kept", lru_cache(maxsize=_KEPT_FORMS)(self._written))

    def value(self, kind: Kind, value: Any, language: str | None) -> str:  # noqa: ANN401  # a text or a tuple of them
        """A value of a ``kind`` that is written by itself; ``language`` is the entry's."""
        if kind == "title":
            return self.text(protected(value, language, every_capital=self.dialect == "bibtex"))
        return self._kept(kind, value) if len(value) <= _LONGEST_KEPT else self._written(kind, value)

    def _written(self, kind: Kind, value: Any) -> str:  # noqa: ANN401  # as above
        return _WRITE[kind](self, value)

    def text(self, text: str) -> str:
        """Unicode with markup, as LaTeX."""
        return encode(text, ascii_only=self.ascii_only)

    def verbatim(self, text: str) -> str:
        """What is no LaTeX, as it is but for what could not stand in a value."""
        return mended(one_line(text))

    def latex(self, text: str) -> str:
        """What is LaTeX already, as it is but for what could not stand in a value."""
        safe = mended(one_line(text))
        return encode_letters(safe) if self.ascii_only else safe

    def address(self, text: str) -> str:
        """A URL or DOI: never escaped; what could not stand in a value is percent-encoded, as in any URL."""
        if _FIT_IN_ADDRESS.fullmatch(text):
            return text
        unfit = _UNFIT_IN_ASCII if self.ascii_only else _UNFIT_IN_ADDRESS
        return unfit.sub(_percent_encoded, text)

    def names(self, names: Sequence[Name], *, others: bool) -> str:
        """A list of names, with "and others" behind it."""
        forms = [_simple_form(name) or self._form(name) for name in names]
        return " and ".join([*filter(None, forms), *([_OTHERS] if others else [])])

    def literal_list(self, text: str) -> str:
        """An item of a literal list, in braces where a word in it would part it in two."""
        written = self.text(text)
        lowered = written.lower()
        may_part = "and" in lowered or "others" in lowered
        return f"{{{written}}}" if may_part and _LIST_WORD.search(lowered) else written

    def pages(self, pages: str) -> str:
        """Pages, with two hyphens in a range."""
        if _SIMPLE_RANGE.fullmatch(pages):
            return pages.replace("-", "--")
        if is_no_page(pages):
            return self.text(pages)
        return _PAGE_DASHES.sub("--", self.text(written_pages(pages)))

    def edition(self, edition: str) -> str:
        """An edition: in words for BibTeX, which puts "edition" behind it; by its number for BibLaTeX."""
        number = read_edition(edition)
        return self.text(written_edition(number) if self.dialect == "bibtex" else number)

    def series(self, series: str) -> str:
        """The series of a journal, by the number or key that BibLaTeX prints it for."""
        key = written_series(series) if self.dialect == "biblatex" else None
        written = self.text(series)
        return key or (written if read_series(written) == written else f"{{{written}}}")

    def state(self, state: str) -> str:
        """How far a work is on its way to being published, by the key that BibLaTeX has for it."""
        key = key_of(state) if state in STATES.values() and self.dialect == "biblatex" else None
        written = self.text(state)
        return key or (f"{{{written}}}" if written.lower() in STATES else written)

    def countries(self, text: str) -> str:
        """Where a patent holds, by the keys that BibLaTeX has for countries."""
        keys = [key_of(each) for each in text.split("; ")]
        if self.dialect == "biblatex" and all(key in COUNTRIES for key in keys):
            return " and ".join(filter(None, keys))
        written = self.literal_list(text)
        return f"{{{written}}}" if written.lower() in COUNTRIES else written

    def language(self, tag: str) -> str:
        """A language by its name in babel."""
        return self.text(written_language(tag))

    def keywords(self, keywords: tuple[str, ...]) -> str:
        """Keywords parted by commas, one that holds a comma in braces."""
        written = filter(None, (self.text(keyword) for keyword in keywords))
        return ", ".join(f"{{{each}}}" if "," in each else each for each in written)

    def keys(self, keys: tuple[str, ...]) -> str:
        """Citation keys parted by commas, without those that could not be one."""
        return ",".join(key for key in keys if key_problem(key) is None)


def _simple_form(name: Name) -> str:
    """A name that no reader can mistake and LaTeX sets as it is, as most are; empty for any other."""
    if name.literal or name.suffix or name.non_dropping_particle or name.dropping_particle:
        return ""
    form = f"{name.family}, {name.given}"
    return form if _SIMPLE_FORM.fullmatch(form) else ""


def _percent_encoded(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match.group().encode("utf-8", "replace"))


_WRITE: Final[Mapping[str, Callable[[ValueWriter, Any], str]]] = {
    "countries": ValueWriter.countries,
    "edition": ValueWriter.edition,
    "keys": ValueWriter.keys,
    "keywords": ValueWriter.keywords,
    "language": ValueWriter.language,
    "list": ValueWriter.literal_list,
    "pages": ValueWriter.pages,
    "series": ValueWriter.series,
    "state": ValueWriter.state,
    "text": ValueWriter.text,
}
