"""The command line: typer commands, one file per group, found by their file names; no logic."""

from __future__ import annotations

import importlib
import os
import pkgutil
import signal
import sys
import tempfile
import traceback
from importlib.metadata import version
from typing import Annotated, Any

import typer

from dlbib.cli import failures
from dlbib.cli.commands import LIBRARY_VARIABLE, PANELS, Command, LibraryOption
from dlbib.cli.output import say
from dlbib.errors import DlbibError, OutputError

_TERMINATED = 143
_PIPE_CLOSED = 141


def app() -> typer.Typer:
    """The application with every command found in this package."""
    typer_app = typer.Typer(
        name="dlbib",
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        epilog="Start with: dlbib seed, then dlbib applications, dlbib export --application image-captioning.",
    )
    typer_app.callback()(_main_options)
    for command in sorted(_commands(), key=lambda c: PANELS.index(c.panel)):
        typer_app.command(command.name, rich_help_panel=command.panel)(command.run)
    return typer_app


def _commands() -> list[Command]:
    modules = (importlib.import_module(f"{__name__}.{m.name}") for m in pkgutil.iter_modules(__path__))
    return [command for module in modules for command in getattr(module, "COMMANDS", ())]


def _show_version(wanted: bool) -> None:  # typer calls it with the flag
    if wanted:
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
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # text streams have it
    signal.signal(signal.SIGTERM, _terminate)
    arguments = sys.argv[1:]
    if "--debug" in arguments:
        raise SystemExit(_run(arguments) or 0)
    raise SystemExit(_run_guarded(arguments))


def _terminate(number: int, frame: Any) -> None:  # noqa: ANN401, ARG001  # a signal handler's arguments
    raise SystemExit(_TERMINATED)


def _run(arguments: list[str]) -> int | None:
    """Run one command; usage errors are shown and answered with 2."""
    kept = [a for a in arguments if a != "--debug"] or ["--help"]
    try:
        result: int | None = app()(args=kept, prog_name="dlbib", standalone_mode=False)
        _flush()
    except typer.TyperException as error:
        context = getattr(error, "ctx", None)
        command = context.command_path if context else "dlbib"
        say(f"{command}: error: {error.format_message()} Try '{command} --help'.")
        return failures.USAGE
    else:
        return result


def _run_guarded(arguments: list[str]) -> int:
    try:
        return _run(arguments) or 0
    except DlbibError as error:
        return failures.report(error, as_json="--json" in arguments)
    except (KeyboardInterrupt, typer.Abort):
        say("dlbib: interrupted")
        return failures.INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has seen enough; leave nothing for Python to flush at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return _PIPE_CLOSED
    except Exception as error:  # noqa: BLE001  # the last resort: a bug becomes a message and a report
        return _bug(error)


def _flush() -> None:
    """Push out what was printed; a closed standard output is an error, not silence."""
    if sys.stdout is None:
        message = "standard output is closed"
        raise OutputError(message)
    sys.stdout.flush()


def _bug(error: Exception) -> int:
    with tempfile.NamedTemporaryFile(
        "w", prefix="dlbib-", suffix=".txt", delete=False, encoding="utf-8"
    ) as report:
        traceback.print_exception(error, file=report)
    say(f"dlbib: error: {type(error).__name__}, which is a bug in dlbib; the details are in {report.name}")
    return failures.BUG
