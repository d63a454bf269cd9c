r"""BibLaTeX's localisation keys, and the English text of each.

In a few fields BibLaTeX takes a key for a text that it has in every language, and ``\bibstring`` takes one
anywhere. Files hold the keys that a record may need; what styles alone ask for is left out.

Source: BibLaTeX manual, section 4.9.2 ("Localization keys").
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

STATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "inpreparation": "in preparation",
        "submitted": "submitted",
        "forthcoming": "forthcoming",
        "inpress": "in press",
        "prepublished": "pre-published",
    }
)
"""How far a work is on its way to being published: the field ``pubstate``."""

SERIES: Final[Mapping[str, str]] = MappingProxyType({"newseries": "new series", "oldseries": "old series"})
"""The series of a journal that have no number: the field ``series`` of articles."""

KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "phdthesis": "PhD thesis",
        "mathesis": "Master's thesis",
        "bathesis": "Bachelor's thesis",
        "candthesis": "Candidate thesis",
        "techreport": "technical report",
        "resreport": "research report",
        "software": "computer software",
        "datacd": "CD-ROM",
        "audiocd": "audio CD",
        "patent": "patent",
        "patentde": "German patent",
        "patenteu": "European patent",
        "patentfr": "French patent",
        "patentuk": "British patent",
        "patentus": "U.S. patent",
        "patreq": "patent request",
        "patreqde": "German patent request",
        "patreqeu": "European patent request",
        "patreqfr": "French patent request",
        "patrequk": "British patent request",
        "patrequs": "U.S. patent request",
    }
)
"""What kind a thesis, a report or a patent is: the field ``type``."""

COUNTRIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "countryde": "Germany",
        "countryeu": "European Union",
        "countryep": "European Union",
        "countryfr": "France",
        "countryuk": "United Kingdom",
        "countryus": "United States of America",
    }
)
"""Where a patent holds: the field ``location`` of patents."""

_LANGUAGES: Final = (
    "American Basque Brazilian Bulgarian Catalan Croatian Czech Danish Dutch English Estonian Finnish French "
    "Galician German Greek Hungarian Italian Japanese Latin Latvian Lithuanian Marathi Norwegian Polish "
    "Portuguese Romanian Russian Serbian Slovak Slovene Spanish Swedish Turkish Ukrainian"
)
_MONTHS: Final = (
    "January February March April May June July August September October November December "
    "Spring Summer Autumn Winter"
)
_PLAIN: Final = (
    "volume volumes book part issue edition reprint page pages column columns line lines verse verses section "
    "sections paragraph paragraphs in number chapter version abstract see and editor editors compiler compilers "
    "translator translators commentator annotator introduction foreword afterword continuator redactor reviser "
    "founder founders collaborator organizer director idem ibidem passim file library"
)
_OTHER: Final = {
    "jourvol": "volume",
    "jourser": "series",
    "bookser": "series",
    "ser": "series",
    "reprintof": "reprint of",
    "reprintas": "reprinted as",
    "reprintfrom": "reprinted from",
    "reviewof": "review of",
    "translationof": "translation of",
    "translationas": "translated as",
    "translationfrom": "translated from",
    "origpubas": "originally published as",
    "origpubin": "originally published in",
    "andothers": "et al.",
    "andmore": "et al.",
    "nodate": "no date",
    "urlfrom": "available from",
    "urlseen": "visited on",
    "byauthor": "by",
    "byeditor": "edited by",
    "bycompiler": "compiled by",
    "bytranslator": "translated by",
    "seealso": "see also",
    "seenote": "see note",
    "quotedin": "quoted in",
    "circa": "circa",
    "opcit": "op. cit.",
    "loccit": "loc. cit.",
    "confer": "cf.",
    "inseries": "in",
    "ofseries": "of",
}

TERMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **{name: name for name in _PLAIN.split()},
        **{name.lower(): name for name in _MONTHS.split()},
        **{f"lang{name.lower()}": name for name in _LANGUAGES.split()},
        **{f"from{name.lower()}": f"from the {name}" for name in _LANGUAGES.split()},
        **_OTHER,
        **STATES,
        **SERIES,
        **COUNTRIES,
        **KINDS,
    }
)
"""Every key that is known, in small letters."""

_KEYS: Final[Mapping[str, str]] = MappingProxyType(
    {text: key for terms in (STATES, SERIES, COUNTRIES) for key, text in reversed(list(terms.items()))}
)


def key_of(text: str) -> str | None:
    """The key of a state, a series or a country; None for any other text.

    >>> key_of("in press")
    'inpress'
    """
    return _KEYS.get(text)
