"""Several identifiers in one value, and what each is of behind it, as libraries write them."""

from __future__ import annotations

import re
from typing import Final

_BETWEEN: Final = re.compile(r"[,;\s]+(?:and\s+)?|\s*/\s+")
_QUALIFIER: Final = re.compile(r"(?<!\s)\s*\([^()\d]+\)")


def split_identifiers(text: str) -> list[str]:
    """The texts, none empty, that signs part as they part identifiers, whether or not they are such.

    >>> split_identifiers("0028-0836, 1476-4687 / 1476-4679")
    ['0028-0836', '1476-4687', '1476-4679']
    """
    return [each for each in _BETWEEN.split(text) if each]


def without_qualifiers(text: str) -> str:
    """A text without the remarks in parentheses that tell what serial numbers are of.

    >>> without_qualifiers("0-19-852663-6 (hbk), 0-262-03561-8 (pbk)")
    '0-19-852663-6 , 0-262-03561-8'
    """
    return _QUALIFIER.sub(" ", text).strip()
