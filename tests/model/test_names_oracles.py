"""What the BibTeX program makes of names is the judge of what we make of them."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Final

import pytest

from dlbib.model.names import Name, bibtex_form, name_parts
from tests.strategies.names import FAMILIES, GIVEN, SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

STYLE: Final = """
ENTRY { author } {} { label }
FUNCTION { misc } {
  author #1 "{ff}" format.name$ write$ newline$
  author #1 "{vv}" format.name$ write$ newline$
  author #1 "{ll}" format.name$ write$ newline$
  author #1 "{jj}" format.name$ write$ newline$
}
READ
ITERATE { call.type$ }
"""

SAMPLES: Final = [
    "Jane Mary Doe", "Doe", "{Doe Institute}", "van der Berg", "Maria de la Cruz y Vega Sanz", "Jan Van den Berg",
    "de la Cruz, Maria", "Op de Beeck, Ann", "Drummond de Andrade, Carlos", "Roe, Jr, Richard", "von Roe, III, R.",
    r"{\'E}mile {\'e}cole Zola", r"{\O}ystein {\aa}s Moe", r"{\relax Van} {\relax van} Moe", "{TeX} users {van} Group",
    "Jean-Paul Sartre-Roe", "Jane~M. Doe", "Doe, , Jane", "Doe,, Jane", "Jane Doe,", "d'Arc Doe, Jane", "'t Hooft, G.",
    "1st Baron Doe", "Jane de doe", "jane doe", "a b c d", "{a} b {c} d", "A{b} c D", "Doe, Jane, B., Roe",
]  # fmt: skip


@pytest.fixture
def bibtex(tool: Callable[[str], str], tmp_path: Path) -> Callable[[list[str]], list[list[str]]]:
    """Gives first, von, last and jr of each name, as the program formats them, with spaces for its ties."""

    def parts(names: list[str]) -> list[list[str]]:
        entries = (f"@misc{{k{at}, author = {{{name}}}}}\n" for at, name in enumerate(names))
        (tmp_path / "names.bib").write_text("".join(entries), encoding="utf-8")
        (tmp_path / "parts.bst").write_text(STYLE, encoding="utf-8")
        (tmp_path / "names.aux").write_text(
            "\\citation{*}\n\\bibstyle{parts}\n\\bibdata{names}\n", encoding="utf-8"
        )
        subprocess.run([tool("bibtex"), "names"], cwd=tmp_path, capture_output=True, check=False)
        lines = (tmp_path / "names.bbl").read_text(encoding="utf-8").replace("~", " ").split("\n")
        return [lines[at : at + 4] for at in range(0, len(lines) - 1, 4)]

    return parts


def test_the_parts_of_recorded_names_are_the_programs(shared: Path) -> None:
    recorded = json.loads((shared / "data/oracles/bibtex_names.json").read_text(encoding="utf-8"))
    ours = [name_parts(each["name"]) for each in recorded]
    theirs = [each["parts"] for each in recorded]
    keys = ("first", "prelast", "last", "lineage")
    assert [[list(part) for part in parts] for parts in ours] == [
        [parts[key] for key in keys] for parts in theirs
    ]


@pytest.mark.oracle
def test_the_parts_of_a_name_are_the_programs(bibtex: Callable[[list[str]], list[list[str]]]) -> None:
    ours = [[" ".join(part) for part in name_parts(sample)] for sample in SAMPLES]
    assert ours == bibtex(SAMPLES)


@pytest.mark.oracle
def test_the_program_reads_the_parts_that_were_written(
    bibtex: Callable[[list[str]], list[list[str]]],
) -> None:
    names = [
        Name(family, given, "", particle, suffix)
        for family in FAMILIES
        for given in GIVEN
        for particle in ("", "van den", "von und zu")
        for suffix in ("", *SUFFIXES)
    ]
    read = bibtex([bibtex_form(name) for name in names])
    plain = [[part.replace("{", "").replace("}", "") for part in parts] for parts in read]
    assert plain == [[name.given, name.non_dropping_particle, name.family, name.suffix] for name in names]
