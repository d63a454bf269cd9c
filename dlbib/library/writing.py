"""Writing bibliographies from a library."""

from __future__ import annotations

from functools import partial
from os import PathLike, fspath
from typing import TYPE_CHECKING, Unpack

from dlbib import files
from dlbib.files.collecting import seldom_collected
from dlbib.formats import format_for, get_format
from dlbib.library import exporting
from dlbib.library.sessions import Sessions
from dlbib.store import models, selection
from dlbib.store.importing.files import why_aside

if TYPE_CHECKING:
    from collections.abc import Collection

    from dlbib.formats import Format
    from dlbib.formats.cited import Citations
    from dlbib.library.choosing import Choice
    from dlbib.library.exporting import Exported, ExportReport


class Writing(Sessions):
    """What a library gives out as files."""

    def export(
        self,
        query: str = "",
        *,
        format: str = "bibtex",  # noqa: A002  # the word people look for
        **choice: Unpack[Choice],
    ) -> tuple[str, ExportReport]:
        """A bibliography as text, and what there is to say about it.

        Everything is written unless a query, filters, ``keys`` or a document that cites choose; what
        several of them choose is written. Raises `NotFoundError` for a key of ``keys`` that isn't there,
        `UnsupportedError` for what the format can't do, and `StrictError` when ``strict`` is asked for.
        """
        exported = self._exported(query, get_format(format), choice)
        return exported.text, exported.report

    def _exported(self, query: str, into: Format, choice: Choice) -> Exported:
        if (keys := choice.get("keys")) is not None:
            with self._reading() as session:
                selection.require(session, keys)
        citations = _citations(choice.get("cited_in"))
        with self._reading() as session:
            answers = exporting.Answers(
                find=partial(selection.find, session),
                works=partial(selection.choose, session, models.Work, query),
                aside=partial(why_aside, session),
            )
            chosen = exporting.choose(choice, citations, answers)
        with seldom_collected():
            return exporting.exported(chosen, into, exporting.how_of(choice), self._unknown)

    def _unknown(self, keys: Collection[str]) -> Collection[str]:
        """Those of some keys that no work has, or ever had."""
        with self._reading() as session:
            return set(keys) - selection.given_keys(session, keys)

    def export_file(
        self,
        path: str | PathLike[str],
        query: str = "",
        *,
        format: str | None = None,  # noqa: A002  # the word people look for
        **choice: Unpack[Choice],
    ) -> ExportReport:
        """Write a bibliography to a file, whole or not at all; else as `export`.

        The format is the one the file's extension names, unless one is given. Raises `OutputError`.
        """
        into = get_format(format) if format else format_for(fspath(path))
        exported = self._exported(query, into, choice)
        files.write_atomically(path, [exported.text], encoding=exported.encoding)
        return exported.report


def _citations(document: str | PathLike[str] | None) -> Citations | None:
    if not document:
        return None
    from dlbib.formats.cited import cited  # noqa: PLC0415  # few need it, and it takes a while

    return cited(document)
