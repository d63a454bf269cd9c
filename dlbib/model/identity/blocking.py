"""Under what an entry is filed, so that what may be the same work is found without comparing all with all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dlbib.model.identity.kinds import BOOKS, kind_of
from dlbib.model.identity.naming import names_of
from dlbib.model.identity.people import last_word
from dlbib.model.identity.titles import title_of
from dlbib.model.identity.traits import addresses_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlbib.model.entry import Entry

LONGEST: Final = 80
"""The letters that a block has at most."""

_TITLE: Final = 48
_NAME: Final = 20


def blocks(entry: Entry) -> tuple[str, ...]:
    """Under what ``entry`` is filed: each once, at most `LONGEST` letters.

    Entries that are surely the same share one: an identifier that names one work, the ISBN of a book,
    a title with its first author, or a title with its address. Those that are perhaps the same mostly do.
    """
    return tuple(dict.fromkeys(block[:LONGEST] for block in _blocks(entry)))


def _blocks(entry: Entry) -> Iterator[str]:
    for scheme, value in names_of(entry):
        yield f"{scheme}:{value}"
    for identifier in entry.identifiers:
        if identifier.scheme == "isbn" and kind_of(entry, is_posted=False) in BOOKS:
            yield f"isbn:{identifier.work}"
    title = title_of(entry.title)
    if not title.letters:
        return
    first = _first_maker(entry)
    if title.is_recurring:
        yield f"title:{title.letters[:_TITLE]}/{first}/{(entry.page or '')[:8]}"
        return
    yield f"title:{title.letters[:_TITLE]}/{first}"
    if title.has_subtitle:
        yield f"title:{title.main[:_TITLE]}/{first}"
    for address in addresses_of(entry):
        yield f"url:{title.letters[:16]}/{address}"


def _first_maker(entry: Entry) -> str:
    """The first author's last word, the first editor's where there is no author."""
    editor = None
    for contributor in entry.contributors:
        if contributor.role == "author":
            return last_word(contributor.name)[:_NAME]
        if editor is None and contributor.role == "editor":
            editor = contributor.name
    return last_word(editor)[:_NAME] if editor is not None else ""
