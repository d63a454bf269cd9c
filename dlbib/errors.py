"""Every exception of dlbib.

    DlbibError
    ├── ParseError (ValueError)              a text that can't be read: source, line, column
    │   └── ReadingListError                 a reading list whose shape is wrong
    ├── InvalidIdentifierError (ValueError)  a DOI, arXiv id, ISBN … that is none
    ├── PointedError (ValueError)            what the user typed: position and what was meant
    │   ├── InvalidQueryError                a query
    │   └── InvalidPatternError              a pattern for citation keys
    ├── UnknownFormatError (ValueError)      no such format, or none by that extension
    ├── UnsupportedError (ValueError)        something that the format can't do
    ├── StrictError (ValueError)             an output refused for what there is to warn of
    ├── UnknownProviderError (ValueError)    no such metadata service
    ├── InvalidOptionError (ValueError)      a setting that can't be, such as an address that may not be asked
    ├── NotFoundError (LookupError)          no such key, application or field; the nearest ones
    ├── ConflictError (ValueError)           a change that would break what is unique
    ├── InputError (OSError)                 an input that can't be opened or decoded
    ├── OutputError (OSError)                an output that can't be written; the target is untouched
    ├── FetchError                           a metadata service; what it did not answer can be asked again
    │   ├── UnavailableError (ConnectionError)   out of reach, or it fails
    │   ├── RateLimitedError                 it asks to be left alone, and until when
    │   └── BadResponseError (ValueError)    what it sent is no answer
    └── LibraryError                         the database
        ├── LibraryMissingError (FileNotFoundError)
        ├── LibraryFileError                 not a library, read-only or locked
        │   └── LibraryDamagedError          a library that is damaged
        └── SchemaVersionError               newer than this dlbib, or older and not to be changed

The text of an error is one line and says what is wrong, where, and how to mend it; a `ReadingListError`
has a line for each problem, a `PointedError` shows what was typed, of a long
text what is near, and points into it. Positional arguments alone go to ``super().__init__``, so that every
error can be pickled.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable


def nearest(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Up to three of the ``known`` names that are close to ``name``, best first."""
    by_folded = {candidate.casefold(): candidate for candidate in known}
    close = difflib.get_close_matches(name.casefold(), by_folded, n=3, cutoff=0.5)
    return tuple(by_folded[match] for match in close)


_SHOWN = 60


def quoted(text: str) -> str:
    """``text`` in quotation marks, escaped; of a long one the beginning."""
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")


class DlbibError(Exception):
    """The base of every error that dlbib raises on purpose."""


class ParseError(DlbibError, ValueError):
    """A text that can't be read.

    ``line`` and ``column`` are one-based; 0 means that the whole source is meant.
    """

    def __init__(self, message: str, source: str = "", line: int = 0, column: int = 0) -> None:
        super().__init__(message, source, line, column)
        self.message = message
        self.source = source
        self.line = line
        self.column = column

    def __str__(self) -> str:
        where = [self.source or "<text>", *(str(n) for n in (self.line, self.column) if n)]
        return f"{':'.join(where)}: {self.message}"


class ReadingListError(ParseError):
    """A reading list whose shape is wrong.

    ``problems`` holds everything that is wrong with it, in the order of the file, each a
    `dlbib.model.problems.Problem` with its place and the path inside the list; the text has a line
    for each. ``message``, ``line`` and ``column`` are the first one's.
    """

    def __init__(
        self, message: str, source: str = "", line: int = 0, column: int = 0, *problems: object
    ) -> None:
        super().__init__(message, source, line, column)
        self.args = (message, source, line, column, *problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems)) or super().__str__()


class InvalidIdentifierError(DlbibError, ValueError):
    """A value that is no identifier of its scheme, and why."""

    def __init__(self, scheme: str, value: str, reason: str) -> None:
        super().__init__(scheme, value, reason)
        self.scheme = scheme
        self.value = value
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.value!r} is no {self.scheme}: {self.reason}"


class PointedError(DlbibError, ValueError):
    """What the user typed and can't be understood; ``position`` is zero-based in ``typed``."""

    def __init__(self, message: str, typed: str = "", position: int = 0) -> None:
        super().__init__(message, typed, position)
        self.message = message
        self.typed = typed
        self.position = position

    def __str__(self) -> str:
        start = max(0, self.position - _SHOWN)
        shown, cut = self.typed[start : self.position + _SHOWN], "…" * bool(start)
        more = "…" * (len(self.typed) > self.position + _SHOWN)
        return f"{self.message}\n  {cut}{shown}{more}\n  {' ' * (len(cut) + self.position - start)}^"


class InvalidQueryError(PointedError):
    """A query that can't be understood."""


class InvalidPatternError(PointedError):
    """A pattern for citation keys that can't be understood."""


class UnknownFormatError(DlbibError, ValueError):
    """No format of that name, or none for that file name."""


class UnknownProviderError(DlbibError, ValueError):
    """No metadata service of that name."""


class InvalidOptionError(DlbibError, ValueError):
    """A setting that can't be, such as an address that may not be asked."""


class UnsupportedError(DlbibError, ValueError):
    """Something that a format can't do, or that can't be asked for together, and what can."""


class StrictError(DlbibError, ValueError):
    """An output that was refused, for there is something to warn of; nothing was written.

    ``problems`` holds everything that is wrong, each a `dlbib.model.problems.Problem` with its key and
    field; the text has a line for each.
    """

    def __init__(self, *problems: object) -> None:
        super().__init__(*problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join([*map(str, self.problems), "nothing was written, as strictness demands"])


class NotFoundError(DlbibError, LookupError):
    """Nothing by that name; ``nearest`` holds up to three names that are close, best first."""

    def __init__(self, what: str, name: str, nearest: tuple[str, ...] = ()) -> None:
        super().__init__(what, name, nearest)
        self.what = what
        self.name = name
        self.nearest = nearest

    @classmethod
    def among(cls, what: str, name: str, known: Iterable[str]) -> NotFoundError:
        """The error for ``name``, with the nearest of the ``known`` names."""
        return cls(what, name, nearest(name, known))

    def __str__(self) -> str:
        hint = f"; did you mean {', '.join(self.nearest)}?" if self.nearest else ""
        return f"no {self.what} {quoted(self.name)}{hint}"


class ConflictError(DlbibError, ValueError):
    """A change that would break what is unique, such as a key given twice."""


class InputError(DlbibError, OSError):
    """An input that can't be opened, or isn't the text it should be."""


class OutputError(DlbibError, OSError):
    """An output that can't be written; what stood there before is untouched."""


class FetchError(DlbibError):
    """A metadata service gave no answer; what was asked can be asked again."""


class UnavailableError(FetchError, ConnectionError):
    """The service is out of reach, fails, or refuses to answer at all."""


class RateLimitedError(FetchError):
    """The service asks to be left alone.

    ``resumes_at`` is when it may be asked again, in POSIX seconds; nothing is sent before.
    """

    def __init__(self, message: str, resumes_at: float = 0.0) -> None:
        super().__init__(message, resumes_at)
        self.message = message
        self.resumes_at = resumes_at

    def __str__(self) -> str:
        return self.message


class BadResponseError(FetchError, ValueError):
    """What the service sent is no answer to what was asked."""


class LibraryError(DlbibError):
    """The database can't do what was asked."""


class LibraryMissingError(LibraryError, FileNotFoundError):
    """There is no library at that place."""


class LibraryFileError(LibraryError):
    """The file is no dlbib library, is locked, or can't be written."""


RESTORE: Final = "put a backup in its place: dlbib db restore BACKUP --library FILE"
"""What is to be done about a damaged library."""


class LibraryDamagedError(LibraryFileError):
    """The file is a library that can't be read; a backup can be put in its place."""


class SchemaVersionError(LibraryError):
    """The library's schema is newer than this dlbib knows, or older and not to be changed."""
