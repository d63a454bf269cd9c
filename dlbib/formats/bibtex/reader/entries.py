"""From the fields of an entry to an `Entry`, by the tables that the writer writes by."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from dlbib.formats.bibtex.entry_fields import ENTRY_TYPE
from dlbib.formats.bibtex.eprints import EPRINT_TYPES, address_of
from dlbib.formats.bibtex.reader.dating import issued_of, read_date, without_sort_key
from dlbib.formats.bibtex.reader.drafts import Draft
from dlbib.formats.bibtex.reader.identifying import (
    address_in,
    eprint_in,
    further_identifiers,
    identifiers_in,
)
from dlbib.formats.bibtex.reader.kinds import Values, composed, keys_in
from dlbib.formats.bibtex.reader.making import made
from dlbib.formats.bibtex.reader.people import People
from dlbib.formats.bibtex.reader.plans import plan_of
from dlbib.formats.bibtex.reader.preparing import TOGETHER, part_places, prepare
from dlbib.formats.entry_types import read_type, written_subtype, written_type
from dlbib.formats.fields import DATE_PARTS, PREFIX
from dlbib.formats.genres import is_doctoral
from dlbib.model.identifiers import plain_identifier
from dlbib.model.markup import plain
from dlbib.model.tex.decode import decode
from dlbib.model.tex.terms import STATES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dlbib.formats.bibtex.reader.dating import Issued
    from dlbib.formats.bibtex.reader.keys import Keys
    from dlbib.formats.bibtex.reader.plans import Plan, Step
    from dlbib.formats.bibtex.reader.records import Record
    from dlbib.formats.fields import Dialect
    from dlbib.model.entry import Entry
    from dlbib.model.identifiers import Identifier

_ASIDE: Final = frozenset({"date", "entrysubtype", *DATE_PARTS})
_QUALIFIED: Final = frozenset({"isbn", "issn"})
_OF_EPRINTS: Final = frozenset({"eprint", *EPRINT_TYPES})
_MANY: Final = 1 << 12


class EntryReader:
    """Makes entries of the records of one file."""

    def __init__(self, dialect: Dialect, keys: Keys) -> None:
        self._dialect: Dialect = dialect
        self._keys = keys
        self._values = Values(dialect)
        self._people = People(dialect)
        self._plans: dict[str, Plan] = {}
        self._issued = lru_cache(maxsize=_MANY)(issued_of)

    def entry(self, record: Record) -> Entry:
        """The entry; what of it can't be understood is in its ``extra`` and told of in the record."""
        if not TOGETHER.isdisjoint(record.values):
            prepare(record)
        if "address" in record.values and "location" in record.values:
            part_places(record)
        plan = self._plan(record.type)
        draft = Draft(record, {}, {})
        self._read(draft, plan)
        self._read_issued(draft)
        if not _OF_EPRINTS.isdisjoint(record.values):
            self._read_eprint_type(draft)
        csl_type = self._type(draft, plan)
        if plan.genre and "genre" not in draft.named:
            draft.values["genre"] = plan.genre
        return self._made(draft, csl_type)

    def _plan(self, entry_type: str) -> Plan:
        plan = self._plans.get(entry_type)
        if plan is None:
            plan = plan_of(entry_type if read_type(entry_type) else "", self._dialect)
            if plan.csl_type:
                self._plans[entry_type] = plan
        return plan

    @staticmethod
    def _ordered(record: Record, plan: Plan) -> Iterable[tuple[str, str]]:
        """The fields, with those first that have the best of several names for one attribute."""
        values, steps = record.values, plan.steps
        if plan.second_names.isdisjoint(values):
            return values.items()
        return sorted(values.items(), key=lambda item: step.rank if (step := steps.get(item[0])) else 0)

    def _read(self, draft: Draft, plan: Plan) -> None:
        """Read every field by itself, but for those of dates in parts."""
        steps, reads = plan.steps, self._values.of_kind
        values, named = draft.values, draft.named
        for name, text in self._ordered(draft.record, plan):
            step = steps.get(name)
            if step is None:
                if name not in _ASIDE:
                    self._keep(draft, name, text)
                continue
            attribute, kind = step.attribute, step.kind
            if not text or text.isspace():
                draft.keep(name)
            elif kind == "identifier":
                self._read_identifier(draft, step, name, text)
            elif (first := named.setdefault(attribute, name)) != name:
                if kind == "language":
                    draft.keep(name)
                elif text != draft.record.values[first]:
                    draft.keep_beside(name, is_written=step.is_written)
            elif kind in reads:
                values[attribute] = reads[kind](text)
            else:
                self._read_in_context(draft, step, name, text)

    def _read_in_context(self, draft: Draft, step: Step, name: str, text: str) -> None:
        """Read what can't be understood without the rest of the entry, or is told of there."""
        attribute, kind = step.attribute, step.kind
        if kind == "names":
            found, others = self._people.read(draft.record, name, attribute, text)
            draft.add("contributors", found)
            if others:
                draft.add("others", (attribute,))
        elif kind == "date":
            date = read_date(draft.record, name, text)
            if date is None:
                draft.keep(name)
            else:
                draft.values[attribute] = date
        elif kind == "genre":
            draft.values[attribute] = self._values.genre(text, draft.record.type)
        else:
            draft.values[attribute] = self._keys.free_aliases(draft.record, keys_in(text))

    def _read_identifier(self, draft: Draft, step: Step, name: str, text: str) -> None:
        found: tuple[Identifier, ...]
        if ordinary := plain_identifier(step.attribute, text):
            found = (ordinary,)
        elif name == "eprint":
            found = eprint_in(draft.record, text)
        elif name.startswith(PREFIX):
            found = further_identifiers(draft.record, name, step.attribute, text)
        else:
            found = identifiers_in(draft.record, name, step.attribute, text)
        if not found:
            draft.keep(name)
            return
        draft.add("identifiers", found)
        if step.attribute in _QUALIFIED and "(" in text:
            draft.keep_beside(name, is_written=True)

    def _keep(self, draft: Draft, name: str, text: str) -> None:
        """Keep what no variable holds; a variable of CSL that isn't known under its own name."""
        if name in EPRINT_TYPES:
            return
        if name.startswith(PREFIX):
            draft.extra[f"csl:{name.removeprefix(PREFIX)}"] = self._values.title(text)
            return
        if not name.isascii():
            message = "the name of the field is not ASCII, which BibTeX may refuse; it was kept; rename it"
            draft.record.warn("BIB-FIELDNAME", message, name)
        draft.keep(name)

    def _read_eprint_type(self, draft: Draft) -> None:
        """Keep the field that says whose ``eprint`` is where no identifier says it."""
        values = draft.record.values
        if "bibtex:eprint" in draft.extra or "eprint" not in values:
            for name in EPRINT_TYPES:
                if name in values:
                    draft.keep(name)
        if "url" not in values and (address := address_of(draft.extra, "bibtex:")):
            draft.add("identifiers", address_in(address))

    def _read_issued(self, draft: Draft) -> None:
        given = draft.record.values.get
        year = given("year", "")
        if "\\" in year:
            year, sort_key = without_sort_key(year)
            if sort_key and "sortyear" not in draft.record.values:
                draft.extra["bibtex:sortyear"] = sort_key
        issued = self._issued(given("date", ""), year, given("month", ""), given("day", ""))
        if issued.date is not None:
            draft.values["issued"] = issued.date
        if issued.kept or issued.remarks:
            self._report_dates(draft, issued)

    @staticmethod
    def _report_dates(draft: Draft, issued: Issued) -> None:
        for name, remark in (*issued.kept, *issued.remarks):
            given = draft.record.values.get(name, "").strip()
            draft.record.warn("BIB-DATE", f"{given!r} {remark}", name)
        for name, _ in issued.kept:
            draft.keep(name)

    def _type(self, draft: Draft, plan: Plan) -> str:
        """The CSL type; what the writer would not come back to is kept."""
        record = draft.record
        given = record.values.get("entrysubtype", "")
        subtype = decode(given, protect=False).lower() if given else ""
        if not subtype and plan.comes_back and plan.csl_type:
            return plan.csl_type
        facts = draft.facts()
        csl_type = read_type(record.type, facts, subtype) if plan.is_factual or subtype else plan.csl_type
        if csl_type is None:
            message = (
                f"nobody has a type {record.block.type!r}; it was read as a document; see BibLaTeX's manual"
            )
            record.warn("BIB-TYPE", message)
            draft.extra[ENTRY_TYPE] = record.block.type
            csl_type = "document"
        if is_doctoral(draft.values.get("genre") or plan.genre):
            facts |= {"doctoral"}
        if subtype and written_subtype(record.type, csl_type, facts) != subtype:
            draft.keep("entrysubtype")
        if plan.csl_type and written_type(csl_type, facts, self._dialect) != record.type:
            draft.extra[ENTRY_TYPE] = record.type
        return csl_type

    def _made(self, draft: Draft, csl_type: str) -> Entry:
        values, record = draft.values, draft.record
        if (
            csl_type == "article"
            and values.get("status") == STATES["prepublished"]
            and record.type == "online"
        ):
            del values["status"]
        medium = draft.named.get("medium")
        if medium and "url" not in record.values and (found := address_in(record.values[medium])):
            draft.add("identifiers", found)
            del values["medium"]
            medium = None
        values["key"] = composed(record.block.key)
        values["type"] = csl_type
        entry = made(values, record.extra)
        return self._without_implied(entry, draft) if medium or "bibtex:key" in record.extra else entry

    def _without_implied(self, entry: Entry, draft: Draft) -> Entry:
        """The entry without the fields that only repeat, for BibTeX's sake, what others say.

        Which of the others the writer chose may have changed, if a field of the file's own stands there now.
        """
        arxiv = f"arXiv:{found.value}" if (found := entry.identifier("arxiv")) else None
        places = (arxiv, entry.container_title, entry.publisher)
        labels = ("", entry.title, entry.title_short, entry.publisher, entry.container_title, entry.key)
        extra = dict(entry.extra)
        if _is_any(extra.get("bibtex:key"), labels) and not entry.authors:
            del extra["bibtex:key"]
        repeats = draft.record.type == "misc" and _is_any(entry.medium, places)
        return entry.replace(extra=extra, medium=None if repeats else entry.medium)


def _is_any(text: str | None, others: tuple[str | None, ...]) -> bool:
    """Whether a field says what one of the others does, whatever marks it up."""
    if text is None:
        return False
    said = " ".join(plain(decode(text, protect=False)).split())
    return any(other is not None and " ".join(plain(other).split()) == said for other in others)
