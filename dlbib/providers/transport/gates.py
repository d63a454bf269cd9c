"""Who may send the next request, and when: state that everyone shares who asks a service."""

from __future__ import annotations

import errno
import getpass
import json
import os
import tempfile
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from filelock import FileLock

from dlbib.providers.transport.pace import UNHURRIED, Pace
from dlbib.providers.transport.private import is_open_to_others, make_private
from dlbib.providers.transport.settings import Notice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager

    from dlbib.providers.transport.settings import Report

_POLL_S: Final = 0.02
_PRIVATE: Final = 0o600


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
    """A gate in a folder: a lock of the operating system on a file, and the pace in another beside it."""

    folder: Path

    @contextmanager
    def hold(self) -> Iterator[Turn]:
        """Wait for the lock and hold it.

        Raises `OSError` where the folder gives no place for one, or for a pace, or others may write in it.
        """
        make_private(self.folder)
        if is_open_to_others(self.folder):
            raise PermissionError(errno.EPERM, "others may write in it", str(self.folder))
        lock = FileLock(self.folder / "turn.lock", mode=_PRIVATE, poll_interval=_POLL_S, is_singleton=False)
        try:
            lock.acquire()
        except NotImplementedError as error:  # the file system knows no locks
            raise OSError(str(error)) from error
        try:
            turn = _FileTurn(self.folder / "pace.json")
            turn.keep(turn.load())
            yield turn
        finally:
            lock.release()


@dataclass(frozen=True, slots=True)
class _FileTurn:
    path: Path

    def load(self) -> Pace:
        try:
            return Pace.from_json(json.loads(self.path.read_text(encoding="utf-8")))
        except (OSError, ValueError, RecursionError):
            return UNHURRIED

    def save(self, pace: Pace) -> None:
        with suppress(OSError):
            self.keep(pace)

    def keep(self, pace: Pace) -> None:
        """Leave the pace, or raise `OSError`."""
        text = json.dumps(asdict(pace))
        beside = self.path.with_suffix(".new")
        try:
            beside.write_text(text, encoding="utf-8")
            beside.chmod(_PRIVATE)
            os.replace(beside, self.path)  # noqa: PTH105  # an OSError is all that may come of it
        except OSError:  # a full disk has still the room that the pace before takes
            self.path.write_text(text, encoding="utf-8")


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


class MachineGate:
    """The gate of one machine: in the first of some folders that gives place for it, now and each time again.

    Where none does, it is this process's own, and that is told once.
    """

    def __init__(self, folders: Iterable[Path], report: Report) -> None:
        self._gates = tuple(FileGate(each) for each in folders)
        self._report = report
        self._alone: LoneGate | None = None

    @contextmanager
    def hold(self) -> Iterator[Turn]:
        """Wait for the gate and hold it."""
        with ExitStack() as held:
            yield self._held(held)

    def _held(self, held: ExitStack) -> Turn:
        for gate in self._gates:
            with suppress(OSError):
                return held.enter_context(gate.hold())
        if self._alone is None:
            self._alone = LoneGate()
            self._report(
                Notice(
                    f"there is no place for a lock in {self._gates[0].folder}; "
                    "keep other programs from asking at the same time"
                )
            )
        return held.enter_context(self._alone.hold())


def machine_gate(folder: Path, site: str, report: Report) -> Gate:
    """The gate of this machine: in ``folder``, or in the folder for temporary files where that gives no place."""
    user = getpass.getuser() if os.name != "posix" else str(os.geteuid())
    return MachineGate((folder, Path(tempfile.gettempdir()) / f"dlbib-{user}" / site), report)
