"""What is known of an entry while its fields are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dlbib.formats.entry_types import EVENT

if TYPE_CHECKING:
    from dlbib.formats.bibtex.reader.records import Record
    from dlbib.formats.entry_types import Fact
    from dlbib.model.entry import Contributor
    from dlbib.model.identifiers import Identifier


@dataclass(slots=True)
class Draft:
    """The attributes of an `Entry` to be; ``named`` tells which field an attribute came from."""

    record: Record
    values: dict[str, Any] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)
    contributors: list[Contributor] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)
    extra: dict[str, str] = field(default_factory=dict)

    def keep(self, name: str) -> None:
        """Keep a field as it was written."""
        self.extra[f"bibtex:{name}"] = self.record.values[name]

    def facts(self) -> frozenset[Fact]:
        """What the choice of an entry type may depend on, but for what only a thesis's genre tells."""
        schemes = {each.scheme for each in self.identifiers}
        said: dict[Fact, object] = {
            "arxiv": "arxiv" in schemes,
            "contained": self.values.get("container_title"),
            "edited": any(each.role == "editor" for each in self.contributors),
            "event": any(map(self.values.get, EVENT)),
            "located": not schemes.isdisjoint(("arxiv", "doi", "url")),
            "noted": self.values.get("note"),
        }
        return frozenset(fact for fact, holds in said.items() if holds)
