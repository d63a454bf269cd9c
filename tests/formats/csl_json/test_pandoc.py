"""What pandoc makes of the CSL-JSON that is written."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dlbib.model.dates import Date
from dlbib.model.entry import ROLES, TYPES, Contributor, Entry
from dlbib.model.identifiers import Identifier
from dlbib.model.names import Name
from tests.formats.csl_json.reading import entries_of, written
from tests.strategies.dates import dates
from tests.strategies.names import names

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.oracle

EVERYTHING = '---\nnocite: "@*"\n---\n'


@pytest.fixture(scope="module")
def pandoc() -> str:
    import pypandoc  # noqa: PLC0415  # a wheel of the test extra

    path: str = pypandoc.get_pandoc_path()
    return path


def run(pandoc: str, text: str, *arguments: str) -> str:
    """What pandoc prints, which is nothing on stderr."""
    done = subprocess.run(
        [pandoc, *arguments], input=text, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def bibliography(pandoc: str, library: list[Entry], folder: Path) -> str:
    """The list of references that pandoc makes of ``library``."""
    path = folder / "refs.json"
    path.write_text(written(*library), encoding="utf-8")
    return run(
        pandoc, EVERYTHING, "--citeproc", "--bibliography", str(path), "--to", "plain", "--wrap", "none"
    )


def work(number: int, **changes: object) -> Entry:
    """A work that has something of every kind, with a title of its own."""
    return Entry(
        key=f"work{number}",
        title=f"Title{number}",
        contributors=(
            Contributor(
                "author", Name(f"Family{number}", "Given", non_dropping_particle="van der", suffix="Jr")
            ),
            Contributor("editor", Name(literal="OpenAI")),
        ),
        issued=Date.parse("2015-06-12"),
        accessed=Date.parse("2016"),
        identifiers=(Identifier("doi", f"10.1000/x{number}"), Identifier("arxiv", "1411.4389")),
        container_title="Container",
        volume="12",
        page="1-2",
        publisher="Publisher",
        keywords=("a, b", "c"),
        extra={
            "bibtex:x": "y",
            "csl:volume": "12",
            "csl:custom": '{"a": [1, {"b": null}]}',
            "csl:locator": "5",
        },
    ).replace(**changes)


def test_a_work_of_every_type_is_in_its_list_of_references(pandoc: str, tmp_path: Path) -> None:
    library = [work(number, type=kind) for number, kind in enumerate(sorted(TYPES))]
    text = bibliography(pandoc, library, tmp_path)
    assert [entry.title for entry in library if str(entry.title) not in text] == []


def test_a_work_by_people_of_every_role_is_in_its_list_of_references(pandoc: str, tmp_path: Path) -> None:
    library = [
        work(number, type="book", contributors=(Contributor(role, Name("Doe", "J")),))
        for number, role in enumerate(ROLES)
    ]
    text = bibliography(pandoc, library, tmp_path)
    assert [entry.title for entry in library if str(entry.title) not in text] == []


def test_what_pandoc_reads_and_writes_says_the_same(pandoc: str) -> None:
    entry = work(1, type="article-journal", extra={}, keywords=("a", "c"))
    (item,) = json.loads(run(pandoc, written(entry), "--from", "csljson", "--to", "csljson"))
    (back,) = entries_of(json.dumps([item]))
    for attribute in (
        "key",
        "type",
        "title",
        "contributors",
        "issued",
        "doi",
        "container_title",
        "volume",
        "page",
    ):
        assert getattr(back, attribute) == getattr(entry, attribute)


@given(st.lists(st.tuples(st.lists(names(), max_size=2), dates()), max_size=8))
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_name_and_any_date_is_understood(
    pandoc: str, tmp_path: Path, drawn: list[tuple[list[Name], Date]]
) -> None:
    library = [
        work(number, type="book", issued=date, contributors=[Contributor("author", name) for name in people])
        for number, (people, date) in enumerate(drawn)
    ]
    text = bibliography(pandoc, library, tmp_path)
    assert [entry.title for entry in library if str(entry.title) not in text] == []
