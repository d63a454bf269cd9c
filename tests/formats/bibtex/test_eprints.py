from __future__ import annotations

import io

import pytest

from dlbib.formats import RenderOptions
from dlbib.formats.bibtex.eprints import address_of
from dlbib.formats.bibtex.reader import parse_biblatex
from dlbib.formats.bibtex.writer import render_biblatex

JSTOR = "@book{a, title = {Book}, eprint = {123}, eprinttype = {jstor}}"


def read(text: str) -> list[object]:
    return [each.entry for each in parse_biblatex(io.StringIO(text), "x") if each.entry]


@pytest.mark.parametrize(
    ("archive", "eprint", "address"),
    [
        ("jstor", "123", "https://www.jstor.org/stable/123"),
        ("JSTOR", " 123 ", "https://www.jstor.org/stable/123"),
        ("{hdl}", "2027/mdp.1", "https://hdl.handle.net/2027/mdp.1"),
        ("arxiv", "1406.2661", None),
        ("jstor", "", None),
        ("", "123", None),
    ],
)
def test_an_archive_leads_to_an_address(archive: str, eprint: str, address: str | None) -> None:
    assert address_of({"archiveprefix": archive, "eprint": eprint}) == address


def test_the_address_is_among_the_identifiers_and_the_field_is_kept() -> None:
    (entry,) = (each.entry for each in parse_biblatex(io.StringIO(JSTOR), "x") if each.entry)
    assert entry.url == "https://www.jstor.org/stable/123"
    assert entry.extra["bibtex:eprint"] == "123"


def test_an_address_of_the_entry_s_own_counts() -> None:
    text = f"{JSTOR[:-1]}, url = {{http://x.org}}}}"
    (entry,) = (each.entry for each in parse_biblatex(io.StringIO(text), "x") if each.entry)
    assert [each.value for each in entry.identifiers] == ["http://x.org"]


def test_what_biblatex_prints_by_itself_is_not_written_twice() -> None:
    (entry,) = (each.entry for each in parse_biblatex(io.StringIO(JSTOR), "x") if each.entry)
    written = "".join(render_biblatex([entry], RenderOptions()))
    assert "url" not in written
    assert read(written) == [entry]
