"""Names of people and organisations as CSL has them, and the texts they are read from and written to.

Source: CSL 1.0.2, "Names"; Oren Patashnik, "BibTeXing", section 4; BibLaTeX manual, section 3.14.
"""

from __future__ import annotations

from dlbib.model.names.grammar import Dialect, NameParts, name_parts
from dlbib.model.names.interpretation import Decode, OddityCode
from dlbib.model.names.lists import NameList, Oddity, SplitNames, parse_names, split_names
from dlbib.model.names.name import Name
from dlbib.model.names.rendering import bibtex_form, bibtex_names

__all__ = [
    "Decode",
    "Dialect",
    "Name",
    "NameList",
    "NameParts",
    "Oddity",
    "OddityCode",
    "SplitNames",
    "bibtex_form",
    "bibtex_names",
    "name_parts",
    "parse_names",
    "split_names",
]
