"""Where a library is: a file or a PostgreSQL database; no secret of its URL is ever shown."""

from __future__ import annotations

import contextlib
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from dlbib.errors import LibraryError
from dlbib.files.paths import shown

_SQLITE: Final = frozenset({"sqlite", "sqlite+pysqlite"})
_POSTGRESQL: Final = frozenset({"postgres", "postgresql", "postgresql+psycopg"})
_SCHEME: Final = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://")
_MISWRITTEN: Final = re.compile(r"\s*postgres(?:ql)?(?:\+\w+)?:", re.IGNORECASE)
"""What was meant as a URL; taken as a path, it would show its password as the name of a file."""
_SECRETS: Final = frozenset(
    {"password", "sslpassword", "passfile", "options", "token", "oauth_client_secret"}
)
_HIDDEN: Final = "***"
_WHAT_CAN_BE_GIVEN: Final = "give the path of a file, sqlite:///PATH or postgresql://USER@HOST/DATABASE"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a library is: at ``path``, or else behind ``url``; ``str()`` has nothing secret in it."""

    path: Path | None = None
    url: URL | None = field(default=None, repr=False)

    def __str__(self) -> str:
        if self.url is None:
            return shown(str(self.path))
        masked = {name: "hidden" for name in self.url.query if name.lower() in _SECRETS}
        url = self.url.set(drivername="postgresql").update_query_dict(masked)
        return shown(url.render_as_string(hide_password=True))

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be printed, such as a password."""
        if self.url is None:
            return ()
        hidden = (value for name, value in self.url.query.items() if name.lower() in _SECRETS)
        texts = (text for value in hidden for text in ((value,) if isinstance(value, str) else value))
        return tuple(text for text in (self.url.password, *texts) if text)

    def redacted(self, text: str) -> str:
        """``text`` without the secrets of this place."""
        for secret in self.secrets:
            text = text.replace(secret, _HIDDEN)
        return text


def parse_place(given: str | os.PathLike[str]) -> Place:
    """Where ``given`` leads: a path, ``sqlite:///PATH`` or ``postgresql://USER:PASSWORD@HOST/DATABASE``.

    Raises `LibraryError` for other URLs and for malformed ones. Source: RFC 3986; PostgreSQL manual,
    "Connection URIs"; SQLAlchemy manual, "Database URLs".
    """
    scheme = _SCHEME.match(given) if isinstance(given, str) else None
    if scheme is None and isinstance(given, str) and _MISWRITTEN.match(given):
        raise _malformed()
    if scheme is None:
        return Place(path=_path(os.fspath(given)))
    url = _url(str(given), scheme["scheme"])
    driver = url.drivername.lower()
    if driver in _SQLITE:
        return Place(path=_sqlite_path(url))
    if driver in _POSTGRESQL:
        return Place(url=url.set(drivername="postgresql+psycopg"))
    message = f"{scheme['scheme']}://: no library can be kept there; {_WHAT_CAN_BE_GIVEN}"
    raise LibraryError(message)


def _path(text: str) -> Path:
    if not text or "\0" in text:
        message = f"{text!r} is no path; {_WHAT_CAN_BE_GIVEN}"
        raise LibraryError(message)
    return Path(text)


def _url(text: str, scheme: str) -> URL:
    with contextlib.suppress(ArgumentError, ValueError):
        url = make_url(text)
        if "@" not in (url.host or ""):
            return url
    raise _malformed(scheme)


def _malformed(scheme: str = "postgresql") -> LibraryError:
    # Neither the text nor the cause is told: a password may stand anywhere in what can't be parsed.
    message = f"{scheme}://…: the URL is malformed; {_WHAT_CAN_BE_GIVEN}, with %40 for an @ in a password"
    return LibraryError(message)


def _sqlite_path(url: URL) -> Path:
    if not url.database or url.database == ":memory:" or url.host or url.query:
        message = f"sqlite://: a library is a file of its own, without parameters; {_WHAT_CAN_BE_GIVEN}"
        raise LibraryError(message)
    return _path(url.database)
