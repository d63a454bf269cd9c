"""Shorthands for reading and writing CSL-JSON in tests."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

from dlbib.formats import Parsed, RenderOptions
from dlbib.formats.csl_json.reader import parse
from dlbib.formats.csl_json.writer import render

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dlbib.model.entry import Entry


def parsed(text: str) -> list[Parsed]:
    """Every record of ``text``."""
    return list(parse(io.StringIO(text), "refs.json"))


def parsed_item(**members: object) -> Parsed:
    """The one record of an item of a book called ``a``, with ``members`` added or changed."""
    (record,) = parsed(json.dumps([{"id": "a", "type": "book", **members}]))
    return record


def read_item(**members: object) -> Entry:
    """The entry of such an item, which is not set aside."""
    entry = parsed_item(**members).entry
    assert entry is not None
    return entry


def entries_of(text: str) -> list[Entry]:
    """The entries of ``text``."""
    return [record.entry for record in parsed(text) if record.entry]


def codes(record: Parsed) -> list[str]:
    """The codes of a record's problems, in order."""
    return [problem.code for problem in record.problems]


def written(*entries: Entry) -> str:
    """The text that holds ``entries``."""
    return "".join(render(entries, RenderOptions()))


def items(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """The items that are written for ``entries``, as any other tool reads them."""
    found: list[dict[str, Any]] = json.loads(written(*entries))
    return found


def item(entry: Entry) -> dict[str, Any]:
    """The item that is written for ``entry``."""
    (only,) = items([entry])
    return only
