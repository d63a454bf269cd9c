"""Under what an entry is filed, so that what may be the same work is found without comparing all with all."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from dlbib.model.identity.kinds import BOOKS, kind_of
from dlbib.model.identity.naming import names_of
from dlbib.model.identity.people import told_of
from dlbib.model.identity.persons import last_word, look_up_words
from dlbib.model.identity.titles import Title, title_of
from dlbib.model.identity.traits import addresses_of, first_page, is_posted

if TYPE_CHECKING:
    from dlbib.model.entry import Entry
    from dlbib.model.identifiers import Identifier

LONGEST: Final = 80
"""The letters that a block has at most."""

OF_TITLE: Final = "title:"
"""What the blocks of whole titles begin with."""
OF_MAIN: Final = "main:"
"""What the blocks of main titles begin with, under which stands what has a subtitle too."""
OF_PLACE: Final = "at:"
"""What the blocks of first pages begin with."""
OF_ALL: Final = "said:"
"""What the block begins with of what has nothing but its key."""

_TITLE: Final = 48
_NAME: Final = 20
_END: Final = 12
_DIGITS: Final = 32
_FEWER_DIGITS: Final = 14


def blocks(entry: Entry) -> tuple[str, ...]:
    """Under what ``entry`` is filed: each once, at most `LONGEST` letters.

    An identifier that names one work, the ISBN of a book, the address of a page, a title; a short title
    only with its authors; the year and page with the first author and the initials of the title. Of entries that are surely the same, one is filed where the other is `sought`.
    An entry that has nothing but its key is filed by all that it says.
    """
    names = names_of(entry)
    found = [f"{scheme}:{value}" for scheme, value in names]
    found += [f"url:{address}" for address in addresses_of(entry) if "/" in address]
    isbns = [identifier.work for identifier in entry.identifiers if identifier.scheme == "isbn"]
    if isbns and kind_of(entry, is_posted=is_posted(names)) in BOOKS:
        found += [f"isbn:{isbn}" for isbn in isbns]
    title = title_of(entry.title)
    if title.letters:
        found += _of_title(entry, title)
        found += _of_place(entry, title)
    if not found and entry.key:
        said = entry.model_dump_json(exclude_defaults=True)
        found.append(f"{OF_ALL}{_digest(said)[:_DIGITS]}")
    return tuple(dict.fromkeys([block[:LONGEST] for block in found]))


def block_of(identifier: Identifier) -> str:
    """Under what all are filed that ``identifier`` names, if it is one that names one work."""
    named = identifier.arxiv or identifier
    return f"{named.scheme}:{named.work}"[:LONGEST]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def sought(block: str) -> tuple[str, ...]:
    """Under what stands what may be the same as something that is filed under ``block``; symmetric.

    What has one main title and other subtitles is no work for that, however much there is of it: under a
    main title stands what has a subtitle, for those to find that have none, and the other way round.
    """
    if block.startswith(OF_TITLE):
        return block, f"{OF_MAIN}{block.removeprefix(OF_TITLE)}"[:LONGEST]
    if block.startswith(OF_MAIN):
        return (f"{OF_TITLE}{block.removeprefix(OF_MAIN)}"[:LONGEST],)
    return (block,)


def _of_title(entry: Entry, title: Title) -> list[str]:
    """A title is filed by itself; a short one with who made it and with its page, one of many like it with both."""
    whole = f"{OF_TITLE}{_brief(title.letters)}"
    if title.is_recurring:
        page = first_page(entry.page)
        return [f"{whole}/{maker}/{page}" for maker in _makers(entry)]
    found = _told_apart(whole, entry) if title.is_short else [whole]
    if title.has_subtitle:
        main = f"{OF_MAIN}{_brief(title.main)}"
        found.append(main)
        if title.may_be_short:
            found += _told_apart(main, entry)
    return found


def _told_apart(block: str, entry: Entry) -> list[str]:
    """``block`` for each word of a maker, and for the page, where a name may be misspelt."""
    page = first_page(entry.page)
    return [f"{block}/{maker}" for maker in _makers(entry)] + [f"{block}//{page}"] * bool(page)


def _of_place(entry: Entry, title: Title) -> tuple[str, ...]:
    """The year, the first page, the first maker and the initials, under which a title is found that was spelt otherwise."""
    page = first_page(entry.page) if entry.container_title else ""
    makers = told_of(entry.authors or entry.editors) if page else ()
    return (f"{OF_PLACE}{entry.year}/{page}/{last_word(makers[0])}/{title.initials}",) if makers else ()


def _brief(letters: str) -> str:
    """The letters of a title, or what stands for so many."""
    if len(letters) <= _TITLE:
        return letters
    return f"{letters[: _TITLE - _FEWER_DIGITS]}{_digest(letters)[:_FEWER_DIGITS]}"


def _makers(entry: Entry) -> tuple[str, ...]:
    """All words of the first maker, and the first of all by the alphabet, for the names may be in another order."""
    makers = told_of(entry.authors or entry.editors)
    if not makers:
        return ("",)
    first_of_all = min(map(last_word, makers))
    return tuple(dict.fromkeys(word[:_NAME] for word in (*look_up_words(makers[0]), first_of_all)))


def hints(entry: Entry) -> tuple[str, ...]:
    """Under what ``entry`` is looked for when entries that are perhaps the same are wanted.

    The whole title and the main one, with the makers too where there may be many of it, and each end of
    the title with the first author: a slip of the pen spoils one end.
    """
    title = title_of(entry.title)
    if not title.letters or title.is_recurring:
        return ()
    makers = _makers(entry)
    first = makers[0]
    ends = (f"head:{title.letters[:_END]}/{first}", f"tail:{title.letters[-_END:]}/{first}")
    whole, main = f"whole:{title.letters[:_TITLE]}", f"whole:{title.main[:_TITLE]}"
    often = [whole] * title.is_short + [main] * title.has_subtitle
    made = [f"{each}/{maker}" for each in often for maker in makers]
    return tuple(dict.fromkeys((whole, main, *made, *(ends if first else ()))))
