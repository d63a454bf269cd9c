"""Writing entries over the file they came from: nothing but what changed is touched."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dlbib
from dlbib.errors import InputError, ParseError, UnsupportedError
from dlbib.formats import Original, RenderOptions, get_format
from dlbib.formats.bibtex.preserving import Document
from dlbib.model.entry import Contributor, Entry
from dlbib.model.identifiers import Identifier
from dlbib.model.names import Name
from tests.growth import in_proportion, taken
from tests.strategies.bibtex import broken_files
from tests.strategies.entries import libraries

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dlbib.model.problems import Problem

BIB = """% Encoding: UTF-8
This is my file.

@String{acm = "ACM  Press"}

@Article{smith2014,
  Title     = {A {DNA} title}, % really?
  author    = "Ann Smith
               and Bob Jones",
  journal   = acm # { Quarterly},
  year      = 2014,
  month     = jan,
  my-field  = {kept},
  note      = {R\\&D}
}   % behind it

@comment{jabref-meta: grouping:
0 AllEntriesGroup:;
}
@misc{ two, Title={Two}, Year=2015, }



@book{three
, title = {Three}
, publisher = {Springer}
, year = {2016}
}
@misc{broken, title = {Open
"""


def entries_of(text: str, dialect: str = "bibtex") -> list[Entry]:
    assert dialect in {"bibtex", "biblatex"}
    parts = Document.read(text, "bibtex" if dialect == "bibtex" else "biblatex").parts
    return [part.entry for part in parts if part.entry is not None]


def rewritten(
    text: str,
    entries: list[Entry],
    dialect: str = "bibtex",
    **options: Any,  # noqa: ANN401  # whatever RenderOptions take
) -> tuple[str, list[Problem]]:
    problems: list[Problem] = []
    render = get_format(dialect).render
    assert render is not None
    how = RenderOptions(original=Original(text, "refs.bib"), report=problems.append, **options)
    return "".join(render(entries, how)), problems


def edited(text: str, key: str, dialect: str = "bibtex", /, **changes: object) -> str:
    """A text after one entry was changed, which must then say what it should."""
    entries = [each.replace(**changes) if each.key == key else each for each in entries_of(text, dialect)]
    made, problems = rewritten(text, entries, dialect)
    assert "PRESERVE-ANEW" not in {problem.code for problem in problems}
    return made


def diff(before: str, after: str) -> list[str]:
    """The lines that were taken out and put in."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def test_g001_what_nobody_changed_is_the_same_bytes() -> None:
    assert rewritten(BIB, entries_of(BIB)) == (BIB, [])


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
@given(text=broken_files())
def test_g001_so_it_is_whatever_the_text(dialect: str, text: str) -> None:
    assert rewritten(text, entries_of(text, dialect), dialect)[0] == text


def test_g001_the_order_in_which_entries_are_given_does_not_matter() -> None:
    assert rewritten(BIB, entries_of(BIB)[::-1]) == (BIB, [])


@pytest.mark.parametrize("folder", ["bib", "malformed"])
def test_g001_so_it_is_with_every_real_file(folder: str, shared: Path, tmp_path: Path) -> None:
    count = 0
    for path in sorted((shared / "data" / folder).glob("*.bib*")):
        encoding = None
        try:
            entries, _ = dlbib.read(path)
        except InputError:
            encoding = "latin-1"
            entries, _ = dlbib.read(path, encoding=encoding)
        except ParseError:
            continue  # packed
        out = tmp_path / f"out{path.suffix}"
        dlbib.write(entries, out, preserve=path, encoding=encoding)
        assert out.read_bytes() == path.read_bytes(), path.name
        count += 1
    assert count >= 20


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1"])
def test_g001_a055_a056_encoding_mark_and_line_ends_stay(encoding: str, newline: str, tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    text = BIB.replace("% Encoding: UTF-8", f"% Encoding: {encoding.removesuffix('-sig')}").replace(
        "Two", "Tw\u00f6"
    )
    path.write_bytes(text.replace("\n", newline).encode(encoding))
    before = path.read_bytes()
    entries, _ = dlbib.read(path)
    dlbib.write(entries, path, preserve=path)
    assert path.read_bytes() == before
    dlbib.write([entries[0].replace(note="new"), *entries[1:]], path, preserve=path)
    lines = ["-  note      = {R\\&D}", "+  note      = {new}"]
    assert diff(before.decode(encoding), path.read_bytes().decode(encoding)) == lines
    assert dlbib.read(path)[0][0].note == "new"


def test_g001_utf_16_of_the_other_byte_order_stays(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_bytes(b"\xfe\xff" + BIB.encode("utf-16-be"))
    entries, _ = dlbib.read(path)
    dlbib.write(entries, tmp_path / "out.bib", preserve=path)
    assert (tmp_path / "out.bib").read_bytes() == path.read_bytes()


CHANGES: dict[str, tuple[str, dict[str, object], list[str]]] = {
    "a text in quotation marks": (
        "smith2014",
        {"contributors": [Contributor("author", Name("Doe", "Jane"))]},
        ['-  author    = "Ann Smith', '-               and Bob Jones",', '+  author    = "Doe, Jane",'],
    ),
    "a value behind which a comment stands": (
        "smith2014",
        {"title": "New"},
        ["-  Title     = {A {DNA} title}, % really?", "+  Title     = {New}, % really?"],
    ),
    "the last field": ("smith2014", {"note": "new"}, ["-  note      = {R\\&D}", "+  note      = {new}"]),
    "a bare number": (
        "smith2014",
        {"issued": dlbib.Date.parse("2013-01")},
        ["-  year      = 2014,", "+  year      = 2013,"],
    ),
    "a macro": (
        "smith2014",
        {"issued": dlbib.Date.parse("2014-10")},
        ["-  month     = jan,", "+  month     = oct,"],
    ),
    "what was put together": (
        "smith2014",
        {"container_title": "Nature"},
        ["-  journal   = acm # { Quarterly},", "+  journal   = {Nature},"],
    ),
    "a field of one's own": (
        "smith2014",
        {"extra": {"bibtex:my-field": "other"}},
        ["-  my-field  = {kept},", "+  my-field  = {other},"],
    ),
    "a field taken out": ("smith2014", {"issued": dlbib.Date.parse("2014")}, ["-  month     = jan,"]),
    "the last field taken out": ("smith2014", {"note": None}, ["-  note      = {R\\&D}"]),
    "a field put in": (
        "smith2014",
        {"volume": "3"},
        ["-  note      = {R\\&D}", "+  note      = {R\\&D},", "+  volume    = {3}"],
    ),
    "fields on one line": (
        "two",
        {"note": "n"},
        ["-@misc{ two, Title={Two}, Year=2015, }", "+@misc{ two, Title={Two}, Year=2015, Note={n}, }"],
    ),
    "one of the fields on one line": (
        "two",
        {"title": "Other"},
        ["-@misc{ two, Title={Two}, Year=2015, }", "+@misc{ two, Title={Other}, Year=2015, }"],
    ),
    "one of them taken out": (
        "two",
        {"title": None},
        ["-@misc{ two, Title={Two}, Year=2015, }", "+@misc{ two, Year=2015, }"],
    ),
    "commas in front": ("three", {"note": "n"}, ["+, note = {n}"]),
    "one with its comma in front taken out": ("three", {"publisher": None}, ["-, publisher = {Springer}"]),
    "the type": (
        "two",
        {"type": "book"},
        ["-@misc{ two, Title={Two}, Year=2015, }", "+@book{ two, Title={Two}, Year=2015, }"],
    ),
    "a DOI put in": ("three", {"identifiers": [Identifier("doi", "10.1000/x")]}, ["+, doi = {10.1000/x}"]),
}


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_g003_an_edit_touches_its_own_lines_alone(name: str, newline: str) -> None:
    key, changes, lines = CHANGES[name]
    before = BIB.replace("\n", newline)
    after = edited(before, key, **changes)
    assert diff(before, after) == lines
    assert after.count("\r") == (after.count("\n") if newline == "\r\n" else 0)


@pytest.mark.parametrize("name", CHANGES)
def test_what_was_edited_says_what_it_should_and_all_else_what_it_did(name: str) -> None:
    key, changes, _ = CHANGES[name]
    wanted = [each.replace(**changes) if each.key == key else each for each in entries_of(BIB)]
    found = entries_of(edited(BIB, key, **changes))
    keep = {"extra", "contributors"} & changes.keys()
    for one, other in zip(found, wanted, strict=True):
        assert one.key == other.key
        names = set(Entry.model_fields) - {"extra"} | keep
        assert {name: getattr(one, name) for name in names} == {name: getattr(other, name) for name in names}


@pytest.mark.parametrize(
    ("text", "changes", "after"),
    [
        ("@misc{a}", {"note": "n"}, "@misc{a, note = {n}}"),
        ("@misc{a,}", {"note": "n"}, "@misc{a, note = {n}}"),
        ("@misc{a,\n}", {"note": "n"}, "@misc{a,\n  note = {n},\n}"),
        ("@misc(a, title = {T})", {"note": "n"}, "@misc(a, title = {T}, note = {n})"),
        ("@misc{a,\n\ttitle={T}\n}", {"note": "n"}, "@misc{a,\n\ttitle={T},\n\tnote={n}\n}"),
        (
            "@misc{a,\n  title = {T} % x, y\n}",
            {"note": "n"},
            "@misc{a,\n  title = {T}, % x, y\n  note = {n}\n}",
        ),
        ("@misc{a,\n  title = {T}, % x\n}", {"note": "n"}, "@misc{a,\n  title = {T}, % x\n  note = {n},\n}"),
        ("@misc{a, note = {n}}", {"note": None}, "@misc{a}"),
        ("@MISC{a, TITLE = {T}}", {"note": "n"}, "@MISC{a, TITLE = {T}, NOTE = {n}}"),
        (
            "@misc{a, title = {T}, % note = {x}\n}",
            {"title": "New"},
            "@misc{a, title = {New}, % note = {x}\n}",
        ),
        ('@misc{a, note = "x"}', {"note": 'say "y"'}, '@misc{a, note = {say "y"}}'),
        ("@misc{a, title = {T}, title = {U}}", {"title": "V"}, "@misc{a, title = {{V}}, title = {U}}"),
        (
            "@misc{a, month = {Nivôse}, year = 2014}",
            {"issued": dlbib.Date.of(2013)},
            "@misc{a, month = {Nivôse}, year = 2013}",
        ),
        ("@misc{a, date = {2014-05}}", {"issued": dlbib.Date.parse("2014-06")}, "@misc{a, date = {2014-06}}"),
        (
            "@article{a, journaltitle = {J}}",
            {"container_title": "Kites"},
            "@article{a, journaltitle = {Kites}}",
        ),
        ("@book{a, location = {P}}", {"publisher_place": "Q"}, "@book{a, location = {Q}}"),
    ],
)
def test_a_field_is_changed_in_the_way_its_entry_is_written(
    text: str, changes: dict[str, object], after: str
) -> None:
    assert edited(text, "a", **changes) == after


def test_a_title_with_a_subtitle_is_changed_as_a_whole() -> None:
    text = "@book{a,\n  title = {One},\n  subtitle = {Two},\n  year = 2014\n}"
    made = edited(text, "a", title="Three", title_short=None)
    assert made == "@book{a,\n  title = {Three},\n  year = 2014\n}"


def test_a_new_key_is_written_in_the_place_of_the_old_one_which_becomes_an_alias() -> None:
    made = edited("@misc{ old , title = {T}}\n", "old", key="new", aliases=("old",))
    assert made == "@misc{ new , title = {T}, ids = {old}}\n"


def test_what_a_child_inherits_is_not_written_into_it() -> None:
    text = "@inproceedings{c, title = {C}, crossref = {p}}\n@proceedings{p, title = {P}, year = 2014}\n"
    assert edited(text, "c", note="n") == text.replace("crossref = {p}", "crossref = {p}, note = {n}")


def test_a_child_stays_as_it_is_when_its_parent_changes() -> None:
    text = "@inproceedings{c, title = {C}, crossref = {p}}\n@proceedings{p, title = {P}, year = 2014}\n"
    assert edited(text, "p", issued=dlbib.Date.of(2015)) == text.replace("2014", "2015")


def test_new_entries_stand_at_the_end() -> None:
    text = "@misc{a, title = {Alpha}}\n"
    made, _ = rewritten(text, [Entry(key="b", title="Beta"), *entries_of(text)])
    assert made == text + "\n@misc{b,\n  title = {Beta},\n  key = {Beta},\n}\n"


@pytest.mark.parametrize("end", ["", "\n", "\n\n", "\r\n", " ", "% remark", "\n@misc{open, title = {x"])
def test_new_entries_are_read_whatever_stands_at_the_end(end: str) -> None:
    text = "@misc{a, title = {Alpha}}" + end
    made, _ = rewritten(
        text, [*entries_of(text), Entry(key="b", title="Beta"), Entry(key="c", title="Gamma")]
    )
    assert [entry.key for entry in entries_of(made)] == ["a", "b", "c"]
    assert made.startswith("@misc{a, title = {Alpha}}")
    assert end.strip() in made


def test_the_key_of_a_new_entry_is_free() -> None:
    text = "@misc{a, title = {Alpha}}\n@misc{a, title = {Another}}\n"
    made, problems = rewritten(text, [*entries_of(text), Entry(key="A", title="Beta")])
    assert [entry.key for entry in entries_of(made)] == ["a", "Aa"]
    assert "KEY-TAKEN" in {problem.code for problem in problems}


@pytest.mark.parametrize("key", ["smith2014", "two", "three"])
def test_an_entry_that_is_not_written_is_left_out_and_told(key: str) -> None:
    made, problems = rewritten(BIB, [entry for entry in entries_of(BIB) if entry.key != key])
    assert [(problem.code, problem.key) for problem in problems] == [("PRESERVE-LEFT-OUT", key)]
    assert [entry.key for entry in entries_of(made)] == [e.key for e in entries_of(BIB) if e.key != key]
    assert [line for line in diff(BIB, made) if line.startswith("+")] in ([], ["+   % behind it"])
    for kept in ("This is my file.", "@String{acm", "@comment{jabref-meta", "@misc{broken, title = {Open"):
        assert kept in made


def test_an_entry_that_is_not_written_stays_where_it_is_to_be_kept() -> None:
    made, problems = rewritten(BIB, entries_of(BIB)[1:], keeps=lambda keys: keys)
    assert made == BIB
    assert [(problem.code, problem.key) for problem in problems] == [("PRESERVE-KEPT", "smith2014")]


def test_the_blocks_of_one_work_under_two_keys_both_stay() -> None:
    text = "@misc{a, title = {Alpha}}\n@misc{b, title = {Alpha}, note = {n}}\n"
    one = entries_of(text)[0].replace(note="n", aliases=("b",))
    assert rewritten(text, [one]) == (text, [])


def test_letters_are_written_as_the_file_has_them() -> None:
    change = {"note": "\u017divko"}
    assert "note = {\u017divko}" in edited("@misc{a, title = {\u00c9}, note = {n}}", "a", **change)
    assert "note = {{\\v{Z}}ivko}" in edited("@misc{a, title = {E}, note = {n}}", "a", **change)


def test_a_letter_that_its_encoding_lacks_is_spelled(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_bytes("@misc{a, title = {\u00c9}, note = {n}}".encode("latin-1"))
    entries, _ = dlbib.read(path, encoding="latin-1")
    dlbib.write([entries[0].replace(note="\u017divko")], path, preserve=path, encoding="latin-1")
    assert path.read_bytes() == b"@misc{a, title = {\xc9}, note = {{\\v{Z}}ivko}}"


def test_what_cannot_be_changed_field_by_field_is_laid_out_anew_and_told() -> None:
    text = "% before\n@book{a,\n  title = {Part}, maintitle = {Whole}\n}\n% after\n"
    entry = entries_of(text)[0].replace(contributors=[Contributor("compiler", Name("Doe", "J."))], title="x")
    made, problems = rewritten(text, [entry.replace(volume_title=None)])
    assert made.startswith("% before\n@book{a,\n")
    assert made.endswith("}\n% after\n")
    assert entries_of(made)[0].names("compiler") == (Name("Doe", "J."),)
    assert {problem.code for problem in problems} <= {"PRESERVE-ANEW", "REQUIRED"}


def test_dangerous_tex_that_stays_is_told_and_neutralised_when_asked_for() -> None:
    text = '@preamble{"\\input{x}"}\n@misc{a, title = {T}, note = {\\input{y}}}\n'
    made, problems = rewritten(text, entries_of(text))
    assert made == text
    assert [(problem.code, problem.source, problem.line) for problem in problems] == [
        ("SEC-LATEX", "refs.bib", 1),
        ("SEC-LATEX", "refs.bib", 2),
    ]
    made, problems = rewritten(text, entries_of(text), safe=True)
    assert made == "left out for safety\n@misc{a, title = {T}, note = {{\\textbackslash}input{y}}}\n"
    assert [problem.code for problem in problems] == ["SEC-LATEX"] * 2


@given(text=broken_files(), data=st.data())
@settings(max_examples=60)
def test_an_edit_of_any_text_changes_its_own_block_alone(text: str, data: st.DataObject) -> None:
    parts = [part for part in Document.read(text, "bibtex").parts if part.entry is not None]
    if not parts:
        return
    part = data.draw(st.sampled_from(parts))
    value = data.draw(st.sampled_from([None, "n", "a } b", "x, y = {z}", "\n@misc{evil, a = {b}}", "\u00e9"]))
    attribute = data.draw(st.sampled_from(["note", "title", "volume", "publisher", "abstract"]))
    entries = [e.replace(**{attribute: value}) if e is part.entry else e for e in entries_of(text)]
    # The very same object isn't read twice, so it is found by its key.
    entries = [e.replace(**{attribute: value}) if e.key == part.entry.key else e for e in entries]  # type: ignore[union-attr]  # checked above
    made, _ = rewritten(text, entries)
    start = text.index(part.block.raw) if text.count(part.block.raw) == 1 else None
    if start is not None:
        assert made.startswith(text[:start])
        assert made.endswith(text[start + len(part.block.raw) :])
    assert [e.key for e in entries_of(made)] == [e.key for e in entries]


def test_a_document_is_its_text_and_its_entries() -> None:
    document = Document.read(BIB, "bibtex", "refs.bib")
    assert document.text == BIB
    assert [part.entry.key for part in document.parts if part.entry] == ["smith2014", "two", "three"]
    assert [problem.code for part in document.parts for problem in part.problems] == ["BIB-EOF"]


def test_a_format_that_is_no_bibtex_preserves_nothing(tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text(BIB, encoding="utf-8")
    with pytest.raises(
        UnsupportedError, match="CSL-JSON can't preserve the layout of a file; these can: BibLaTeX, BibTeX"
    ):
        dlbib.write([], tmp_path / "refs.json", preserve=tmp_path / "refs.bib")


def test_an_original_that_is_no_bibtex_is_refused(tmp_path: Path) -> None:
    (tmp_path / "refs.json").write_text('[{"id": "a"}]', encoding="utf-8")
    with pytest.raises(ParseError, match="looks like JSON"):
        dlbib.write([], tmp_path / "out.bib", preserve=tmp_path / "refs.json")
    assert not (tmp_path / "out.bib").exists()


def test_a_layout_can_t_be_kept_and_made_anew_by_a_middleware(tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text(BIB, encoding="utf-8")
    with pytest.raises(UnsupportedError, match="leave out one of them"):
        dlbib.write([], tmp_path / "out.bib", preserve=tmp_path / "refs.bib", middleware=[object()])


OPERATIONS: dict[str, Callable[[list[Entry]], list[Entry]]] = {
    "changing": lambda entries: [each.replace(note="new") for each in entries],
    "leaving out": lambda entries: entries[::2],
    "adding": lambda entries: [*entries, *(Entry(key=f"new{i}", title="New") for i in range(len(entries)))],
}


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS.keys())
def test_time_grows_with_what_changes_and_no_faster(operation: Callable[[list[Entry]], list[Entry]]) -> None:
    def seconds(count: int) -> float:
        text = "".join(f"@misc{{k{i},\n  title = {{T {i}}},\n}}\n" for i in range(count))
        entries = operation(entries_of(text))
        return taken(lambda: rewritten(text, entries))

    assert in_proportion(seconds, 1_600, least_s=6e-3)


@given(text=broken_files(), library=libraries(3))
@settings(max_examples=60)
def test_whatever_is_put_into_whatever_text_is_found_there(text: str, library: list[Entry]) -> None:
    entries = [*entries_of(text), *library]
    made, problems = rewritten(text, entries)
    renamed = sum(problem.code in {"KEY", "KEY-TAKEN"} for problem in problems)
    found = [entry.key for entry in entries_of(made)]
    assert len(found) == len(entries)
    assert len({entry.key for entry in entries} - set(found)) <= renamed
