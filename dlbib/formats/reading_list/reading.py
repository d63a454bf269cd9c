"""The text of a reading list to its value: taken whole or not at all."""

from __future__ import annotations

from itertools import chain
from os import PathLike, fspath
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from dlbib.files import open_text
from dlbib.formats.reading_list.checks import problems_between
from dlbib.formats.reading_list.citations import citations, groups
from dlbib.formats.reading_list.convert import to_reading_list
from dlbib.formats.reading_list.document import failure, read_document
from dlbib.formats.reading_list.explain import problems_of, told
from dlbib.formats.reading_list.shape import FileShape

if TYPE_CHECKING:
    from dlbib.model.reading_lists import ReadingList

MAX_BYTES: Final = 4 * 1024 * 1024


def read(path: str | PathLike[str]) -> ReadingList:
    """The reading list in a file.

    Raises `InputError` when the file can't be opened, is no UTF-8 or has more than `MAX_BYTES` bytes,
    and `ReadingListError` when it is no reading list.
    """
    with open_text(path, max_bytes=MAX_BYTES) as stream:
        return parse(stream.read(), fspath(path))


def parse(text: str, source: str = "<text>") -> ReadingList:
    """The reading list in a text; ``source`` is what problems call it.

    Raises `ReadingListError`, which holds every problem of the list.
    """
    document = read_document(text, source)
    try:
        shape = FileShape.model_validate(document.content)
    except ValidationError as error:
        raise failure(told(chain(document.problems, problems_of(error, document)))) from None
    grouped = groups(citations(shape))
    problems = told(chain(document.problems, problems_between(shape, grouped, document)))
    if problems:
        raise failure(problems)
    return to_reading_list(shape, grouped)
