"""What is hard to write: signs, letters, keys and types that BibTeX has no place for."""

from __future__ import annotations

import io
import os
import subprocess
import sys

import pytest

from dlbib.formats import RenderOptions, get_format
from dlbib.formats.bibtex.reader import parse_biblatex, parse_bibtex
from dlbib.model.entry import Entry
from dlbib.model.identifiers import Identifier
from dlbib.model.tex.braces import is_balanced

PARSE = {"bibtex": parse_bibtex, "biblatex": parse_biblatex}


def written(dialect: str, *entries: Entry) -> tuple[str, list[tuple[str, str]]]:
    """The text, and the codes and fields of the problems."""
    problems: list[tuple[str, str]] = []
    render = get_format(dialect).render
    assert render is not None
    options = RenderOptions(report=lambda problem: problems.append((problem.code, problem.field)))
    return "".join(render(entries, options)), problems


def read(dialect: str, text: str) -> list[Entry]:
    return [each.entry for each in PARSE[dialect](io.StringIO(text, newline=""), "x") if each.entry]


@pytest.mark.parametrize("dialect", PARSE)
@pytest.mark.parametrize(
    "sign", ["%", "&", "#", "_", "$", "~", "^", "\\", "<", ">", '"', "{", "}", "`", "'", "|"]
)
def test_g006_a_sign_in_a_plain_title_is_escaped_once_however_often_it_goes_round(
    sign: str, dialect: str
) -> None:
    entry = Entry(key="a", title=f"one {sign} two{sign}three")
    texts = []
    for _ in range(3):
        text, _ = written(dialect, entry)
        texts.append(text)
        (entry,) = read(dialect, text)
    assert texts == texts[:1] * 3
    assert entry.title == f"one {sign} two{sign}three"


@pytest.mark.parametrize("dialect", PARSE)
def test_g008_latex_is_not_escaped_again_and_its_braces_stay(dialect: str) -> None:
    text = '@misc{a,\n  title = {G{\\"o}del {DNA} $x$},\n}\n'
    made, _ = written(dialect, *read(dialect, text))
    title = '{G{\\"o}del {DNA} $x$}' if dialect == "bibtex" else "{G\u00f6del {DNA} $x$}"
    assert f"  title = {title},\n" in made


LETTERS = {
    "\u00e9": "{\\'e}",
    "\u00df": "{\\ss}",
    "\ufb01": "fi",
    "\u2192": "{$\\rightarrow$}",
    "\u03b1": "{$\\alpha$}",
    "\u00b2": "{$^2$}",
    "e\u0301": "{\\'e}",
    "\u00a0": "~",
}
UNSPELLED = ["\U0001f642", "\u65e5\u672c", "\u200b", "\u202e"]


@pytest.mark.parametrize("letter", LETTERS)
def test_g009_a_letter_is_itself_for_biblatex_and_spelled_for_bibtex(letter: str) -> None:
    entry = Entry(key="a", note=f"x{letter}y")
    text, problems = written("bibtex", entry)
    assert f"note = {{x{LETTERS[letter]}y}}" in text
    assert (text.isascii(), problems) == (True, [])
    (again,) = read("biblatex", written("biblatex", entry)[0])
    assert again.note == entry.note


@pytest.mark.parametrize("letter", UNSPELLED)
def test_g009_a_letter_without_a_spelling_is_kept_and_told(letter: str) -> None:
    text, problems = written("bibtex", Entry(key="a", note=f"x{letter}y"))
    assert f"note = {{x{letter}y}}" in text
    assert problems == [("UNENCODABLE", "note")]


@pytest.mark.parametrize("value", ["{", "}", '"', "x\\", "a { b } c }", "}{", "\\}", "{\\"])
@pytest.mark.parametrize("field", ["title", "bibtex:owner"])
@pytest.mark.parametrize("dialect", PARSE)
def test_g004_whatever_a_value_holds_its_braces_balance(dialect: str, field: str, value: str) -> None:
    given = {"extra": {field: value}} if ":" in field else {field: value}
    text, problems = written(dialect, Entry(key="a", **given), Entry(key="b", title="Bee"))
    assert is_balanced(text)
    assert [entry.key for entry in read(dialect, text)] == ["a", "b"]
    if ":" in field and not is_balanced(value):
        assert ("BRACES", "owner") in problems


@pytest.mark.parametrize(
    ("csl_type", "kind"), [("webpage", "online"), ("software", "software"), ("dataset", "dataset")]
)
def test_g013_a_type_that_bibtex_lacks_is_misc_with_the_type_beside(csl_type: str, kind: str) -> None:
    place = Identifier("url", "https://example.org/thing")
    entry = Entry(key="a", type=csl_type, title="Thing", identifiers=[place])
    text, _ = written("bibtex", entry)
    assert text.startswith("@misc{a,")
    assert read("bibtex", text)[0].type == csl_type
    assert written("biblatex", entry)[0].startswith(f"@{kind}{{a,")


def test_g017_a020_a_key_beyond_ascii_is_told_for_bibtex_alone() -> None:
    entry = Entry(key="caf\u00e92020", title="Thing")
    assert written("bibtex", entry)[1] == [("UNENCODABLE", "")]
    assert written("biblatex", entry) == ("@misc{caf\u00e92020,\n  title = {Thing},\n}\n", [])
    assert written("bibtex", Entry(key="DBLP:conf/x/Y14", title="Thing"))[1] == []


SCRIPT = """
import sys
from dlbib.formats import RenderOptions, formats
from tests.formats.bibtex.samples import SAMPLES
for each in formats().values():
    if each.render:
        sys.stdout.buffer.write("".join(each.render(SAMPLES, RenderOptions())).encode())
"""


def test_g021_the_same_entries_are_the_same_bytes_whatever_hashes_places_and_times_are() -> None:
    outputs = set()
    for seed, zone, place in (
        ("1", "UTC", "C"),
        ("2", "Asia/Tokyo", "C.UTF-8"),
        ("3", "America/Lima", "de_DE"),
    ):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": place}
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT], env=environment, capture_output=True, check=True
        )
        outputs.add(done.stdout)
    assert len(outputs) == 1
    assert len(outputs.pop()) > 10_000
