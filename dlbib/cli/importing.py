"""The commands that import files and see to what was set aside of them: import, problems."""

from __future__ import annotations

import contextlib
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO, Final

import typer

from dlbib.cli.commands import FILL, FORMATS, Command, JsonOption, LibraryOption, existing, greeted
from dlbib.cli.failures import PARTLY, exit_code, say_problems
from dlbib.cli.output import print_json, print_table, print_text, say
from dlbib.cli.progress import drawn_progress
from dlbib.errors import DlbibError, InputError, quoted
from dlbib.files import MAX_BYTES

if TYPE_CHECKING:
    from dlbib.library.importing import AsideRecord, FileReport, Given, ImportReport, Wishes
    from dlbib.library.importing.several import Input
    from dlbib.model.problems import Problem

_BLOCK: Final = 1 << 20
_STANDARD_INPUT: Final = "-"
_DUPLICATES: Final = ("set-aside", "skip", "rename", "merge", "replace")


def _one_of_them(given: str) -> str:
    if given not in _DUPLICATES:
        message = f"there is no {quoted(given)}; say one of {', '.join(_DUPLICATES)}"
        raise typer.BadParameter(message)
    return given


DuplicatesOption = Annotated[
    str,
    typer.Option(
        "--on-duplicate",
        metavar="WHAT",
        callback=_one_of_them,
        help="With a second record of one key that says something else: set-aside, skip, rename, merge, "
        "replace (the last counts).",
    ),
]
GenerateOption = Annotated[
    bool, typer.Option("--generate-keys", help="Make keys for records that have none.")
]
StrictOption = Annotated[
    bool, typer.Option("--strict", help="Refuse a file of which anything would have to be set aside.")
]


def import_(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="FILE...", help="BibTeX, BibLaTeX, CSL-JSON or RIS; '-' for standard input."),
    ],
    format_name: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar="NAME",
            help=f"One of {FORMATS}; else by the file's name or text.",
            show_default=False,
        ),
    ] = None,
    encoding: Annotated[
        str | None,
        typer.Option(
            "--encoding", metavar="NAME", help="Such as latin-1; else UTF-8, or what the file says."
        ),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option("--as", metavar="NAME", help="What the file is called in the library, wherever it is."),
    ] = None,
    application: Annotated[
        str | None,
        typer.Option("--application", "-a", metavar="SLUG", help="Group the works under this application."),
    ] = None,
    tag: Annotated[
        list[str] | None, typer.Option("--tag", metavar="TAG", help="Tag the works; may be repeated.")
    ] = None,
    on_duplicate: DuplicatesOption = _DUPLICATES[0],
    library: LibraryOption = None,
    *,
    keywords_as_tags: Annotated[
        bool, typer.Option("--keywords-as-tags", help="Tag the works with their keywords too.")
    ] = False,
    generate_keys: GenerateOption = False,
    strict: StrictOption = False,
    atomic: Annotated[
        bool, typer.Option("--atomic", help="Import all of the files, or none if one can't be.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", "-n", help="Do everything but keep it.")] = False,
    as_json: JsonOption = False,
) -> int:
    """Put the records of files into the library, which is created where there is none.

    What can't be read is set aside and kept: see 'dlbib problems'.

    Importing a file again changes nothing but what the file says otherwise now.
    """
    from dlbib.library import opened as opened_library
    from dlbib.library.importing.several import readable

    wishes: Wishes = {
        "format": format_name,
        "encoding": encoding,
        "name": name,
        "application": application,
        "tags": tag or (),
        "keywords_as_tags": keywords_as_tags,
        "on_duplicate": on_duplicate,  # type: ignore[typeddict-item]  # it is one of them
        "generate_keys": generate_keys,
        "strict": strict,
        "atomic": atomic,
        "dry_run": dry_run,
    }
    with _inputs(paths) as inputs:
        readable(inputs, wishes)  # before the library is made: files that can't be read make none
        with opened_library(library) as opened:
            say(f"library: {greeted(opened).location}")
            with drawn_progress() as progress:
                wishes["progress"] = progress
                report = opened.import_files(inputs, **wishes)
    if dry_run:
        say("nothing was kept: it was a dry run")
    return _tell(report, strict=strict, as_json=as_json)


def problems(
    path: Annotated[
        str | None,
        typer.Argument(
            metavar="[FILE]", help="Of this file only: its path, or its name.", show_default=False
        ),
    ] = None,
    on_duplicate: DuplicatesOption = _DUPLICATES[0],
    library: LibraryOption = None,
    *,
    retry: Annotated[
        bool,
        typer.Option(
            "--retry", help="Read the files again, as they are now; what is mended leaves the list."
        ),
    ] = False,
    generate_keys: GenerateOption = False,
    raw: Annotated[bool, typer.Option("--raw", help="Print the texts that were set aside.")] = False,
    as_json: JsonOption = False,
) -> int:
    """List what of imported files could not be read, and was set aside.

    Files that are read again are read by the options given now, whatever they were imported with.
    """
    wishes: Wishes = {
        "on_duplicate": on_duplicate,  # type: ignore[typeddict-item]  # it is one of them
        "generate_keys": generate_keys,
    }
    if not retry and (generate_keys or on_duplicate != _DUPLICATES[0]):
        message = "it says how files are read again; say --retry too"
        raise typer.BadParameter(message, param_hint="--generate-keys, --on-duplicate")
    with existing(library) as opened:
        if retry:
            with drawn_progress() as progress:
                wishes["progress"] = progress
                report = opened.retry(path, **wishes)
            return _tell(report, strict=False, as_json=as_json)
        found = opened.set_aside(path)
    if as_json:
        print_json([_aside_json(each) for each in found])
    elif raw:
        print_text("".join(f"{each.record.raw.strip()}\n\n" for each in found))
    else:
        print_table(("file", "line", "column", "key", "field", "code", "problem"), _lines(found), whole=3)
    return PARTLY if found else 0


def _lines(found: Sequence[AsideRecord]) -> Iterator[tuple[str, ...]]:
    for each in found:
        for problem in each.record.problems:
            if problem.severity == "error":
                place = (each.path, str(problem.line), str(problem.column))
                yield (*place, problem.key, problem.field, problem.code, problem.message)


# --- what comes in -----------------------------------------------------------------------------------


@contextlib.contextmanager
def _inputs(paths: Sequence[str]) -> Iterator[list[Input]]:
    if paths.count(_STANDARD_INPUT) > 1:
        message = f"{_STANDARD_INPUT!r} is there more than once; standard input can be read once"
        raise typer.BadParameter(message, param_hint="FILE")
    with contextlib.ExitStack() as stack:
        yield [stack.enter_context(_standard_input()) if path == _STANDARD_INPUT else path for path in paths]


@contextlib.contextmanager
def _standard_input() -> Iterator[Given]:
    """Standard input, whole: it can be read once, and a file is read from its beginning several times."""
    from dlbib.library.importing import Given

    source = None if sys.stdin is None else sys.stdin.buffer
    with tempfile.TemporaryFile() as kept:
        while block := _read(source):
            kept.write(block)
            if kept.tell() > MAX_BYTES:
                message = f"standard input: it has more than {MAX_BYTES} bytes, which are allowed"
                raise InputError(message)
        if not kept.tell():
            message = "standard input: there is nothing in it; name a file, or send one"
            raise InputError(message)
        yield Given(kept)


def _read(source: BinaryIO | None) -> bytes:
    if source is None:
        message = "standard input: it is closed; name a file"
        raise InputError(message)
    try:
        return source.read(_BLOCK)
    except (OSError, ValueError) as error:
        message = f"standard input: can't be read: {error}"
        raise InputError(message) from error


# --- what came of it -----------------------------------------------------------------------------------


def _tell(report: ImportReport, *, strict: bool, as_json: bool) -> int:
    _tell_problems(report)
    if as_json:
        print_json({"files": [_report_json(each) for each in report.files], "total": _counts(report)})
    else:
        done = [each for each in report.files if each.error is None]
        print_text("".join(f"{each}\n" for each in done))
        if len(done) > 1:
            print_text(f"{report}\n")
    return _exit_code(report, strict=strict)


def _tell_problems(report: ImportReport) -> None:
    say_problems(report.problems, untold=sum(each.untold for each in report.files))
    for each in report.files:
        if each.gone:
            keys = f"{', '.join(each.gone[:5])}{', …' if len(each.gone) > 5 else ''}"  # noqa: PLR2004  # as many as a line shows
            say(f"{each.path}: {len(each.gone)} that were in it before are not any more, and stay: {keys}")
        if each.error is not None:
            say(f"dlbib: error: {each.error}")
    if report.set_aside:
        say(
            f"{report.set_aside} set aside; see 'dlbib problems', mend them, and say 'dlbib problems --retry'"
        )


def _exit_code(report: ImportReport, *, strict: bool) -> int:
    """That of the first error when nothing was imported at all; 1 when anything was not."""
    errors = [each.error for each in report.files if each.error is not None]
    if errors and (len(errors) == len(report.files)):
        return exit_code(errors[0])
    return PARTLY if errors or report.set_aside or (strict and report.problems) else 0


def _counts(report: FileReport | ImportReport) -> dict[str, int]:
    return {
        "read": report.read,
        "added": report.added,
        "merged": report.merged,
        "unchanged": report.unchanged,
        "set_aside": report.set_aside,
    }


def _report_json(report: FileReport) -> dict[str, Any]:
    return {
        "file": report.path,
        **_counts(report),
        "keys": dict(report.keys),
        "problems": [asdict(each) for each in report.problems],
        "untold": report.untold,
        "gone": list(report.gone),
        "error": _error(report.error),
    }


def _error(error: DlbibError | None) -> str | None:
    return None if error is None else str(error)


def _aside_json(aside: AsideRecord) -> dict[str, Any]:
    return {
        "file": aside.path,
        "problems": [_problem_json(each) for each in aside.record.problems],
        "raw": aside.record.raw,
    }


def _problem_json(problem: Problem) -> dict[str, Any]:
    said = asdict(problem)
    del said["source"]
    return said


COMMANDS = (Command("import", FILL, import_), Command("problems", FILL, problems))
