"""Dates as BibLaTeX and CSL use them: EDTF, levels 0 and 1.

Source: Library of Congress, "Extended Date/Time Format (EDTF) Specification" (2019), levels 0 and 1;
BibLaTeX manual, section 2.3.8; CSL 1.0.2, "Dates".
"""

from __future__ import annotations

from dlbib.model.dates.date import Date
from dlbib.model.dates.fields import FieldDate, date_of_fields, date_of_words
from dlbib.model.dates.point import Point

__all__ = ["Date", "FieldDate", "Point", "date_of_fields", "date_of_words"]
