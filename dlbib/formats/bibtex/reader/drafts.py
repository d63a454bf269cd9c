"""What is known of an entry while its fields are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dlbib.formats.entry_types import EVENT

if TYPE_CHECKING:
    from dlbib.formats.bibtex.reader.records import Record
    from dlbib.formats.entry_types import Fact


@dataclass(slots=True)
class Draft:
    """The attributes of an `Entry` to be; ``named`` tells which field an attribute came from."""

    record: Record
    values: dict[str, Any]
    named: dict[str, str]

    @property
    def extra(self) -> dict[str, str]:
        """What no variable holds."""
        return self.record.extra

    def add(self, attribute: str, found: tuple[object, ...]) -> None:
        """Put further values behind those that an attribute has."""
        self.values[attribute] = self.values.get(attribute, ()) + found

    def keep(self, name: str) -> None:
        """Keep a field as it was written."""
        self.record.extra[f"bibtex:{name}"] = self.record.values[name]

    def keep_beside(self, name: str, *, is_written: bool) -> None:
        """Keep a field beside the attribute that another field, or only a part of it, was read as.

        One whose name the writer has for the attribute is kept as one that stands twice, or it would not be written.
        """
        if is_written:
            self.record.keep_again(name, 2, self.record.values[name])
        else:
            self.keep(name)

    def facts(self) -> frozenset[Fact]:
        """What the choice of an entry type may depend on, but for what only a thesis's genre tells."""
        schemes = {each.scheme for each in self.values.get("identifiers", ())}
        said: dict[Fact, object] = {
            "arxiv": "arxiv" in schemes,
            "contained": self.values.get("container_title"),
            "edited": any(each.role == "editor" for each in self.values.get("contributors", ())),
            "event": any(map(self.values.get, EVENT)),
            "located": not schemes.isdisjoint(("arxiv", "doi", "url")),
            "noted": self.values.get("note"),
        }
        return frozenset(fact for fact, holds in said.items() if holds)
