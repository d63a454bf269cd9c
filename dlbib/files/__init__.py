"""Files: what ships with dlbib, texts read with care, and texts written whole or not at all."""

from __future__ import annotations

from dlbib.files.reading import MAX_BYTES, as_text, encoding_of_files, marked_encoding, open_bytes, open_text
from dlbib.files.shipping import shipped
from dlbib.files.writing import write_atomically

__all__ = [
    "MAX_BYTES",
    "as_text",
    "encoding_of_files",
    "marked_encoding",
    "open_bytes",
    "open_text",
    "shipped",
    "write_atomically",
]
