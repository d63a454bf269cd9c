"""How pages, editions and languages are written in a field, and read from one.

Source: BibLaTeX manual, sections 2.3.10 and 3.15.2.1; Oren Patashnik, "BibTeXing", section 3.2;
the babel user guide, section 1.25; BCP 47.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_PAGE_DASH: Final = re.compile(r"\s*(?:--+|[\u2012-\u2015])\s*")
_HYPHEN: Final = re.compile(r"(?<=\w)\s*-\s*(?=\w)")

LANGUAGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "english": "en",
        "american": "en-US",
        "british": "en-GB",
        "australian": "en-AU",
        "canadian": "en-CA",
        "newzealand": "en-NZ",
        "german": "de",
        "ngerman": "de-DE",
        "naustrian": "de-AT",
        "nswissgerman": "de-CH",
        "french": "fr",
        "canadien": "fr-CA",
        "spanish": "es",
        "mexican": "es-MX",
        "portuguese": "pt",
        "brazilian": "pt-BR",
        "italian": "it",
        "dutch": "nl",
        "danish": "da",
        "swedish": "sv",
        "norsk": "nb",
        "nynorsk": "nn",
        "finnish": "fi",
        "icelandic": "is",
        "polish": "pl",
        "czech": "cs",
        "slovak": "sk",
        "slovene": "sl",
        "croatian": "hr",
        "serbian": "sr",
        "bulgarian": "bg",
        "russian": "ru",
        "ukrainian": "uk",
        "hungarian": "hu",
        "romanian": "ro",
        "greek": "el",
        "turkish": "tr",
        "hebrew": "he",
        "arabic": "ar",
        "farsi": "fa",
        "hindi": "hi",
        "catalan": "ca",
        "galician": "gl",
        "basque": "eu",
        "irish": "ga",
        "welsh": "cy",
        "estonian": "et",
        "latvian": "lv",
        "lithuanian": "lt",
        "latin": "la",
        "esperanto": "eo",
        "chinese": "zh",
        "japanese": "ja",
        "korean": "ko",
        "vietnamese": "vi",
    }
)
"""The languages by their names in babel, with the BCP 47 tag of each."""

_OTHER_NAMES: Final = {"usenglish": "en-US", "ukenglish": "en-GB", "austrian": "de-AT", "brazil": "pt-BR"}
_NAME_OF: Final = {tag.lower(): name for name, tag in LANGUAGES.items()}

_ORDINALS: Final = (
    "First",
    "Second",
    "Third",
    "Fourth",
    "Fifth",
    "Sixth",
    "Seventh",
    "Eighth",
    "Ninth",
    "Tenth",
)
_ENDINGS: Final = {1: "st", 2: "nd", 3: "rd"}
_NUMBER: Final = re.compile(r"[1-9]\d{0,2}", re.ASCII)
_ORDINAL: Final = re.compile(r"([1-9]\d{0,2})(?:st|nd|rd|th)", re.ASCII | re.IGNORECASE)


def written_pages(pages: str) -> str:
    """Page ranges with the two hyphens that BibTeX's styles look for.

    >>> written_pages("415-423"), written_pages("A-1-A-5"), written_pages("e12, 3-4")
    ('415--423', 'A-1--A-5', 'e12, 3--4')
    """
    return ", ".join(_page_range(part.strip()) for part in pages.split(","))


def _page_range(part: str) -> str:
    dashed = _PAGE_DASH.sub("--", part)
    if dashed != part or "-" not in part:
        return dashed
    hyphens = list(_HYPHEN.finditer(part))
    if len(hyphens) % 2 == 0:
        return part
    # Of three hyphens the middle one parts two pages that are numbered with a hyphen.
    middle = hyphens[len(hyphens) // 2]
    return f"{part[: middle.start()]}--{part[middle.end() :]}"


def read_pages(text: str) -> str:
    """Page ranges as CSL has them, with one hyphen.

    >>> read_pages("415--423,  7 --- 9")
    '415-423, 7-9'
    """
    return ", ".join(_PAGE_DASH.sub("-", part.strip()) for part in text.split(","))


def written_edition(edition: str) -> str:
    """An edition as BibTeX wants it: an ordinal in words, or a text.

    >>> written_edition("2"), written_edition("21"), written_edition("revised")
    ('Second', '21st', 'revised')
    """
    if not _NUMBER.fullmatch(edition):
        return edition
    number = int(edition)
    if number <= len(_ORDINALS):
        return _ORDINALS[number - 1]
    teens = number // 10 % 10 == 1
    return f"{number}{'th' if teens else _ENDINGS.get(number % 10, 'th')}"


def read_edition(text: str) -> str:
    """The edition's number where a text is an ordinal, else the text.

    >>> read_edition("Second"), read_edition("21st"), read_edition("revised")
    ('2', '21', 'revised')
    """
    if text.capitalize() in _ORDINALS:
        return str(_ORDINALS.index(text.capitalize()) + 1)
    found = _ORDINAL.fullmatch(text)
    return found.group(1) if found else text


def written_language(tag: str) -> str:
    """The name that babel has for a language, or the tag where it has none.

    >>> written_language("en-US"), written_language("fr-BE")
    ('american', 'fr-BE')
    """
    return _NAME_OF.get(tag.lower(), tag)


def read_language(text: str) -> str:
    """The tag of a language that is called by babel's name, or the text where babel knows none.

    >>> read_language("german"), read_language("fr-BE")
    ('de', 'fr-BE')
    """
    name = text.lower()
    return LANGUAGES.get(name) or _OTHER_NAMES.get(name, text)
