"""What an export writes: the chosen works, under the keys they are cited by, with the parents they need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, cast

from dlbib.files.paths import shown
from dlbib.formats.writing import How, written
from dlbib.library.choosing import Choice, Filters
from dlbib.model.citekeys import key_fingerprint
from dlbib.model.entry import Entry
from dlbib.model.problems import Problem
from dlbib.model.versions import WITHDRAWN

if TYPE_CHECKING:
    from dlbib.formats import Format, Keeps
    from dlbib.formats.cited import Citation, Citations

Find = Callable[[Iterable[str]], Mapping[str, Entry]]
"""Gives the work for each of some keys (of today or older, any case); a key nobody has is left out."""

_PARENTS: Final = ("bibtex:crossref", "bibtex:xdata")
_MAX_GENERATIONS: Final = 10


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written: the keys in order, and the problems met.

    A citation that the library lacks is a problem of severity ``error``; the rest is written all the same.
    """

    keys: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """The entries to write, in order, and the problems met while choosing them.

    ``copies`` stand under the other keys by which a document cites the same works, for formats in
    which an entry has one key.
    """

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...] = ()
    copies: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Answers:
    """What a library answers while works are chosen.

    ``works`` are those that filters (and a query, which it knows) choose. ``aside`` tells what is wrong with what was
    set aside under a key, by the key's fingerprint.
    """

    find: Find
    works: Callable[[Mapping[str, object]], Sequence[Entry]]
    aside: Callable[[], Mapping[str, Problem]]


def choose(choice: Choice, citations: Citations | None, answers: Answers) -> Chosen:
    """The entries that ``choice`` asks for, with the parents they inherit from."""
    find = answers.find
    filters = {name: value for name, value in choice.items() if name in Filters.__annotations__}
    chosen = Chosen(tuple(answers.works(filters)))
    if (keys := choice.get("keys")) is not None:
        named = _by_keys(keys, find)
        chosen = Chosen(tuple(_common(named, chosen.entries)))
    if citations is not None:
        cited = _by_citations(citations, answers)
        entries = _common(cited.entries, chosen.entries)
        if citations.everything:
            entries += [entry for entry in chosen.entries if not _common([entry], entries)]
        chosen = Chosen(tuple(entries), cited.problems, tuple(_common(cited.copies, chosen.entries)))
    chosen = _with_parents(chosen, find)
    withdrawn = map(_withdrawn, (entry for entry in chosen.entries if entry.status == WITHDRAWN))
    return replace(chosen, problems=(*chosen.problems, *withdrawn))


def _withdrawn(entry: Entry) -> Problem:
    message = (
        "was withdrawn; written as withdrawn, which not every style prints; cite another work, or say so"
    )
    return Problem("WITHDRAWN", message, "warning", key=entry.key)


def _common(entries: Iterable[Entry], others: Iterable[Entry]) -> list[Entry]:
    """Those of ``entries`` that stand in ``others`` too, under whichever key."""
    keys = {key for other in others for key in (other.key, *other.aliases)}
    return [entry for entry in entries if not keys.isdisjoint((entry.key, *entry.aliases))]


def _by_keys(keys: Sequence[str], find: Find) -> list[Entry]:
    """The works with these keys, all of which are there, in their order, each once."""
    found = find(keys)
    return list({found[key].key: found[key] for key in keys}.values())


def _by_citations(cited: Citations, answers: Answers) -> Chosen:
    """The works that a document cites, each under the key it is cited by.

    Other keys that the document uses for the same work become aliases.
    """
    found = answers.find(cited.keys)
    spellings: dict[str, list[str]] = {}
    for citation in cited.citations:
        if citation.key in found:
            spellings.setdefault(found[citation.key].key, []).append(citation.key)
    entries = [_as_cited(found[keys[0]], keys) for keys in spellings.values()]
    copies = [
        entry.replace(key=key, aliases=())
        for entry, keys in zip(entries, spellings.values(), strict=True)
        for key in keys
        if key != entry.key
    ]
    lacking = [citation for citation in cited.citations if citation.key not in found]
    aside = answers.aside() if lacking else {}
    missing = [_missing(each, aside.get(key_fingerprint(each.key))) for each in lacking]
    return Chosen(tuple(entries), (*cited.problems, *missing), tuple(copies))


def _as_cited(entry: Entry, spellings: Sequence[str]) -> Entry:
    key = entry.key if entry.key in spellings else spellings[0]
    known = (*spellings, entry.key, *entry.aliases)
    return entry.replace(key=key, aliases=tuple(dict.fromkeys(each for each in known if each != key)))


def _missing(citation: Citation, aside: Problem | None) -> Problem:
    first, *more = citation.places
    again = f" (and {len(more)} more times)" if more else ""
    message = f"is cited{again} but not in the library; left out; seed or add it, or mend the key"
    if aside is not None:
        what = f"{shown(aside.source)}:{aside.line}:{aside.column} could not be read, and was set aside"
        message = f"is cited{again}, but {what}; left out; mend it there, and say dlbib problems --retry"
    return Problem("CITE-MISSING", message, "error", first.source, first.line, first.column, citation.key)


def _with_parents(chosen: Chosen, find: Find) -> Chosen:
    """``chosen`` with the entries that crossref and xdata inherit from, after their children.

    Keys are compared whatever their case; children name their parents by the keys that are written.
    """
    entries = list(chosen.entries)
    written = {key_fingerprint(key): entry.key for entry in entries for key in (entry.key, *entry.aliases)}
    problems = list(chosen.problems)
    generation: Sequence[Entry] = entries
    for _ in range(_MAX_GENERATIONS):
        wanted = {
            p: child for child in generation for p in _parents(child) if key_fingerprint(p) not in written
        }
        generation = list({parent.key: parent for parent in find(wanted).values()}.values())
        for parent in generation:
            written.update((key_fingerprint(key), parent.key) for key in (parent.key, *parent.aliases))
            problems.append(_brought(parent))
        entries.extend(generation)
        if not generation:
            break
    renamed = (_naming_parents(entry, written) for entry in entries)
    return Chosen(tuple(renamed), tuple(problems), chosen.copies)


def _naming_parents(entry: Entry, written: Mapping[str, str]) -> Entry:
    """``entry`` with its parents under the keys that are written."""
    changed = {}
    for name in _PARENTS:
        said = [key.strip() for key in entry.extra.get(name, "").split(",")]
        now = [written.get(key_fingerprint(key), key) for key in said]
        if now != said:
            changed[name] = ",".join(now)
    return entry.replace(extra={**entry.extra, **changed}) if changed else entry


def _parents(entry: Entry) -> Iterator[str]:
    for name in _PARENTS:
        yield from (key.strip() for key in entry.extra.get(name, "").split(",") if key.strip())


def _brought(parent: Entry) -> Problem:
    return Problem("CROSSREF-ADDED", "was added because others inherit from it", "warning", key=parent.key)


@dataclass(frozen=True, slots=True)
class Exported:
    """The text of the chosen entries, the encoding of a file of it, and what there is to say about it."""

    text: str
    encoding: str
    report: ExportReport


def exported(chosen: Chosen, into: Format, how: How, keeps: Keeps) -> Exported:
    """The chosen entries as a text; ``keeps`` as `dlbib.formats.writing.written` takes it."""
    problems = list(chosen.problems)
    entries = list(chosen.entries)
    if not into.keeps_aliases:
        entries += chosen.copies
        problems += map(_copied, chosen.copies)
    found = written(entries, into, how, keeps, told=problems)
    text = "".join(found.pieces)
    report = ExportReport(tuple(entry.key for entry in entries), tuple(found.problems))
    return Exported(text, found.encoding, report)


def how_of(choice: Choice) -> How:
    """How a choice is to be written."""
    return cast("How", {name: value for name, value in choice.items() if name in How.__annotations__})


def _copied(entry: Entry) -> Problem:
    message = "is another key of a work that is cited by two; written twice; cite it by one key"
    return Problem("ALIAS-COPIED", message, "warning", key=entry.key)
