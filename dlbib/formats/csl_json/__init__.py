"""CSL-JSON, the exchange format of citation processors, both ways.

Every entry is written as an item that CSL's schema admits, and comes back equal: what CSL can't hold of it
stands in ``custom.dlbib`` (see `dlbib.formats.csl_json.custom`). What an entry can't hold of an item stands
in its ``extra``, as JSON by the name ``csl:<member>``, and is written to its place again.

The codes of problems: ``CSL-SHAPE`` and ``CSL-EMPTY`` of the whole text; ``CSL-ITEM``, ``CSL-NOKEY``,
``CSL-NOTYPE``, ``CSL-DUPKEY``, ``CSL-DEPTH`` and ``CSL-CHARACTER`` of items that are set aside; ``CSL-SAMEKEY`` of
those that are skipped; ``CSL-CASEKEY``, ``CSL-TYPE``, ``CSL-NAME``, ``CSL-VALUE``, ``CSL-REPEATED`` and
``CSL-CUSTOM`` of those that are read with a warning.

Source: citation-style-language/schema, ``csl-data.json`` 1.0.2.
"""

from __future__ import annotations

import re

from dlbib.formats import Format
from dlbib.formats.csl_json.reader import parse
from dlbib.formats.csl_json.revising import revised
from dlbib.formats.csl_json.scanner import place_in
from dlbib.formats.csl_json.writer import render

_SIGN = re.compile(r"\A\s*(?:\[\s*(?:[\[\]{\"]|\Z)|\{\s*(?:[}\"]|\Z))")

FORMATS = (
    Format(
        "csl-json",
        "CSL-JSON",
        (".json",),
        parse,
        render,
        sign=_SIGN,
        kind="JSON",
        place_in=place_in,
        revised=revised,
    ),
)
