"""The words that citation keys are made of: a text's, in plain ASCII letters."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from anyascii import anyascii

from dlbib.model.markup import plain, tokens

# Articles, pronouns, prepositions, conjunctions and auxiliary verbs that titles begin with, in the letters
# that transliteration leaves. Left out are those that are a word of weight in another of the languages
# (French "car", Spanish "sin", Dutch "door", Italian "come").
_ENGLISH: Final = """
    a about after all an and any are as at be been before between but by can could do does for from had has
    have how i if in into is it its may must no nor not of off on onto or our over shall should so some than
    that the their them then there these they this those through to toward towards under up upon via was we
    were what when where whether which while who whom whose why will with within without would you your
"""
_GERMAN: Final = """
    als am an auf aus bei beim bis das dass dem den der des die durch ein eine einem einen einer eines fur
    gegen ihr im in ins ist mit nach nicht oder ohne sein seine sich sind uber um und unter vom von vor was
    wenn wer wie wird zu zum zur zwischen
"""
_FRENCH: Final = """
    a au aux avec ce ces cette chez comme dans de des du elle en entre est et il ils je la le les leur leurs
    mais ne nos notre nous ou par pas pour qu que quel quelle quelles quels qui sa sans se ses si sous sur un
    une vers vos votre vous
"""
_SPANISH: Final = """
    al como con cual cuando de del desde donde el ella en entre es esta este hacia hasta la las lo los mi no
    nos o para pero por que se segun si sobre su sus tras tu u un una unas unos y
"""
_ITALIAN: Final = """
    a ad agli ai al alla alle allo chi che con cui da dagli dai dal dalla dalle dallo de degli dei del della
    delle dello di e ed fra gli i il in la le lo ma nei nel nella nelle nello o per quale se su sugli sui sul
    sulla sulle tra un una uno verso
"""
_DUTCH: Final = """
    aan als bij dat de deze die dit een en haar het hoe hun ik in is met naar niet of om onder onze op te
    tegen ten ter tot tussen uit van voor waar wat wie wij zijn zonder
"""
_PORTUGUESE: Final = """
    a ao aos as com como da das de do dos e em entre esta este na nas no nos o os ou para pela pelas pelo
    pelos por que quem se sem sob sobre sua um uma umas uns
"""
_FUNCTION_WORDS: Final = frozenset(
    word
    for words in (_ENGLISH, _GERMAN, _FRENCH, _SPANISH, _ITALIAN, _DUTCH, _PORTUGUESE)
    for word in words.split()
)

_COMMAND = re.compile(r"\\[A-Za-z]+")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_SIGNS = str.maketrans("", "", "'\"`^")
_ELIDED = re.compile(r"(?<![a-z0-9])(?:[cdjlmnst]|qu|un|[dns]?[aeu]ll|quest)'(?=[a-z0-9])", re.IGNORECASE)
# A word of one letter keeps what a hyphen ties to it: "k-means", "U-Net".
_WORD = re.compile(r"[A-Za-z0-9]-[A-Za-z0-9]+|[A-Za-z0-9]+")


def words(text: str) -> list[str]:
    """The words of a text in ASCII letters and digits, in order, without markup, math and TeX commands.

    Other scripts are transliterated; apostrophes and elided articles are gone.
    """
    return [word.replace("-", "") for word in _WORD.findall(latin(_unmarked(text)))]


@lru_cache(1 << 12)  # the same people write again and again
def name_word(text: str) -> str:
    """A part of a name as one word."""
    return "".join(_WORD.findall(latin(text))).replace("-", "")


def weighty_words(text: str) -> list[str]:
    """The `words` of a text that are no function words, in order."""
    ascii_text = latin(_unmarked(text))
    found = [word.replace("-", "") for word in _WORD.findall(ascii_text)]
    return [word for word in found if not is_function_word(word) or _is_acronym(word, ascii_text)]


def is_function_word(word: str) -> bool:
    """Whether a word is an article, a preposition or the like, in one of seven languages."""
    return word.lower() in _FUNCTION_WORDS


def _is_acronym(word: str, text: str) -> bool:
    """Whether capitals tell ``word`` apart in ``text``, as in "MIT Press" and "WHO guidelines"."""
    return len(word) > 1 and word.isupper() and not text.isupper()


def _unmarked(text: str) -> str:
    """``text`` without markup, math and what is left of LaTeX."""
    if "$" in text:
        pieces = (
            token.text if token.kind == "text" else " "
            for token in tokens(text)
            if token.kind in {"text", "math"}
        )
        text = "".join(pieces)
    else:
        text = plain(text)
    return _COMMAND.sub(" ", text) if "\\" in text else text


def latin(text: str) -> str:
    """``text`` in ASCII; apostrophes and elided articles are gone."""
    if not text.isascii():
        straight = text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
        # Signs that stand for letters of other scripts, such as "'" for a soft sign, part no words.
        text = _NOT_ASCII.sub(lambda letters: anyascii(letters.group()).translate(_SIGNS), straight)
    return _ELIDED.sub(" ", text).replace("'", "") if "'" in text else text
