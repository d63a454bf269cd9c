"""What an export writes: the chosen works, under the keys they are cited by, with the parents they need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dlbib.errors import NotFoundError, UnknownFormatError
from dlbib.formats import Format, RenderOptions
from dlbib.library.choosing import Choice, Filters
from dlbib.model.entry import Entry
from dlbib.model.problems import Problem

if TYPE_CHECKING:
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


Works = Callable[[Mapping[str, object]], Sequence[Entry]]
"""Gives the works that filters (and a query, which it knows) choose."""


def choose(choice: Choice, citations: Citations | None, find: Find, works: Works) -> Chosen:
    """The entries that ``choice`` asks for, with the parents they inherit from.

    Raises `NotFoundError` for a key of ``choice`` that isn't there.
    """
    filters = {name: value for name, value in choice.items() if name in Filters.__annotations__}
    chosen = Chosen(tuple(works(filters)))
    if choice.get("keys"):
        named = _by_keys(choice["keys"] or (), find)
        chosen = Chosen(tuple(_common(named, chosen.entries)))
    if citations is not None:
        cited = _by_citations(citations, find)
        entries = _common(cited.entries, chosen.entries)
        if citations.everything:
            entries += [entry for entry in chosen.entries if not _common([entry], entries)]
        chosen = Chosen(tuple(entries), cited.problems, tuple(_common(cited.copies, chosen.entries)))
    return _with_parents(chosen, find)


def _common(entries: Iterable[Entry], others: Iterable[Entry]) -> list[Entry]:
    """Those of ``entries`` that stand in ``others`` too, under whichever key."""
    keys = {key for other in others for key in (other.key, *other.aliases)}
    return [entry for entry in entries if not keys.isdisjoint((entry.key, *entry.aliases))]


def _by_keys(keys: Sequence[str], find: Find) -> list[Entry]:
    """The works with these keys, in their order, each once."""
    found = find(keys)
    missing = next((key for key in keys if key not in found), None)
    if missing is not None:
        msg = "key"
        raise NotFoundError(msg, missing)
    return list({found[key].key: found[key] for key in keys}.values())


def _by_citations(cited: Citations, find: Find) -> Chosen:
    """The works that a document cites, each under the key it is cited by.

    Other keys that the document uses for the same work become aliases.
    """
    found = find(cited.keys)
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
    missing = [_missing(citation) for citation in cited.citations if citation.key not in found]
    return Chosen(tuple(entries), (*cited.problems, *missing), tuple(copies))


def _as_cited(entry: Entry, spellings: Sequence[str]) -> Entry:
    key = entry.key if entry.key in spellings else spellings[0]
    known = (*spellings, entry.key, *entry.aliases)
    return entry.replace(key=key, aliases=tuple(dict.fromkeys(each for each in known if each != key)))


def _missing(citation: Citation) -> Problem:
    first, *more = citation.places
    again = f" (and {len(more)} more times)" if more else ""
    message = f"is cited{again} but not in the library; left out; import or add it, or mend the key"
    return Problem("CITE-MISSING", message, "error", first.source, first.line, first.column, citation.key)


def _with_parents(chosen: Chosen, find: Find) -> Chosen:
    """``chosen`` with the entries that crossref and xdata inherit from, after their children."""
    entries = {entry.key: entry for entry in chosen.entries}
    problems = list(chosen.problems)
    generation: Sequence[Entry] = chosen.entries
    for _ in range(_MAX_GENERATIONS):
        wanted = {
            parent: child for child in generation for parent in _parents(child) if parent not in entries
        }
        found = find(wanted)
        problems.extend(_orphan(child, parent) for parent, child in wanted.items() if parent not in found)
        generation = [found[parent].replace(key=parent) for parent in wanted if parent in found]
        if not generation:
            break
        for parent in generation:
            entries[parent.key] = parent
            problems.append(_brought(parent, wanted[parent.key]))
    return Chosen(tuple(entries.values()), tuple(problems), chosen.copies)


def _parents(entry: Entry) -> Iterator[str]:
    for name in _PARENTS:
        yield from (key.strip() for key in entry.extra.get(name, "").split(",") if key.strip())


def _orphan(child: Entry, parent: str) -> Problem:
    message = f"inherits from {parent!r}, which is not in the library; written without it; import it"
    return Problem("CROSSREF-MISSING", message, "warning", key=child.key, field="crossref")


def _brought(parent: Entry, child: Entry) -> Problem:
    message = f"was added because {child.key!r} inherits from it"
    return Problem("CROSSREF-ADDED", message, "warning", key=parent.key)


def written(chosen: Chosen, into: Format, *, utf8: bool) -> tuple[str, ExportReport]:
    """The text of the chosen entries, and what there is to say about it."""
    if into.render is None:
        message = f"{into.title} can be read, not written"
        raise UnknownFormatError(message)
    problems = list(chosen.problems)
    entries = list(chosen.entries)
    if not into.keeps_aliases:
        entries += chosen.copies
        problems += map(_copied, chosen.copies)
    text = "".join(into.render(entries, RenderOptions(utf8=utf8, report=problems.append)))
    return text, ExportReport(tuple(entry.key for entry in entries), tuple(problems))


def _copied(entry: Entry) -> Problem:
    message = "is another key of a work that is cited by two; written twice; cite it by one key"
    return Problem("ALIAS-COPIED", message, "warning", key=entry.key)
