"""A program of Python in a process of its own that is ready before: forked (`tests.ready`), not started anew.

What starts, streams and signals do is tried with processes that are started as a user starts them.
"""

from __future__ import annotations

import multiprocessing
import os
import runpy
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import io
    from collections.abc import Mapping, Sequence

_LONGEST_S = 120
_FORKING = multiprocessing.get_context("forkserver")
_FORKING.set_forkserver_preload(["tests.ready"])


def run(
    arguments: Sequence[str], folder: Path, environment: Mapping[str, str], *, module: str = "dlbib"
) -> subprocess.CompletedProcess[str]:
    """Run ``python -m`` with a module and nothing on standard input; gives the finished process."""
    with tempfile.TemporaryDirectory() as streams:
        out, err = Path(streams, "out"), Path(streams, "err")
        process = _FORKING.Process(
            target=_run, args=(module, list(arguments), str(folder), dict(environment), str(out), str(err))
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


def _run(  # noqa: PLR0913, PLR0917  # what a process is
    module: str, arguments: list[str], folder: str, environment: dict[str, str], out: str, err: str
) -> None:
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    streams = _redirected(1, out), _redirected(2, err)  # which would be closed if nobody held them
    sys.stdout, sys.stderr = streams
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def _redirected(descriptor: int, path: str) -> io.TextIOWrapper:
    with Path(path).open("wb") as stream:
        os.dup2(stream.fileno(), descriptor)
    return open(descriptor, "w", encoding="utf-8", buffering=1, closefd=False)
