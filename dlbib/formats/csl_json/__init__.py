"""CSL-JSON, the exchange format of citation processors, both ways.

Source: citation-style-language/schema, ``csl-data.json`` 1.0.2.
"""

from __future__ import annotations

from dlbib.formats import Format
from dlbib.formats.csl_json.reader import parse
from dlbib.formats.csl_json.writer import render

FORMATS = (Format("csl-json", "CSL-JSON", (".json",), parse, render),)
