"""Reading lists: YAML files of papers and resources in order, under headings.

The shape is in `dlbib.formats.reading_list.shape`; ``docs/howto/add-a-reading-list.md`` tells how to
write one. A file is taken whole or not at all, and everything that is wrong with it is told at once.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dlbib.formats.reading_list.reading import MAX_BYTES, parse, read

__all__ = ["MAX_BYTES", "parse", "read"]


if not TYPE_CHECKING:  # or every name would pass for one that is there

    def __getattr__(name: str) -> Any:  # noqa: ANN401  # as a module's attributes are
        # Whoever asks which formats there are comes by here, and needs neither YAML nor the shapes.
        if name in __all__:
            return getattr(importlib.import_module("dlbib.formats.reading_list.reading"), name)
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
