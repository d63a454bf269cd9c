"""Entries made of values that are known to be right.

Checking an `Entry` takes a fifth of the time that reading it takes. The reader makes only values that
pass, so it sets them without; a property test holds it to that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dlbib.model.entry import NOTHING_EXTRA, ROLES, Entry, Verbatim

if TYPE_CHECKING:
    from collections.abc import Mapping

_DEFAULTS: Final[dict[str, Any]] = {name: field.default for name, field in Entry.model_fields.items()}


def made(values: dict[str, Any], extra: Mapping[str, str]) -> Entry:
    """The entry of ``values``, as the constructor would make it; texts have to be composed (NFC)."""
    given = _DEFAULTS | values
    given["extra"] = Verbatim(extra) if extra else NOTHING_EXTRA
    for name in ("identifiers", "keywords", "aliases"):
        if name in values and len(found := values[name]) > 1:
            given[name] = tuple(dict.fromkeys(found))
    if others := values.get("others"):
        given["others"] = tuple(sorted(set(others), key=ROLES.index))
    entry, put = Entry.__new__(Entry), object.__setattr__
    put(entry, "__dict__", given)
    put(entry, "__pydantic_fields_set__", {"extra", *values})
    put(entry, "__pydantic_extra__", None)
    put(entry, "__pydantic_private__", None)
    return entry
