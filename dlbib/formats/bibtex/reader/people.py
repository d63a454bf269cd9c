"""The names in an entry's fields, each read once in a file however often it stands there."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Final

from dlbib.errors import quoted
from dlbib.model.entry import Contributor
from dlbib.model.names import Name, split_names
from dlbib.model.names.interpretation import interpret
from dlbib.model.names.name import plain_name
from dlbib.model.tex.decode import decode

if TYPE_CHECKING:
    from dlbib.formats.bibtex.reader.records import Record
    from dlbib.formats.fields import Dialect

_MANY: Final = 1 << 15
_USES_NO_PREFIX: Final = re.compile(r"(?:^|,)\s*useprefix\s*=\s*false", re.IGNORECASE)

_SAID: Final = {
    "NAME-BRACES": "has a brace without partner; it was kept as it is; mend it",
    "NAME-COMMAS": "has a comma too many, or nothing beside one; it was kept; write 'Family, Jr, Given'",
    "NAME-EMPTY": "has nothing beside an 'and'; that was left out; write a name there",
    "NAME-OPTIONS": "says more of a name than its parts; the rest was left out; see 'family', 'given', 'prefix'",
    "NAME-SUSPECT": "looks like several names; it was kept as one; part them by ' and '",
}


class People:
    """Reads lists of names in one dialect."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._known: dict[str, dict[str, Contributor]] = {}
        self._decode = partial(decode, protect=False)

    def read(self, record: Record, field: str, role: str, text: str) -> tuple[tuple[Contributor, ...], bool]:
        """The contributors in a field, and whether there are others besides."""
        split = split_names(text)
        known = self._known.setdefault(role, {})
        options = record.values.get("options")
        useprefix = options is None or _USES_NO_PREFIX.search(options) is None
        if not useprefix:
            known = {}  # of names that are read otherwise
        found: list[Contributor] = []
        for each in split.texts:
            contributor = known.get(each) or self._new(record, field, role, each, useprefix=useprefix)
            if contributor is not None:
                found.append(contributor)
        for oddity in split.oddities:
            record.warn(oddity.code, f"{_shown(text)} {_SAID[oddity.code]}", field)
        return tuple(found), split.others

    def _new(
        self, record: Record, field: str, role: str, text: str, *, useprefix: bool
    ) -> Contributor | None:
        plain = plain_name(text, self._decode)
        if plain is not None:
            return self._remembered(role, text, plain)
        said = interpret(text, self._dialect, self._decode, useprefix=useprefix)
        name = Name(*said[:-1])
        oddity = said.oddity or ("NAME-EMPTY" if name == _NOBODY else None)
        if oddity is not None:
            record.warn(oddity, f"{_shown(text)} {_SAID[oddity]}", field)
        if name == _NOBODY:
            return None
        is_said_again = oddity is None and useprefix
        return self._remembered(role, text, name) if is_said_again else Contributor(role, name)

    def _remembered(self, role: str, text: str, name: Name) -> Contributor:
        known = self._known[role]
        if len(known) >= _MANY:
            known.clear()
        contributor = known[text] = Contributor(role, name)
        return contributor


_NOBODY: Final = Name()
_ENOUGH: Final = 120
"""What a message shows of a name is within so many letters, however many there are."""


def _shown(text: str) -> str:
    return quoted(" ".join(text[:_ENOUGH].split()))
