"""What a scan of one file finds, in the order of the text. Lines and columns are one-based."""

from __future__ import annotations

from typing import NamedTuple


class Key(NamedTuple):
    """A citation of ``key``."""

    key: str
    line: int
    column: int


class Everything(NamedTuple):
    r"""A citation of all there is: ``\nocite{*}``."""


class EntrySet(NamedTuple):
    """The definition of a set of entries; ``key`` names the set and is no entry's key."""

    key: str


class Nested(NamedTuple):
    """A file that belongs to this one, by the name it is called by.

    ``folder`` is where to look first, relative to the document or, with ``from_here``, to the folder
    that the present file was imported from. Who reads an ``optional`` one does not miss it.
    """

    name: str
    line: int
    column: int
    folder: str = ""
    from_here: bool = False
    optional: bool = False


class Unclear(NamedTuple):
    """Something that may cite or belong to the document, but can't be told without running TeX."""

    code: str
    message: str
    line: int
    column: int


Finding = Key | Everything | EntrySet | Nested | Unclear
