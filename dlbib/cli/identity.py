"""Commands that say which works are one, remove works, and undo what was done."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dlbib.cli.commands import (
    KEEP,
    Command,
    JsonOption,
    LibraryOption,
    QueryArgument,
    YesOption,
    agreed,
    existing,
    query_text,
)
from dlbib.cli.output import print_json, print_table, say

if TYPE_CHECKING:
    from dlbib.model.identity import Duplicate
    from dlbib.model.operations import Undone

OneArgument = Annotated[str, typer.Argument(metavar="KEY", show_default=False)]
OtherArgument = Annotated[str, typer.Argument(metavar="OTHER", show_default=False)]


def duplicates(
    query: QueryArgument = None, library: LibraryOption = None, *, as_json: JsonOption = False
) -> None:
    """List the pairs of works that may be one, with the score of each and what speaks for it and against.

    Then say which: dlbib merge KEY OTHER, or dlbib distinct KEY OTHER.
    """
    with existing(library) as opened:
        found = opened.duplicates(query_text(query))
    if as_json:
        print_json([_json(each) for each in found])
        return
    columns = ("key", "other", "score", "reason", "weight", "values")
    print_table(columns, (row for each in found for row in _rows(each)), whole=2, empty="")
    say(_advice(found))


def _json(pair: Duplicate) -> dict[str, Any]:
    judgement = pair.judgement
    reasons = [{"name": r.name, "weight": r.weight, "values": r.sentence} for r in judgement.reasons]
    return {
        "key": pair.one,
        "other": pair.other,
        "verdict": judgement.verdict,
        "score": judgement.score,
        "reasons": reasons,
    }


def _rows(pair: Duplicate) -> Iterator[tuple[str, ...]]:
    """A row for each reason; a program finds the keys in all of them, people read them once."""
    head = (pair.one, pair.other, f"{pair.judgement.score:.2f}")
    for number, reason in enumerate(pair.judgement.reasons):
        shown = head if number == 0 or not sys.stdout.isatty() else ("", "", "")
        yield (*shown, reason.name, f"{reason.weight:+.2f}", reason.sentence)


def _advice(found: tuple[Duplicate, ...]) -> str:
    if not found:
        return "no two works may be one"
    first = found[0]
    pairs = "1 pair of works" if len(found) == 1 else f"{len(found)} pairs of works"
    return (
        f"{pairs} may be one; say which: dlbib merge {first.one} {first.other}, "
        f"or dlbib distinct {first.one} {first.other}"
    )


def merge(
    key: OneArgument, other: OtherArgument, library: LibraryOption = None, *, yes: YesOption = False
) -> None:
    """Make one work of two: it keeps KEY, and OTHER becomes an alias for ever. Everything goes along."""
    with existing(library) as opened:
        one, two = opened.get(key), opened.get(other)
        if one.key == two.key:
            say(f"{key} and {other} are one work already")
            return
        if not agreed(f"make one work of {one.key} and {two.key}", yes=yes):
            return
        merged = opened.merge(key, other)
    say(f"{merged.key}: now has what {two.key} had, which leads here too; dlbib undo takes it back")


def distinct(key: OneArgument, other: OtherArgument, library: LibraryOption = None) -> None:
    """Tell two works apart for good; two keys of one work part it."""
    with existing(library) as opened:
        opened.distinct(key, other)
    say(f"{key} and {other}: two works, whatever is imported later; dlbib undo takes it back")


def remove(
    keys: Annotated[list[str], typer.Argument(metavar="KEY...", show_default=False)],
    library: LibraryOption = None,
    *,
    yes: YesOption = False,
) -> None:
    """Remove works. Their keys are never given to others; dlbib undo brings them back."""
    with existing(library) as opened:
        for each in keys:
            opened.get(each)
        if not agreed(f"remove {', '.join(keys)}", yes=yes):
            return
        opened.remove(*keys)
    say(f"{', '.join(keys)}: removed; dlbib undo brings it back")


def undo(
    library: LibraryOption = None,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would be undone.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Undo the last thing that was done to the library; again, the one before it."""
    with existing(library) as opened:
        undone = opened.last_operation() if dry_run else opened.undo()
    if as_json:
        print_json(None if undone is None else _undone_json(undone))
    elif undone is None:
        say("there is nothing to undo")
    else:
        when = undone.done_at.strftime("%Y-%m-%d %H:%M UTC")
        done = "would be undone" if dry_run else "undone"
        works = "1 work" if undone.works == 1 else f"{undone.works} works"
        say(f"{done}: {undone.kind} {undone.what} ({when}, {works})")


def _undone_json(undone: Undone) -> dict[str, Any]:
    return {
        "kind": undone.kind,
        "what": undone.what,
        "done_at": undone.done_at.isoformat(),
        "works": undone.works,
    }


COMMANDS = (
    Command("duplicates", KEEP, duplicates),
    Command("merge", KEEP, merge),
    Command("distinct", KEEP, distinct),
    Command("remove", KEEP, remove),
    Command("undo", KEEP, undo),
)
