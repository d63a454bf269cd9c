"""The numbers of parts, volumes and editions, in whichever form they are written."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from dlbib.model.identity.lettering import REMEMBERED, spelt

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dlbib.model.identity.titles import Title

_NUMERALS: Final = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx"
_ROMAN: Final[Mapping[str, str]] = {
    numeral: str(value) for value, numeral in enumerate(_NUMERALS.split(), start=1)
}
_SPELT_NUMBERS: Final[Mapping[str, str]] = {
    word: str(value)
    for value, words in enumerate(
        (
            "one first erster erste premier premiere primera prima",
            "two second zweiter zweite deuxieme seconde segunda seconda",
            "three third dritter dritte troisieme tercera terza", "four fourth vierter vierte quatrieme",
            "five fifth funfter funfte", "six sixth sechster sechste", "seven seventh", "eight eighth",
            "nine ninth", "ten tenth",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
_COUNTED: Final = (
    r"part|pt|volume|vol|book|band|bd|teil|tome|tomo|tom|parte|partie|chapter|number|no|nr|issue|session|"
    r"lecture|episode|edition|phase|task|track|report|version|release|section|appendix|paper|act|series"
)
_WORD: Final = re.compile(r"[^\W_]+")
_COUNTED_WORD: Final = re.compile(rf"(?:{_COUNTED})\Z")
_NUMBER: Final = re.compile(r"[0-9]+")
_LETTERED_NUMBER: Final = re.compile(r"(?P<digits>[0-9]+)(?:(?P<letter>[A-Za-z])\b)?")


@lru_cache(REMEMBERED)
def numbers(title: Title) -> tuple[str, ...]:
    """The numbers in a title, sorted: of parts, volumes, years and models, in whichever form.

    A numeral that could be a word ("I", "one") counts beside "Part" and its like, or at the end.

    >>> from dlbib.model.identity.titles import title_of
    >>> numbers(title_of("On Words, Part II")), numbers(title_of("I see GPT-3"))
    (('2',), ('3',))
    """
    words = [spelt(word) for word in _WORD.findall(title.text.casefold())]
    found: list[str] = []
    for place, word in enumerate(words):
        beside = (*words[max(place - 1, 0) : place], *words[place + 1 : place + 2])
        counted = any(_COUNTED_WORD.match(each) for each in beside)
        found += _numbers_in(word, may_be_numeral=counted or place in {len(words) - 1} - {0})
    return tuple(sorted(found))


def number_in(text: str) -> str:
    """The first number in ``text``, of a volume or an edition, with a letter that follows; empty if there is none.

    >>> number_in("2nd"), number_in("Second edition"), number_in("4A"), number_in("Band II"), number_in("new")
    ('2', '2', '4a', '2', '')
    """
    if found := _LETTERED_NUMBER.search(text):
        return f"{found['digits'].lstrip('0') or '0'}{(found['letter'] or '').lower()}"
    words = [spelt(word) for word in _WORD.findall(text.casefold())]
    return next(
        (
            _ROMAN.get(word) or _SPELT_NUMBERS[word]
            for word in words
            if word in _ROMAN or word in _SPELT_NUMBERS
        ),
        "",
    )


def _numbers_in(word: str, *, may_be_numeral: bool) -> list[str]:
    if digits := _NUMBER.findall(word):
        return [each.lstrip("0") or "0" for each in digits]
    if word in _ROMAN and (may_be_numeral or (len(word) > 1 and word not in {"mi", "vi", "xi"})):
        return [_ROMAN[word]]
    return [_SPELT_NUMBERS[word]] if may_be_numeral and word in _SPELT_NUMBERS else []
