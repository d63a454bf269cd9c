"""A file that came into a library goes out as it came, but for what changed since."""

from __future__ import annotations

import difflib
import shutil
from typing import TYPE_CHECKING

import pytest

import dlbib
from dlbib.errors import InputError, ParseError

if TYPE_CHECKING:
    from pathlib import Path

_LARGEST = 120_000  # bytes; larger ones take their time, and say no more

BIB = """% my thesis
@String{acm = {ACM Press}}
@Article{one,
  Title  = {First {DNA} things},
  Author = {Ann Smith and Bob Jones},
  Publisher = acm, % in New York
  Year   = 2014
}

@misc{one, title = {Another by that key}}
@inproceedings{two, title={Second things}, author={Doe, Jane}, year=2015, crossref={three}}
@proceedings{three, title={All things}, year=2015}
@misc{four, title={Open
"""


def lines(before: bytes, after: bytes) -> list[str]:
    """The lines that were taken out and put in."""
    given, found = before.decode().splitlines(), after.decode().splitlines()
    changes = difflib.unified_diff(given, found, lineterm="", n=0)
    return [line for line in changes if not line.startswith(("---", "+++", "@@"))]


def test_g001_every_real_file_goes_out_of_a_library_as_it_came(
    shared: Path, empty_file: Path, tmp_path: Path
) -> None:
    different, count = [], 0
    for number, path in enumerate(sorted((shared / "data").glob("*/*.bib*"))):
        if path.stat().st_size > _LARGEST or path.suffix == ".xz":
            continue
        out = tmp_path / f"{number}{path.suffix}"
        with dlbib.open(shutil.copy(empty_file, tmp_path / f"{number}.db")) as library:
            try:
                library.import_file(path)
            except (InputError, ParseError):
                continue  # told of, and tested, elsewhere
            library.export_file(out, preserve=path)
        count += 1
        if out.read_bytes() != path.read_bytes():
            different.append(path.name)
    assert different == []
    assert count > 40


@pytest.mark.slow
def test_g001_so_do_the_large_ones(shared: Path, tmp_path: Path) -> None:
    for number, path in enumerate(sorted((shared / "data").glob("*/*.bib"))):
        if path.stat().st_size > _LARGEST:
            with dlbib.open(tmp_path / f"{number}.db") as library:
                library.import_file(path)
                library.export_file(tmp_path / "out.bib", preserve=path)
            assert (tmp_path / "out.bib").read_bytes() == path.read_bytes(), path.name


def test_g003_an_edit_in_the_library_touches_its_line_alone(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text(BIB, encoding="utf-8")
    before = path.read_bytes()
    with dlbib.open(tmp_path / "library.db") as library:
        library.import_file(path)
        library.edit("one", title="New things")
        library.export_file(path, preserve=path)
    assert lines(before, path.read_bytes()) == [
        "-  Title  = {First {DNA} things},",
        "+  Title  = {New things},",
    ]


def test_a_file_that_was_exported_over_itself_changes_nothing_when_it_is_imported_again(
    tmp_path: Path,
) -> None:
    path = tmp_path / "refs.bib"
    path.write_text(BIB, encoding="utf-8")
    with dlbib.open(tmp_path / "library.db") as library:
        library.import_file(path)
        library.edit("two", note="Read it")
        library.export_file(path, preserve=path)
        once = path.read_bytes()
        library.import_file(path)
        library.export_file(path, preserve=path)
    assert path.read_bytes() == once


def test_an_entry_that_the_library_never_had_stays(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text(BIB, encoding="utf-8")
    with dlbib.open(tmp_path / "library.db") as library:
        library.import_file(path)
        path.write_text(BIB.replace("@misc{four", "@misc{own, title = {Mine}}\n@misc{four"), encoding="utf-8")
        before = path.read_bytes()
        report = library.export_file(path, preserve=path)
    assert path.read_bytes() == before
    assert [(p.code, p.key) for p in report.problems if p.code.startswith("PRESERVE")] == [
        ("PRESERVE-KEPT", "own")
    ]


def test_what_was_not_chosen_is_left_out_and_what_is_broken_stays(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text(BIB, encoding="utf-8")
    with dlbib.open(tmp_path / "library.db") as library:
        library.import_file(path)
        library.edit("three", note="n")
        report = library.export_file(path, "key:three", preserve=path)
    assert report.keys == ("three",)
    assert "@proceedings{three, title={All things}, year=2015, note={n}}" in path.read_text(encoding="utf-8")
    assert "@misc{four, title={Open" in path.read_text(encoding="utf-8")
    assert "@inproceedings{two" not in path.read_text(encoding="utf-8")
