"""RIS, the tagged format of Reference Manager, EndNote and most databases, both ways.

Source: "RIS Format Specifications", Reference Manager 12.
"""

from __future__ import annotations

import re

from dlbib.formats import Format
from dlbib.formats.ris.reader import parse
from dlbib.formats.ris.revising import revised
from dlbib.formats.ris.writer import render

__all__ = ["FORMATS", "parse", "render"]

_SIGN = re.compile(r"^[^\S\r\n]*TY[^\S\r\n]{0,3}-", re.MULTILINE | re.IGNORECASE)

FORMATS = (Format("ris", "RIS", (".ris",), parse, render, sign=_SIGN, revised=revised),)
