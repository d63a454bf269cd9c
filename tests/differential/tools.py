"""What pandoc, bibtex and biber read of a bibliography."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

from dlbib.formats.bibtex.reader.kinds import unwrapped
from dlbib.model.markup import fold
from dlbib.model.tex.decode import decode
from tests.differential.readings import Reading, name_text
from tests.oracles import pandoc_items, run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_YEAR: Final = re.compile(r"[\s{\"]*(-?\d{4})(?:[-/~?\s}\"].*)?", re.ASCII)
_NAMESPACE: Final = "{http://biblatex-biber.sourceforge.net/biblatexml}"

STYLE: Final = """
ENTRY { author date editor title year } {} {}
INTEGERS { at count }
STRINGS { list role }
FUNCTION {one} { "@" role * ":" * list at "{ff}|{vv}|{ll}|{jj}" format.name$ * write$ newline$ }
FUNCTION {people} {
  'role := 'list := list num.names$ 'count := #1 'at :=
  { at count > { #0 } { #1 } if$ } { one at #1 + 'at := } while$
}
FUNCTION {default.type} {
  "@key:" cite$ * write$ newline$
  author empty$ 'skip$ { author "author" people } if$
  editor empty$ 'skip$ { editor "editor" people } if$
  title empty$ 'skip$ { "@title:" title * write$ newline$ } if$
  year empty$
    { date empty$ 'skip$ { "@year:" date * write$ newline$ } if$ }
    { "@year:" year * write$ newline$ }
  if$
}
READ
ITERATE { call.type$ }
"""
"""A style that prints what a judge of names, years and titles wants to know, an item to a line."""


def by_pandoc(text: str) -> dict[str, Reading]:
    """What pandoc makes of a bibliography; raises ``RuntimeError`` for what it refuses."""
    return {str(item["id"]): _of_item(item) for item in pandoc_items(text, "bibtex")}


def _of_item(item: dict[str, Any]) -> Reading:
    names = [
        tuple(_csl_name(each) for each in item.get(role, ()) if each.get("literal") != "others")
        for role in ("author", "editor")
    ]
    parts = (item.get("issued") or {}).get("date-parts") or [[]]
    return Reading(names[0], names[1], fold(item.get("title", "")), int((parts[0] or [0])[0]))


def _csl_name(name: dict[str, str]) -> str:
    parts = ("dropping-particle", "non-dropping-particle", "family", "literal", "suffix")
    return name_text(" ".join(name.get(part, "") for part in parts), name.get("given", ""))


def by_bibtex(program: str, text: str, folder: Path) -> dict[str, Reading]:
    """What the bibtex program makes of a bibliography."""
    (folder / "refs.bib").write_text(text, encoding="utf-8")
    (folder / "parts.bst").write_text(STYLE, encoding="ascii")
    (folder / "refs.aux").write_text("\\citation{*}\n\\bibstyle{parts}\n\\bibdata{refs}\n", encoding="ascii")
    run([program, "refs"], folder)
    return dict(_of_lines((folder / "refs.bbl").read_text("utf-8")))


def _of_lines(text: str) -> Iterator[tuple[str, Reading]]:
    # The program breaks lines at white space, and begins what goes on with two spaces.
    lines = [line.partition(":") for line in text.replace("\n  ", " ").splitlines()]
    starts = 0

    def number(line: tuple[str, str, str]) -> int:
        nonlocal starts
        starts += line[0] == "@key"
        return starts

    for _, group in groupby(lines, number):
        said: dict[str, list[str]] = {}
        for name, _, value in group:
            said.setdefault(name.removeprefix("@"), []).append(value)
        year = _YEAR.fullmatch(" ".join(said.get("year", [])))
        names = [
            tuple(_bibtex_name(each) for each in said.get(role, ()) if each != "||others|")
            for role in ("author", "editor")
        ]
        title = fold(decode(" ".join(said.get("title", [])), protect=False))
        yield said["key"][0], Reading(names[0], names[1], title, int(year[1]) if year else 0)


def _bibtex_name(formatted: str) -> str:
    first, von, last, jr = (decode(part, protect=False) for part in formatted.split("|"))
    return name_text(f"{von} {last} {jr}", first)


def by_biber(program: str, text: str, folder: Path) -> dict[str, Reading]:
    """What biber makes of a bibliography, its own parts of names and all."""
    (folder / "refs.bib").write_text(text, encoding="utf-8")
    command = [program, "--tool", "--output-format=biblatexml", "--output-file=refs.xml", "refs.bib"]
    run(command, folder, timeout_s=300)
    root = ET.parse(folder / "refs.xml").getroot()  # noqa: S314  # written by biber a moment ago
    return {entry.attrib["id"]: _of_element(entry) for entry in root.iter(f"{_NAMESPACE}entry")}


def _of_element(entry: ET.Element) -> Reading:
    names = {
        each.attrib["type"]: tuple(map(_biber_name, each.iter(f"{_NAMESPACE}name")))
        for each in entry.iter(f"{_NAMESPACE}names")
    }
    title = decode(unwrapped(_text(entry.find(f"{_NAMESPACE}title"))), protect=False)
    dates = [each for each in entry.iter(f"{_NAMESPACE}date") if "type" not in each.attrib]
    year = _YEAR.fullmatch("".join(map(_text, dates)) or _text(entry.find(f"{_NAMESPACE}year")))
    authors, editors = names.get("author", ()), names.get("editor", ())
    return Reading(authors, editors, fold(title), int(year[1]) if year else 0)


def _biber_name(name: ET.Element) -> str:
    said = {each.attrib["type"]: _text(each) for each in name if "type" in each.attrib}
    family = " ".join(said.get(part, "") for part in ("prefix", "family", "suffix"))
    return name_text(decode(family, protect=False), decode(said.get("given", ""), protect=False))


def _text(element: ET.Element | None) -> str:
    return " ".join(element.itertext()) if element is not None else ""
