"""Records of files into a library: many at once, each where it belongs."""

from __future__ import annotations

from dlbib.store.importing.arrivals import Arrival, Arrived, Outcome, Remark
from dlbib.store.importing.importer import Importer

__all__ = ["Arrival", "Arrived", "Importer", "Outcome", "Remark"]
