"""What is wrong with the shape of a reading list, in words and with the place."""

from __future__ import annotations

import difflib
from itertools import islice
from typing import TYPE_CHECKING, Final

from dlbib.errors import quoted
from dlbib.formats.reading_list.document import unread
from dlbib.formats.reading_list.shape import keys_at
from dlbib.model.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

    from dlbib.formats.reading_list.document import Document, Mark, Path

MAX_PROBLEMS: Final = 100
"""How many problems of a file are told."""

_MAPPING_TYPES: Final = frozenset({"model_type", "model_attributes_type", "dict_type"})
_EXPECTED: Final = {
    "is_instance_of": "a date is expected here",
    "missing": "it is missing; give it",
    "string_type": "one text is expected here",
    "tuple_type": "a list is expected here; begin each of its items with '- '",
}
_LONGEST_KEY: Final = 40
_LONGEST_REASON: Final = 300
_MANY_KEYS: Final = 12


def problems_of(error: ValidationError, document: Document) -> Iterator[Problem]:
    """The problems that pydantic found, in the order of the file, each with its place there."""

    def place(details: ErrorDetails) -> Mark:
        return document.place(_path(details), at_key=_is_unknown_key(details))

    for details in sorted(error.errors(include_url=False), key=place):
        yield _problem(details, document)


def told(problems: Iterable[Problem]) -> list[Problem]:
    """As many of the problems as people read, with a last one when there are more."""
    first = list(islice(problems, MAX_PROBLEMS + 1))
    if len(first) <= MAX_PROBLEMS:
        return first
    what = unread("there are more problems; mend those above first")
    return [*first[:MAX_PROBLEMS], Problem("LIST-MORE", what, source=first[0].source)]


def _is_unknown_key(details: ErrorDetails) -> bool:
    return details["type"] == "extra_forbidden"


def _problem(details: ErrorDetails, document: Document) -> Problem:
    path, kind = _path(details), details["type"]
    if _is_unknown_key(details):
        return document.problem("LIST-KEY", path, _unknown_key(path), at_key=True)
    if kind in _MAPPING_TYPES:
        return document.problem("LIST-VALUE", path, _no_mapping(path, details))
    code = "LIST-MISSING" if kind == "missing" else "LIST-VALUE"
    return document.problem(code, path, _EXPECTED.get(kind) or _about(details))


def _path(details: ErrorDetails) -> Path:
    """Where it is; pydantic marks what is wrong with a key by a last step of its own."""
    return tuple(step for step in details["loc"] if step != "[key]")


def _about(details: ErrorDetails) -> str:
    context = details.get("ctx", {})
    if details["type"] == "literal_error":
        reason = f"it has to be one of {context['expected']}"
    else:
        reason = str(context.get("error", details["msg"]))
    given = details["input"] if isinstance(details["input"], str) else ""
    if len(reason) > _LONGEST_REASON:
        return f"{quoted(given)}: this can't stand here"
    return reason if repr(given) in reason or not given else f"{quoted(given)}: {reason}"


def _no_mapping(path: Path, details: ErrorDetails) -> str:
    wrong = "it is empty" if details["input"] == "" else "keys with values are expected here"
    return f"{wrong}; {_known(keys_at(path))}"


def _unknown_key(path: Path) -> str:
    known = keys_at(path[:-1])
    near = difflib.get_close_matches(str(path[-1])[:_LONGEST_KEY], known, n=1)
    hint = f"did you mean {near[0]}? " if near else ""
    return f"unknown key; {hint}{_known(known)}"


def _known(keys: tuple[str, ...]) -> str:
    if not keys:
        return "any key may stand here"
    if len(keys) > _MANY_KEYS:
        return "known keys are the attributes of an entry, its roles and its kinds of identifier"
    return f"known keys are {', '.join(keys)}"
