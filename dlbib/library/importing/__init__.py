"""Files into a library: what is asked for, what came of it, and the way from the one to the other."""

from __future__ import annotations

from dlbib.library.importing.keeping import AsideRecord
from dlbib.library.importing.reports import FileReport, ImportReport
from dlbib.library.importing.wishes import Duplicates, Given, Wishes

__all__ = ["AsideRecord", "Duplicates", "FileReport", "Given", "ImportReport", "Wishes"]
