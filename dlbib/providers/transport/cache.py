"""Answers kept on disk: only such as were found valid, and only while they are whole."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dlbib.providers.transport.private import is_open_to_others, make_private
from dlbib.providers.transport.settings import Notice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dlbib.providers.transport.settings import Report

DAY_S: Final = 24 * 3600.0
"""For how long an answer is fresh: the service's data change once a day."""

FOR_EVER: Final = float("inf")

_KEPT_BAD: Final = 20


@dataclass(frozen=True, slots=True)
class Kept:
    """What the cache holds by a name: a body, what was noted with it, and when, in POSIX seconds."""

    body: bytes
    stored_at: float
    notes: Mapping[str, str] = field(default_factory=dict)

    def is_fresh(self, now: float, lifetime_s: float) -> bool:
        """Whether it is younger than ``lifetime_s``; what the clock says is from the future is not."""
        return 0 <= now - self.stored_at < lifetime_s or lifetime_s == FOR_EVER


class DiskCache:
    """A folder of answers, each in a file of its own, written whole or not at all.

    What can't be read, or is not as it was written, counts as missing. A folder that can't be used is
    done without, and told of once.
    """

    def __init__(self, folder: Path, report: Report) -> None:
        self._folder = folder
        self._report = report
        self._is_told = False
        self._is_safe: bool | None = None

    def get(self, name: str) -> Kept | None:
        """What is kept by ``name``, if it is whole."""
        path = self._path(name)
        try:
            if not self._may_use():
                return None
            found = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            self._tell(
                f"what is cached in {path.parent.parent} can't be read ({error.strerror}); it is asked again"
            )
            return None
        kept = _unpacked(name, found)
        if kept is None:
            self._tell(f"{path} is damaged; it is asked again")
        return kept

    def put(self, name: str, kept: Kept) -> None:
        """Keep something by ``name``, in the place of what was there."""
        path = self._path(name)
        try:
            if self._may_use():
                make_private(path.parent)
                _write(path, _packed(name, kept))
        except OSError as error:
            self._tell(f"nothing can be cached in {self._folder} ({error.strerror}); it is done without")

    def put_bad(self, body: bytes) -> None:
        """Keep a body that is no answer, for whoever wants to know what came; the last few of them."""
        folder = self._folder / "bad"
        with suppress(OSError):
            if not self._may_use():
                return
            make_private(folder)
            _write(folder / f"{hashlib.sha256(body).hexdigest()[:16]}.body", body)
            oldest_first = sorted(folder.glob("*.body"), key=lambda each: each.stat().st_mtime)
            for each in oldest_first[:-_KEPT_BAD]:
                each.unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        digest = hashlib.sha256(name.encode("utf-8", "backslashreplace")).hexdigest()
        return self._folder / digest[:2] / digest[2:]

    def _may_use(self) -> bool:
        """Whether the folder can be made, and nobody else may write in it. Raises `OSError`."""
        if self._is_safe is None:
            make_private(self._folder)
            self._is_safe = not is_open_to_others(self._folder)
        if not self._is_safe:
            self._tell(f"others may write in {self._folder}; nothing is cached there: chmod go-w it")
        return self._is_safe

    def _tell(self, text: str) -> None:
        if not self._is_told:
            self._is_told = True
            self._report(Notice(text))


def _write(path: Path, content: bytes) -> None:
    descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix="new-")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
        os.replace(beside, path)  # noqa: PTH105  # what pathlib does, without the object
    except BaseException:
        with suppress(OSError):
            Path(beside).unlink(missing_ok=True)
        raise


def _packed(name: str, kept: Kept) -> bytes:
    about = {"name": name, "stored_at": kept.stored_at, "notes": dict(kept.notes)}
    head = json.dumps(about).encode()
    digest = hashlib.sha256(head + b"\n" + kept.body).hexdigest().encode()
    return b"\n".join((digest, head, kept.body))


def _unpacked(name: str, content: bytes) -> Kept | None:
    digest, _, rest = content.partition(b"\n")
    if hashlib.sha256(rest).hexdigest().encode() != digest:
        return None
    head, _, body = rest.partition(b"\n")
    about = json.loads(head)  # written by `_packed`, or the digest would not hold
    if about["name"] != name:
        return None
    return Kept(body, about["stored_at"], about["notes"])
