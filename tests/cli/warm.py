"""The command line in a process of its own that has imported everything before: forked, not started anew.

What starts, streams and signals do is tried with processes that are started as a user starts them.
"""

from __future__ import annotations

import multiprocessing
import os
import pkgutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import dlbib.cli

if TYPE_CHECKING:
    import io
    from collections.abc import Mapping, Sequence

_LONGEST_S = 120
_FORKING = multiprocessing.get_context("forkserver")
_FORKING.set_forkserver_preload([module.name for module in pkgutil.walk_packages(dlbib.__path__, "dlbib.")])


def run(
    arguments: Sequence[str], folder: Path, environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run ``dlbib`` with nothing on standard input; gives the finished process."""
    with tempfile.TemporaryDirectory() as streams:
        out, err = Path(streams, "out"), Path(streams, "err")
        process = _FORKING.Process(
            target=_run, args=(list(arguments), str(folder), dict(environment), str(out), str(err))
        )
        process.start()
        process.join(_LONGEST_S)
        code = process.exitcode
        if code is None:
            process.kill()
            raise TimeoutError(arguments)
        return subprocess.CompletedProcess(
            list(arguments), code, out.read_text("utf-8"), err.read_text("utf-8")
        )


def _run(arguments: list[str], folder: str, environment: dict[str, str], out: str, err: str) -> None:
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    streams = _redirected(1, out), _redirected(2, err)  # which would be closed if nobody held them
    sys.stdout, sys.stderr = streams
    sys.argv = ["dlbib", *arguments]
    dlbib.cli.main()


def _redirected(descriptor: int, path: str) -> io.TextIOWrapper:
    with Path(path).open("wb") as stream:
        os.dup2(stream.fileno(), descriptor)
    return open(descriptor, "w", encoding="utf-8", buffering=1, closefd=False)
