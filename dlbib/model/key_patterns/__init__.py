"""Patterns that make citation keys: text with markers in brackets, ``[auth:lower][year]``.

Source: JabRef documentation, "Customize the citation key generator".
"""

from __future__ import annotations

from dlbib.model.key_patterns.pattern import KeyPattern, parse_key_pattern

__all__ = ["KeyPattern", "parse_key_pattern"]
