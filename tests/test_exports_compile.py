"""Everything that the seeds hold, written in every format and judged by the tools that people use."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import jsonschema
import pypdf
import pytest

import dlbib
from dlbib.model.markup import fold
from tests import oracles

if TYPE_CHECKING:
    from pathlib import Path

Tool = Callable[[str], str]
BIB_FILES = ("ascii.bib", "utf8.bib", "biblatex.bib")

pytestmark = pytest.mark.oracle


@dataclass(frozen=True)
class Exported:
    folder: Path
    works: Mapping[str, dlbib.Entry]

    def read(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def exported(seeded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Exported:
    folder = tmp_path_factory.mktemp("exported")
    with dlbib.open(shutil.copy(seeded_file, folder / "library.db"), create=False) as library:
        library.export_file(folder / "ascii.bib")
        library.export_file(folder / "utf8.bib", utf8=True)
        library.export_file(folder / "biblatex.bib", format="biblatex")
        library.export_file(folder / "refs.json")
        return Exported(folder, {work.key: work for work in library.works()})


def test_bibtex_is_ascii_by_default(exported: Exported) -> None:
    assert exported.read("ascii.bib").isascii()
    assert not exported.read("utf8.bib").isascii()


@pytest.mark.parametrize("name", BIB_FILES)
def test_pandoc_reads_back_the_names_years_and_titles_that_are_stored(exported: Exported, name: str) -> None:
    source = "biblatex" if name == "biblatex.bib" else "bibtex"
    items = {item["id"]: item for item in oracles.pandoc_items(exported.read(name), source)}
    assert {key: _told(item) for key, item in items.items()} == {
        k: _stored(w) for k, w in exported.works.items()
    }


def _told(item: dict[str, Any]) -> tuple[list[str], int | None, str]:
    names = [" ".join(name[part] for part in _PARTS if name.get(part)) for name in item.get("author", ())]
    people = [name for name in names if name != "others"]  # as pandoc has "and others"
    parts = item.get("issued", {}).get("date-parts", [[None]])
    return people, parts[0][0], fold(item["title"])


_PARTS = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix", "literal")


def _stored(work: dlbib.Entry) -> tuple[list[str], int | None, str]:
    return [str(name) for name in work.authors], work.year, fold(work.title or "")


@pytest.mark.parametrize("name", [*BIB_FILES, "refs.json"])
def test_pandoc_cites_every_key_without_a_warning(exported: Exported, name: str) -> None:
    text = oracles.pandoc_cites(exported.folder, name, exported.works)
    assert "???" not in text
    assert "Güçlütürk" in text


@pytest.mark.parametrize("name", BIB_FILES)
def test_typst_makes_a_pdf_that_cites_every_key(exported: Exported, name: str) -> None:
    pdf = oracles.typst_pdf(exported.folder, name, list(exported.works))
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    assert f"[{len(exported.works)}]" in text


@pytest.mark.parametrize("style", ["plain", "abbrv", "alpha"])
@pytest.mark.parametrize("name", ["ascii.bib", "utf8.bib"])
def test_bibtex_has_nothing_to_complain_of(exported: Exported, name: str, style: str, tool: Tool) -> None:
    verdict = oracles.bibtex(tool("bibtex"), exported.folder, name, style)
    assert (verdict.code, "arning" in verdict.output, "rror" in verdict.output) == (0, False, False), (
        verdict.output
    )


def test_biber_has_nothing_to_complain_of(exported: Exported, tool: Tool) -> None:
    verdict = oracles.biber(tool("biber"), exported.folder, "biblatex.bib")
    assert (verdict.code, "WARN" in verdict.output, "ERROR" in verdict.output) == (0, False, False), (
        verdict.output
    )


@pytest.mark.slow
def test_g032_latex_typesets_the_biblatex_file_without_a_warning(exported: Exported, tool: Tool) -> None:
    assert oracles.latex((tool("pdflatex"), tool("biber")), exported.folder, "biblatex.bib") == ""


def test_csl_json_is_valid_by_the_schema(exported: Exported, shared: Path) -> None:
    schema = json.loads((shared / "data" / "csl" / "csl-data.json").read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(exported.read("refs.json")), schema)


@pytest.mark.parametrize("key", ["graves2013generating", "mnih2015human", "krizhevsky2012imagenet"])
def test_an_entry_alone_is_written_as_in_the_whole(exported: Exported, key: str) -> None:
    with dlbib.open(exported.folder / "library.db", create=False) as library:
        alone, _ = library.export(keys=[key])
    assert alone in exported.read("ascii.bib")
