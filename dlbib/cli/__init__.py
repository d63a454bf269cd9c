"""The command line: typer commands, one file per group, found by their file names; no logic."""

from __future__ import annotations

import contextlib
import importlib
import os
import pkgutil
import signal
import sys
import tempfile
import traceback
from typing import Annotated, Final

import typer

from dlbib.cli import failures
from dlbib.cli.commands import LIBRARY_VARIABLE, PANELS, Command, Explained, Group, LibraryOption
from dlbib.cli.output import say
from dlbib.cli.streams import guard_streams
from dlbib.errors import DlbibError
from dlbib.files.collecting import seldom_collected

_CONTEXT: Final = {"help_option_names": ["-h", "--help"]}


def app(first: str = "") -> typer.Typer:
    """The application with every command found in this package, or with those alone that a first word leaves."""
    typer_app = typer.Typer(
        name="dlbib",
        pretty_exceptions_enable=False,
        context_settings=_CONTEXT,
        epilog="Start with: dlbib seed, then dlbib applications, dlbib export --application image-captioning.",
    )
    typer_app.callback()(_main_options)
    for each in _commands(first):
        _add(typer_app, each)
    return typer_app


def _add(typer_app: typer.Typer, given: Command | Group) -> None:
    if isinstance(given, Command):
        typer_app.command(given.name, cls=Explained, rich_help_panel=given.panel)(given.run)
        return
    group = typer.Typer(context_settings=_CONTEXT)
    for command in given.commands:
        group.command(command.name, cls=Explained)(command.run)
    typer_app.add_typer(group, name=given.name, help=given.summary, rich_help_panel=given.panel)


def _commands(first: str) -> list[Command | Group]:
    """All commands in the order of the help page, or those that a first word leaves: typer is slow to make them.

    The version is told without any: loading them, and all that they work with, takes far longer.
    """
    if first == "--version":
        return []
    modules = (importlib.import_module(f"{__name__}.{m.name}") for m in pkgutil.iter_modules(__path__))
    found = [command for module in modules for command in getattr(module, "COMMANDS", ())]
    named = [command for command in found if command.name == first]
    return named or sorted(found, key=lambda command: PANELS.index(command.panel))


def _show_version(wanted: bool) -> None:  # typer calls it with the flag
    if wanted:
        from importlib.metadata import version

        typer.echo(f"dlbib {version('dlbib')}")
        raise typer.Exit


def _main_options(
    library: LibraryOption = None,
    *,
    debug: Annotated[bool, typer.Option("--debug", help="Show a traceback when something fails.")] = False,  # noqa: ARG001  # read by main
    show_version: Annotated[  # noqa: ARG001  # its callback acts
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and leave."),
    ] = False,
) -> None:
    """Keep a bibliography: reading lists in, BibTeX, BibLaTeX and CSL-JSON out."""
    if library:
        # Named before the command, it is what the command finds where it looks for one.
        os.environ[LIBRARY_VARIABLE] = library


def main() -> None:
    """Run the command line and leave with its exit code."""
    guard_streams()
    received = _Signals()
    received.listen()
    arguments = sys.argv[1:]
    try:
        with seldom_collected():
            code = _run(arguments) or 0
    except BaseException as error:  # noqa: BLE001  # whatever happened becomes an exit code
        if "--debug" in arguments:
            traceback.print_exception(error)
        code = received.code or _failed(error, arguments)
    if code == failures.INTERRUPTED:
        say("dlbib: interrupted")
    with contextlib.suppress(OSError):  # what could not be written was told before
        sys.stdout.flush()
    raise SystemExit(code)


class _Signals:
    """Which signal told the program to stop, as the exit code that answers it.

    What is raised for a signal may come out of other people's code as another error, or not at all.
    """

    def __init__(self) -> None:
        self.code: int | None = None

    def listen(self) -> None:
        """Stop in order when told so; what is ignored, as ``nohup`` has it, stays ignored."""
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):  # Windows has no SIGHUP
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._stop)

    def _stop(self, number: int, frame: object) -> None:  # noqa: ARG002  # a signal handler's arguments
        if number == signal.SIGINT:
            self.code = failures.INTERRUPTED
            raise KeyboardInterrupt
        self.code = failures.TERMINATED
        raise SystemExit(self.code)


def _run(arguments: list[str]) -> int | None:
    """Run one command; usage errors are shown and answered with 2."""
    kept = [a for a in arguments if a != "--debug"] or ["--help"]
    try:
        result: int | None = app(kept[0])(args=kept, prog_name="dlbib", standalone_mode=False)
        sys.stdout.flush()
    except typer.TyperException as error:
        context = getattr(error, "ctx", None)
        command = context.command_path if context else "dlbib"
        say(f"{command}: error: {error.format_message().rstrip('.')}. Try '{command} --help'.")
        return failures.USAGE
    else:
        return result


def _failed(error: BaseException, arguments: list[str]) -> int:
    """Say what went wrong, and give the exit code for it."""
    if isinstance(error, DlbibError):
        return failures.report(error, as_json="--json" in arguments)
    # Whoever read our output has seen enough. Typer makes a plain exit of it.
    if isinstance(error, BrokenPipeError) or isinstance(error.__context__, BrokenPipeError):
        return failures.PIPE_CLOSED
    if isinstance(error, KeyboardInterrupt | typer.Abort):
        return failures.INTERRUPTED
    if isinstance(error, Exception):
        return _bug(error)
    raise error


def _bug(error: Exception) -> int:
    what = f"dlbib: error: {type(error).__name__}, which is a bug in dlbib"
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="dlbib-", suffix=".txt", delete=False, encoding="utf-8", errors="backslashreplace"
        ) as report:
            traceback.print_exception(error, file=report)
    except OSError:
        say(f"{what}; add --debug to see the details")
    else:
        say(f"{what}; the details are in {report.name}")
    return failures.BUG
