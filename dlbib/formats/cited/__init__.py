"""Documents to the keys that they cite: ``.tex``, and the ``.aux`` and ``.bcf`` that LaTeX makes of it."""

from __future__ import annotations

from dlbib.formats.cited.citations import Citation, Citations, Place
from dlbib.formats.cited.documents import cited

__all__ = ["Citation", "Citations", "Place", "cited"]
