"""CSL-JSON to entries.

A text that is no JSON is refused with line and column; an item that can't be an entry is set aside, and
the others are read. Texts stay as they are, with their markup, and with the lines of a ``note`` that look
like variables.

Source: citation-style-language/schema, ``csl-data.json`` 1.0.2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from dlbib.formats import Parsed
from dlbib.formats.csl_json.custom import MEMBER, read_custom
from dlbib.formats.csl_json.draft import Draft
from dlbib.formats.csl_json.members import MADE_UP_ID, said_members
from dlbib.formats.csl_json.scanner import Item, member_position, scan
from dlbib.formats.csl_json.values import (
    MAX_DEPTH,
    Json,
    Number,
    bad_character,
    encode,
    is_encodable,
    is_shallow,
)
from dlbib.formats.csl_json.variables import IDENTIFIERS
from dlbib.formats.fields import csl_name
from dlbib.model.entry import DATES, ROLES, Entry
from dlbib.model.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from dlbib.model.problems import Severity

_VARIABLES_OF: Final[dict[str, tuple[str, ...]]] = {
    "contributors": tuple(csl_name(role) for role in ROLES),
    "identifiers": (*IDENTIFIERS, "number"),
    "keywords": ("keyword",),
    "number": ("number",),
    **{date: (csl_name(date),) for date in DATES},
}
"""The variables that say what an attribute in ``custom`` says more exactly."""


def parse(stream: TextIO, source: str) -> Iterator[Parsed]:
    """The items of a text, in order, reading no further than it has to.

    The second item of a key is set aside; keys that differ only in case are warned of. Raises
    `ParseError` for a text that is no JSON, or holds no items.
    """
    seen = _Keys()
    index = -1
    for index, item in enumerate(scan(stream, source)):
        reader = _ItemReader(item, index, source)
        entry = reader.entry()
        yield seen.checked(entry, reader)._replace(problems=tuple(reader.problems))
    if index < 0:
        problem = Problem("CSL-EMPTY", "there are no items in it; nothing was read", "warning", source, 1, 1)
        yield Parsed(None, line=1, problems=(problem,))


class _ItemReader:
    """One item on its way to an entry, and the problems met on it."""

    def __init__(self, item: Item, index: int, source: str) -> None:
        self.problems: list[Problem] = []
        self.item = item
        self._index = index
        self._source = source
        self._key = ""
        if item.remark:
            self.report("CSL-SHAPE", item.remark, "warning")

    def report(self, code: str, message: str, severity: Severity = "error", field: str = "") -> None:
        """Add a problem; that of a ``field`` stands where its member does."""
        line, column = self.item.line, self.item.column
        if field:
            lines, columns = member_position(self.item.raw, field)
            line, column = line + lines, columns + (0 if lines else column)
        self.problems.append(Problem(code, message, severity, self._source, line, column, self._key, field))

    @property
    def has_key(self) -> bool:
        """Whether the item names its key."""
        return bool(self._key)

    def entry(self) -> Entry | None:
        """The entry that the item is; ``None`` when it is set aside, as ``problems`` then tell."""
        members = self.item.value
        if not isinstance(members, dict):
            kind = {list: "a list", str: "a text", Number: "a number", bool: "a truth value"}
            what = kind.get(type(members), "null")
            self.report(
                "CSL-ITEM",
                f"item [{self._index}] is {what}, not an object; set aside; make it one, or remove it",
            )
            return None
        self._key = _key(members)
        return self._read(members) if self._is_sound(members) and self._is_typed(members) else None

    def _is_sound(self, members: dict[str, Json]) -> bool:
        raw = self.item.raw
        if raw.count("[") + raw.count("{") > MAX_DEPTH and not is_shallow(members):
            self.report(
                "CSL-DEPTH", f"it is nested deeper than {MAX_DEPTH} levels; set aside; CSL needs four"
            )
            return False
        bad = bad_character(members) if "\\u" in raw or not is_encodable(raw) else ""
        if bad:
            what = "a NUL" if bad == "\0" else "half a surrogate pair"
            self.report(
                "CSL-CHARACTER", f"it holds {what}, \\u{ord(bad):04x}; set aside; remove that character"
            )
        return not bad

    def _is_typed(self, members: dict[str, Json]) -> bool:
        if not self._key:
            self.report("CSL-NOKEY", f"item [{self._index}] has no id; set aside; give it one")
        elif not members.get("type"):
            self.report(
                "CSL-NOTYPE", "it has no type; set aside; give it one of CSL's, such as article-journal"
            )
        return bool(members.get("type"))

    def _read(self, members: dict[str, Json]) -> Entry:
        draft = Draft(members).read()
        draft.values["key"] = self._key
        self._keep_ids(draft, members)
        if "custom" in members:
            self._refine(draft, members)
        for code, member, what in draft.complaints:
            self.report(code, what, "warning", member)
        if draft.extra:
            draft.values["extra"] = draft.extra
        return Entry(**draft.values)

    def _keep_ids(self, draft: Draft, members: dict[str, Json]) -> None:
        """Keep what ``id`` and ``citation-key`` say beside the key."""
        for name in ("id", "citation-key"):
            value = members.get(name)
            if value is not None and (not isinstance(value, str) or value != self._key):
                draft.keep(name, value)

    def _refine(self, draft: Draft, members: dict[str, Json]) -> None:
        """Take the exact values in ``custom``, as far as they say what the variables do; keep the rest."""
        custom = rest = members["custom"]
        if isinstance(custom, dict) and isinstance(exact := custom.get(MEMBER), dict):
            unused = _refined(draft, members, exact)
            rest = {name: value for name, value in custom.items() if name != MEMBER}
            if unused:
                rest = {**rest, MEMBER: unused}
                names = ", ".join(unused)
                what = f"its {MEMBER} contradicts the item, or can't be read, in: {names}; not used, and kept as it is"
                draft.complain("CSL-CUSTOM", "custom", what)
        if rest:
            draft.keep("custom", rest)


def _refined(draft: Draft, members: dict[str, Json], exact: dict[str, Json]) -> dict[str, Json]:
    """Put ``exact`` values into ``draft``; gives those that don't fit.

    A variable that somebody changed by hand counts more than what was once written beside it.
    """
    values, unused = read_custom(exact)
    extra = values.pop("extra", {})
    refuted = _refuted(draft, members, values) if not _VARIABLES_OF.keys().isdisjoint(values) else []
    if "key" in values and not MADE_UP_ID.fullmatch(draft.values["key"]):
        refuted.append("key")
    for attribute in refuted:
        unused[attribute] = exact[attribute]
        del values[attribute]
    draft.values.update(values)
    for name, text in extra.items():
        draft.keep_text(name, text)
    return unused


def _refuted(draft: Draft, members: dict[str, Json], values: dict[str, Any]) -> list[str]:
    """The attributes whose exact ``values`` would be written otherwise than the item has them."""
    whole = {**draft.values, **values}
    refined = [attribute for attribute in values if attribute in _VARIABLES_OF]
    written = said_members({name: whole[name] for name in (*refined, "type", "number") if name in whole})
    names = [name for attribute in refined for name in _VARIABLES_OF[attribute]]
    if all(_is_same(written.get(name), members.get(name)) for name in names):
        return []
    said = Draft({**written, "type": whole["type"]}).read().values
    return [attribute for attribute in refined if said.get(attribute) != draft.values.get(attribute)]


def _is_same(written: Json, given: Json) -> bool:
    return written == given or encode(written) == encode(given)


def _key(members: dict[str, Json]) -> str:
    """The citation key: what ``citation-key`` says, else ``id``; empty when neither says anything."""
    for name in ("citation-key", "id"):
        value = members.get(name)
        if isinstance(value, str) and value.strip():
            return str(value)
    return ""


class _First(NamedTuple):
    key: str
    line: int
    content: int


class _Keys:
    """The keys of a file, each with the line of its first item and a hash of what that held."""

    def __init__(self) -> None:
        self._first: dict[str, _First] = {}
        self._folded: dict[str, _First] = {}

    def checked(self, entry: Entry | None, reader: _ItemReader) -> Parsed:
        """What was read of an item: ``entry``, unless it has no key, or one that is taken."""
        item = reader.item
        nothing = Parsed(None, item.raw, item.line, column=item.column)
        if entry is None:
            return nothing
        if not reader.has_key:
            return nothing._replace(unkeyed=entry)
        if not entry.key.strip():
            return nothing._replace(entry=entry)
        new = _First(entry.key, reader.item.line, hash(entry))
        first = self._first.setdefault(new.key, new)
        namesake = self._folded.setdefault(new.key.casefold(), new)
        if first is not new:
            is_same = _report_taken(first, new, reader)
            return nothing._replace(unkeyed=None if is_same else entry, repeats=is_same)
        if namesake is not new:
            message = f"differs only in case from the key {namesake.key!r} of line {namesake.line}; kept; rename one"
            reader.report("CSL-CASEKEY", message, "warning")
        return nothing._replace(entry=entry)


def _report_taken(first: _First, new: _First, reader: _ItemReader) -> bool:
    """Tell of an item whose key is another's; True when the other says the same."""
    if first.content == new.content:
        reader.report("CSL-SAMEKEY", f"the same item stands in line {first.line} already; skipped", "warning")
    else:
        message = f"another item in line {first.line} has the same id; set aside; give one of them another"
        reader.report("CSL-DUPKEY", message)
    return first.content == new.content
