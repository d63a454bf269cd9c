"""The languages by the names that babel, polyglossia and BibLaTeX have for them, and by their tags.

Source: the babel user guide, section 1.25; the polyglossia manual, section 2.1; BibLaTeX manual, section 2.3.2
("langid", "langidopts") and 4.9.2.18 (language keys); BCP 47.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

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
        "afrikaans": "af",
        "albanian": "sq",
        "amharic": "am",
        "armenian": "hy",
        "asturian": "ast",
        "belarusian": "be",
        "bengali": "bn",
        "bosnian": "bs",
        "breton": "br",
        "burmese": "my",
        "georgian": "ka",
        "indonesian": "id",
        "interlingua": "ia",
        "kazakh": "kk",
        "khmer": "km",
        "kurmanji": "ku",
        "lao": "lo",
        "macedonian": "mk",
        "malay": "ms",
        "malayalam": "ml",
        "maltese": "mt",
        "marathi": "mr",
        "mongolian": "mn",
        "nepali": "ne",
        "occitan": "oc",
        "sanskrit": "sa",
        "scottish": "gd",
        "sinhala": "si",
        "swahili": "sw",
        "tamil": "ta",
        "telugu": "te",
        "thai": "th",
        "tibetan": "bo",
        "turkmen": "tk",
        "urdu": "ur",
        "ancientgreek": "grc",
        "lowersorbian": "dsb",
        "uppersorbian": "hsb",
    }
)
"""The languages by one name each, with the BCP 47 tag of each."""

_OTHER_NAMES: Final = {
    "acadian": "fr-CA",
    "austrian": "de-AT",
    "bahasa": "id",
    "bahasai": "id",
    "bahasam": "ms",
    "brazil": "pt-BR",
    "francais": "fr",
    "frenchb": "fr",
    "germanb": "de",
    "lsorbian": "dsb",
    "magyar": "hu",
    "norwegian": "no",
    "persian": "fa",
    "polutonikogreek": "el",
    "portuges": "pt",
    "portugues": "pt",
    "samin": "se",
    "serbianc": "sr-Cyrl",
    "slovenian": "sl",
    "swissgerman": "de-CH",
    "ukenglish": "en-GB",
    "usenglish": "en-US",
    "usorbian": "hsb",
}
_NAME_OF: Final = {tag.lower(): name for name, tag in LANGUAGES.items()}

_VARIANTS: Final[Mapping[tuple[str, str], str]] = MappingProxyType(
    {
        ("english", "american"): "american",
        ("english", "us"): "american",
        ("english", "usmax"): "american",
        ("english", "british"): "british",
        ("english", "uk"): "british",
        ("english", "australian"): "australian",
        ("english", "newzealand"): "newzealand",
        ("french", "canadian"): "canadien",
        ("german", "austrian"): "naustrian",
        ("german", "swiss"): "nswissgerman",
        ("portuguese", "brazilian"): "brazilian",
        ("spanish", "mexican"): "mexican",
    }
)


def written_language(tag: str) -> str:
    """The name that babel has for a language, or the tag where it has none; RIS calls some by their names.

    >>> written_language("en-US"), written_language("fr-BE"), written_language("English")
    ('american', 'fr-BE', 'english')
    """
    return _NAME_OF.get(read_language(tag).lower(), tag)


def read_language(text: str) -> str:
    """The tag of a language that is called by a name or a key of BibLaTeX's, else the text.

    >>> read_language("german"), read_language("langfrench"), read_language("fr-BE")
    ('de', 'fr', 'fr-BE')
    """
    name = text.lower().removeprefix("lang")
    return LANGUAGES.get(name) or _OTHER_NAMES.get(name, text)


def variant_of(language: str, options: str) -> str | None:
    """The name of the variant that options such as ``variant=british`` pick of a language.

    >>> variant_of("english", "variant=uk")
    'british'
    """
    for option in options.lower().split(","):
        name, _, value = option.partition("=")
        if name.strip() == "variant":
            return _VARIANTS.get((language.lower(), value.strip(" {}")))
    return None
