from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dlbib.errors import InvalidIdentifierError, ParseError
from dlbib.formats.bibtex.reader import parse_biblatex, parse_bibtex
from dlbib.formats.fields import csl_name
from dlbib.model.dates import Date
from dlbib.model.entry import DATES, Entry
from dlbib.model.identifiers import Identifier
from dlbib.model.markup import fold
from tests.passlists import judge

if TYPE_CHECKING:
    from collections.abc import Iterator

PASSES = Path(__file__).parent / "passlists"

_OLD_NAMES = {"event": "event-title", "part-number": "part"}
_IDENTIFIERS = {csl_name(scheme) for scheme in ("doi", "isbn", "issn", "pmid", "pmcid", "url")}
_MARKUP = re.compile(r"<[^<>]*>|\*+|\^|(?<![A-Za-z])[_~]|[_~](?![A-Za-z])|\[([^\]]*)\]\{[^}]*\}|\\")


def plain(text: object) -> str:
    """The words of a text, whatever marks it up."""
    return fold(_MARKUP.sub(r"\1", str(text)))


def entries_in(text: str, dialect: str) -> list[Entry]:
    parse = parse_bibtex if dialect == "bibtex" else parse_biblatex
    return [each.entry for each in parse(io.StringIO(text, newline=""), "oracle") if each.entry]


def date_text(given: Any) -> str:  # noqa: ANN401  # what JSON holds
    """A date as EDTF, from any of the forms that pandoc's tests have."""
    if isinstance(given, list):
        ends = []
        for each in given:
            parts = [
                str(each.get(part, "")).zfill(width)
                for part, width in (("year", 4), ("month", 2), ("day", 2))
                if each.get(part)
            ]
            if each.get("season"):
                parts.append(f"{20 + int(each['season'])}")
            if each.get("literal"):
                return plain(each["literal"])
            ends.append(
                "-".join(parts) + ("~" if str(each.get("circa", "")).lower() in {"1", "true"} else "")
            )
        return "/".join(ends)
    if isinstance(given, dict):
        try:
            return str(Date.from_csl(given))
        except ParseError:
            return str(given)
    return str(given)


def name_text(name: dict[str, Any]) -> str:
    """All of a name's parts but which kind its particle is."""
    if "literal" in name:
        return plain(name["literal"])
    parts = (
        name.get(part, "")
        for part in ("dropping-particle", "non-dropping-particle", "family", "given", "suffix")
    )
    return plain(" ".join(parts))


def our_value(entry: Entry, variable: str) -> str | list[str]:
    """What an entry says for a CSL variable."""
    attribute = variable.replace("-", "_")
    names = entry.names(attribute)
    if names:
        return [
            plain(
                each.literal
                or f"{each.dropping_particle} {each.non_dropping_particle} {each.family} {each.given} {each.suffix}"
            )
            for each in names
        ]
    if attribute in DATES:
        return str(getattr(entry, attribute) or "")
    for scheme in ("doi", "isbn", "issn", "pmid", "pmcid", "url"):
        if csl_name(scheme) == variable:
            found = entry.identifier(scheme)
            return found.value if found else ""
    if variable == "keyword":
        return plain(" ".join(entry.keywords))
    if variable == "id":
        return entry.key
    return plain(getattr(entry, attribute, "") or "")


def differences(entry: Entry, item: dict[str, Any]) -> Iterator[str]:
    for given, expected in item.items():
        variable = _OLD_NAMES.get(given, given)
        if variable.upper() in _IDENTIFIERS:
            variable = variable.upper()
        if variable in {"citation-label", "citation-key", "other-ids"}:
            continue
        ours, theirs = compared(our_value(entry, variable), variable, expected)
        if ours != theirs and not is_convention(entry, variable, theirs):
            yield f"{given}: {ours!r}, not {theirs!r}"


def compared(ours: str | list[str], variable: str, expected: Any) -> tuple[object, object]:  # noqa: ANN401  # as above
    """Our value and theirs in one form."""
    if variable.replace("-", "_") in DATES:
        return str(ours).replace("?", "~"), date_text(expected)
    if isinstance(expected, list):
        return ours, [name_text(each) for each in expected if name_text(each) != "others"]
    if variable in _IDENTIFIERS:
        try:
            return ours, Identifier(variable, str(expected)).value
        except InvalidIdentifierError:
            return ours, str(expected)
    if variable == "language":
        return str(ours)[:2], str(expected)[:2]
    return ours, str(expected) if variable == "id" else plain(expected or "document")


def is_convention(entry: Entry, variable: str, theirs: object) -> bool:
    """What pandoc makes of an arXiv id and of a title with a colon, and we don't."""
    if entry.arxiv_id and variable == "type":
        return theirs == "webpage"
    if entry.arxiv_id and variable == "URL":
        return str(theirs).endswith(str(entry.identifier("arxiv").value))  # type: ignore[union-attr]  # it has one
    return variable == "title-short" and plain(entry.title).startswith(str(theirs))


def pandoc_verdicts(shared: Path) -> dict[str, list[str]]:
    """The differences of each case of pandoc's."""
    found: dict[str, list[str]] = {}
    for number in (1, 2):
        lines = (
            (shared / "data" / "oracles" / f"pandoc_bib_to_csl_{number}.jsonl")
            .read_text("utf-8")
            .splitlines()
        )
        for case in map(json.loads, lines):
            entries = {entry.key: entry for entry in entries_in(case["input"], case["input_format"])}
            wrong: list[str] = []
            for item in case["csl"]:
                entry = entries.get(str(item["id"]))
                wrong += (
                    [f"{item['id']} {each}" for each in differences(entry, item)]
                    if entry
                    else [f"no {item['id']}"]
                )
            found[case["name"]] = wrong
    return found


@pytest.mark.oracle
def test_what_pandoc_reads_is_read_alike_wherever_it_once_was(shared: Path) -> None:
    judge(pandoc_verdicts(shared), PASSES / "pandoc.tsv")
