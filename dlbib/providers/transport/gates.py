"""Who may send the next request, and when: state that everyone shares who asks a service."""

from __future__ import annotations

import getpass
import json
import os
import tempfile
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from filelock import FileLock, Timeout

from dlbib.providers.transport.private import is_open_to_others, make_private
from dlbib.providers.transport.settings import Notice

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from dlbib.providers.transport.settings import Report

_POLL_S: Final = 0.02
_PRIVATE: Final = 0o600


@dataclass(frozen=True, slots=True)
class Pace:
    """What everyone who asks a service has to know of the requests before.

    No request goes out before ``resumes_at``, in POSIX seconds, which was ``pause_s`` away when it was
    written: whatever the clock says since, nobody waits longer than that. ``refusals`` counts the
    throttled requests since the last one that was answered, ``pauses`` how often the service was left
    alone for it; ``is_cooling`` while it is.
    """

    resumes_at: float = 0.0
    pause_s: float = 0.0
    refusals: int = 0
    pauses: int = 0
    is_cooling: bool = False

    def wait_s(self, now: float) -> float:
        """How long there is still to wait, in seconds; never more than was asked for, whatever the clock says."""
        return max(0.0, min(self.resumes_at - now, self.pause_s))


UNHURRIED: Final = Pace()
"""The pace where nothing was asked before."""


class Turn(Protocol):
    """The right to send one request, and the pace that is kept with it."""

    def load(self) -> Pace:
        """The pace as the last holder left it; `UNHURRIED` where there is none, or it can't be read."""

    def save(self, pace: Pace) -> None:
        """Leave the pace for the next holder, for good from this moment on. Never raises."""


class Gate(Protocol):
    """What lets one request through at a time: among the processes of a machine, or the users of a library."""

    def hold(self) -> AbstractContextManager[Turn]:
        """Wait until nobody else holds the gate, and hold it for the block.

        A holder that is killed holds it no longer. Nobody holds it twice at once.
        """


@dataclass(frozen=True, slots=True)
class FileGate:
    """The gate of one machine: a lock of the operating system on a file, and the pace in another beside it."""

    folder: Path

    @contextmanager
    def hold(self, timeout_s: float = -1) -> Iterator[Turn]:
        """Hold the lock; raises `OSError` where the folder has no place for one, ``Timeout`` after a time."""
        try:
            lock = FileLock(
                self.folder / "turn.lock", mode=_PRIVATE, poll_interval=_POLL_S, is_singleton=False
            )
            lock.acquire(timeout=timeout_s)
        except NotImplementedError as error:  # the file system knows no locks
            raise OSError(str(error)) from error
        try:
            yield _FileTurn(self.folder / "pace.json")
        finally:
            lock.release()


@dataclass(frozen=True, slots=True)
class _FileTurn:
    path: Path

    def load(self) -> Pace:
        try:
            return _pace(json.loads(self.path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return UNHURRIED

    def save(self, pace: Pace) -> None:
        beside = self.path.with_suffix(".new")
        try:
            beside.write_text(json.dumps(asdict(pace)), encoding="utf-8")
            beside.chmod(_PRIVATE)
            os.replace(beside, self.path)  # noqa: PTH105  # an OSError is all that may come of it
        except OSError:
            return


def _pace(said: object) -> Pace:
    """The pace that a file holds, whoever wrote it; raises `TypeError` or `ValueError` for anything else."""
    if not isinstance(said, dict):
        raise TypeError
    return Pace(
        resumes_at=float(said["resumes_at"]) if "resumes_at" in said else 0.0,
        pause_s=max(0.0, float(said.get("pause_s", 0))),
        refusals=max(0, int(said.get("refusals", 0))),
        pauses=max(0, int(said.get("pauses", 0))),
        is_cooling=said.get("is_cooling") is True,
    )


@dataclass(slots=True)
class LoneGate:
    """The gate of one process, for machines that give no place for a lock."""

    pace: Pace = UNHURRIED

    @contextmanager
    def hold(self) -> Iterator[Turn]:
        """Hold it at once."""
        yield self

    def load(self) -> Pace:
        """The pace as it was left."""
        return self.pace

    def save(self, pace: Pace) -> None:
        """Leave the pace."""
        self.pace = pace


def machine_gate(folder: Path, site: str, report: Report) -> Gate:
    """The gate of this machine: in ``folder``, or in the folder for temporary files where that gives no place."""
    user = getpass.getuser() if os.name != "posix" else str(os.geteuid())
    for place in (folder, Path(tempfile.gettempdir()) / f"dlbib-{user}" / site):
        if _gives_place(place):
            return FileGate(place)
    report(
        Notice(f"there is no place for a lock in {folder}; keep other programs from asking at the same time")
    )
    return LoneGate()


def _gives_place(folder: Path) -> bool:
    """Whether a lock can be held in a folder that nobody else may write in."""
    try:
        make_private(folder)
        if is_open_to_others(folder):
            return False
        with FileGate(folder).hold(timeout_s=0):
            return True
    except Timeout:
        return True  # somebody holds it
    except OSError:
        return False
