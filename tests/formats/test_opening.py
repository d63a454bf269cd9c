"""What a file is taken for: by its name, by its text, never by a guess that nobody hears of."""

from __future__ import annotations

import gzip
import io
import zipfile
from typing import TYPE_CHECKING

import pytest

import dlbib
from dlbib.errors import InputError, ParseError, UnknownFormatError
from dlbib.formats import formats
from dlbib.formats.opening import open_entries

if TYPE_CHECKING:
    from pathlib import Path

BIB = "@misc{a, title = {T\u00e9}}\n"
RIS = "TY  - JOUR\nTI  - T\nER  - \n"
JSON = '[{"id": "a", "type": "book", "title": "T"}]'
HTML = "<!DOCTYPE html>\n<html><style>@media (print) {a}</style><body>Not found</body></html>\n"
NBIB = "\nPMID- 12345\nTI  - One\n"
ENDNOTE = "%0 Journal Article\n%T One\n"
WOS = "FN Clarivate Analytics\nVR 1.0\nPT J\nAU Roe, A\n"
XML = '<?xml version="1.0"?><xml><records><record/></records></xml>'


def zipped() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("refs.bib", BIB)
    return stream.getvalue()


FOREIGN = {
    "HTML": HTML.encode(),
    "XML": XML.encode(),
    "PubMed's format (nbib)": NBIB.encode(),
    "EndNote's own format": ENDNOTE.encode(),
    "Web of Science's format": WOS.encode(),
    "PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
    "gzip": gzip.compress(BIB.encode()),
    "zip": zipped(),
    "RTF": b"{\\rtf1\\ansi @misc{a}}",
    "an SQLite database": b"SQLite format 3\0" + b"\0" * 84,
    "an image": b"\x89PNG\r\n\x1a\n",
}
"""What no format of ours is, as it begins."""

OWN = {"bibtex": BIB, "biblatex": BIB, "ris": RIS, "csl-json": JSON}


def written(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def refusal(path: Path, format: str | None = None) -> str:  # noqa: A002  # as there
    with pytest.raises(ParseError) as raised:
        dlbib.read(path, format=format)
    assert "\n" not in str(raised.value)
    return str(raised.value)


def codes(path: Path) -> list[str]:
    return [problem.code for problem in dlbib.read(path)[1]]


@pytest.mark.parametrize("extension", [".bib", ".biblatex", ".ris", ".json", ".txt", ""])
@pytest.mark.parametrize("what", FOREIGN)
def test_a062_b024_c017_what_no_format_is_is_refused_as_what_it_is(
    what: str, extension: str, tmp_path: Path
) -> None:
    path = written(tmp_path, f"refs{extension}", FOREIGN[what])
    assert f"looks like {what}" in refusal(path)


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("what", FOREIGN)
def test_a062_b024_c017_so_it_is_whichever_format_is_named(what: str, name: str, tmp_path: Path) -> None:
    assert f"looks like {what}" in refusal(written(tmp_path, "refs", FOREIGN[what]), name)


@pytest.mark.parametrize(
    ("extension", "text", "what"),
    [
        (".bib", RIS, "RIS, not BibTeX"),
        (".bib", JSON, "JSON, not BibTeX"),
        (".biblatex", RIS, "RIS, not BibLaTeX"),
        (".ris", BIB, "BibTeX, not RIS"),
        (".ris", JSON, "JSON, not RIS"),
        (".json", BIB, "BibTeX, not CSL-JSON"),
        (".json", RIS, "RIS, not CSL-JSON"),
    ],
)
def test_a062_c017_one_format_under_the_name_of_another_is_refused(
    extension: str, text: str, what: str, tmp_path: Path
) -> None:
    message = refusal(written(tmp_path, f"refs{extension}", text))
    assert f":1:1: looks like {what}; nothing was read; name its format: " in message


def test_a_format_that_is_named_counts_where_its_sign_is_in_the_text(tmp_path: Path) -> None:
    path = written(tmp_path, "refs.bib", f"TY  - a remark\n{BIB}")
    assert "looks like RIS" in refusal(path)
    assert len(dlbib.read(path, format="bibtex")[0]) == 1


def test_a_sign_within_an_entry_changes_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, "refs.bib", "@misc{a, note = {\nTY  - JOUR\n}}\n")
    assert len(dlbib.read(path)[0]) == 1


@pytest.mark.parametrize(("name", "text"), [("bibtex", BIB), ("ris", RIS), ("csl-json", JSON)])
@pytest.mark.parametrize("file", ["refs", "refs.txt", "refs.docx"])
def test_a_file_is_read_by_its_text_where_its_name_tells_nothing(
    name: str, text: str, file: str, tmp_path: Path
) -> None:
    with open_entries(written(tmp_path, file, f"\ufeff\n {text}")) as opened:
        assert opened.format is formats()[name]
    assert len(dlbib.read(tmp_path / file)[0]) == 1


def test_a_text_that_shows_nothing_needs_a_name(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormatError, match="no format goes by"):
        dlbib.read(written(tmp_path, "refs.txt", "Some words.\n"))


def test_a_text_that_shows_nothing_is_of_its_extension(tmp_path: Path) -> None:
    assert codes(written(tmp_path, "refs.bib", "Some words.\n")) == ["BIB-EMPTY"]


def test_the_line_of_the_sign_is_told(tmp_path: Path) -> None:
    assert "refs.bib:4:1: looks like RIS" in refusal(written(tmp_path, "refs.bib", f"\r\n\r\n\n{RIS}"))


def test_a057_latin_1_is_refused_when_nothing_declares_it(tmp_path: Path) -> None:
    path = written(tmp_path, "refs.bib", BIB.encode("latin-1"))
    with pytest.raises(
        InputError, match=r"refs.bib:1: is not UTF-8: byte 0xE9 at offset 19; .* --encoding latin-1"
    ):
        dlbib.read(path)
    assert dlbib.read(path, encoding="latin-1")[0][0].title == "T\u00e9"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig"])
def test_a058_a_byte_order_mark_is_understood(encoding: str, tmp_path: Path) -> None:
    entries, problems = dlbib.read(written(tmp_path, "refs.bib", BIB.encode(encoding)))
    assert [entry.title for entry in entries] == ["T\u00e9"]
    assert problems == []


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a058_utf_16_without_its_mark_is_refused_with_what_to_say(encoding: str, tmp_path: Path) -> None:
    path = written(tmp_path, "refs.bib", BIB.encode(encoding))
    message = refusal(path)
    assert "looks like UTF-16 without its mark" in message
    assert f"--encoding {encoding}" in message
    assert dlbib.read(path, encoding=encoding)[0][0].title == "T\u00e9"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a058_a059_utf_16_that_declares_itself_needs_no_mark(encoding: str, tmp_path: Path) -> None:
    path = written(tmp_path, "refs.bib", f"% Encoding: {encoding.upper()}\n{BIB}".encode(encoding))
    entries, problems = dlbib.read(path)
    assert [entry.title for entry in entries] == ["T\u00e9"]
    assert [problem.code for problem in problems] == ["ENC-DECLARED"]


@pytest.mark.parametrize(
    ("line", "encoding"),
    [
        ("% Encoding: windows-1252", "cp1252"),
        ("% Encoding: Cp1252", "cp1252"),
        ("%Encoding:ISO8859_1", "latin-1"),
        ("This file was created with JabRef 2.9.\nEncoding: Cp1252", "cp1252"),
        ("% Encoding: x-MacRoman", "mac-roman"),
        ("% -*- mode: bibtex; coding: latin-1-unix -*-", "latin-1"),
        ("% !TeX encoding = ISO-8859-15", "iso8859-15"),
        ("% a remark\n%% Saved with string encoding Western (Mac OS Roman) ", "mac-roman"),
    ],
)
def test_a059_a_declared_encoding_is_honoured_with_a_warning(
    line: str, encoding: str, tmp_path: Path
) -> None:
    path = written(tmp_path, "refs.bib", f"{line}\n\n{BIB}".encode(encoding))
    entries, problems = dlbib.read(path)
    assert [entry.title for entry in entries] == ["T\u00e9"]
    assert [(problem.code, problem.severity) for problem in problems] == [("ENC-DECLARED", "warning")]


def test_a059_a_declaration_that_the_text_belies_is_honoured_and_doubted(tmp_path: Path) -> None:
    path = written(tmp_path, "refs.bib", f"% Encoding: windows-1252\n{BIB}")
    entries, (problem,) = dlbib.read(path)
    assert entries[0].title == "T\u00c3\u00a9"
    assert "--encoding utf-8" in problem.message
    assert dlbib.read(path, encoding="utf-8")[0][0].title == "T\u00e9"


@pytest.mark.parametrize("line", ["% Encoding: UTF-8", "% Encoding: US-ASCII", "%%% UTF-8 encoding: yes"])
def test_a059_what_is_utf_8_anyway_is_not_told(line: str, tmp_path: Path) -> None:
    assert codes(written(tmp_path, "refs.bib", f"{line}\n{BIB}")) == []


@pytest.mark.parametrize(
    "name",
    ["klingon", "hex", "rot13", "idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape"],
)
def test_a059_an_encoding_that_is_none_is_told_and_utf_8_read(name: str, tmp_path: Path) -> None:
    path = written(tmp_path, "refs.bib", f"% Encoding: {name}\n{BIB}")
    assert codes(path) == ["ENC-UNKNOWN"]
    assert dlbib.read(path)[0][0].title == "T\u00e9"


def test_a059_a_declaration_within_an_entry_is_none(tmp_path: Path) -> None:
    assert (
        codes(written(tmp_path, "refs.bib", f"@misc{{b,\n note = {{\n% Encoding: latin-1\n}}}}\n{BIB}")) == []
    )


def test_a059_a_text_that_is_not_of_its_declared_encoding_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "refs.bib", b"% Encoding: shift_jis\n@misc{a, title = {\xff\xff}}")
    with pytest.raises(InputError, match="is not text in shift_jis"):
        dlbib.read(path)


def test_a060_smart_quotes_read_as_latin_1_are_told(tmp_path: Path) -> None:
    path = written(tmp_path, "refs.bib", "@misc{a, title = {\u201cT\u201d}}".encode("cp1252"))
    assert [problem.code for problem in dlbib.read(path, encoding="latin-1")[1]] == ["ENC-CONTROLS"]


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "mac-roman"])
def test_c016_ris_in_another_encoding_is_refused_with_what_to_try(encoding: str, tmp_path: Path) -> None:
    path = written(
        tmp_path, "refs.ris", "TY  - JOUR\nTI  - \u201cT\u00e9\u201d\nER  - \n".encode(encoding, "replace")
    )
    with pytest.raises(InputError, match=r"refs.ris:2: is not UTF-8: .* --encoding (latin-1|cp1252)"):
        dlbib.read(path)


@pytest.mark.parametrize(
    "name", ["nonsense", "rot13", "hex", "a\0b", "x" * 10_000, "", "idna", "punycode", "undefined"]
)
def test_an_encoding_that_is_none_is_refused_when_it_is_named(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no encoding"):
        dlbib.read(written(tmp_path, "refs.bib", BIB), encoding=name)


@pytest.mark.parametrize("name", ["utf-16", "utf-7"])
def test_an_encoding_that_the_text_has_not_is_refused_when_it_is_named(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not text in"):
        dlbib.read(written(tmp_path, "refs.bib", BIB), encoding=name)


def test_a_declared_name_without_an_end_is_none(tmp_path: Path) -> None:
    assert codes(written(tmp_path, "refs.bib", f"% Encoding: {'x' * 100_000}\n{BIB}")) == []


def test_a_remark_that_looks_like_another_format_is_told_with_both_names(tmp_path: Path) -> None:
    path = written(tmp_path, "refs.bib", f'{{ "quoted" }} remark\n{BIB}')
    assert "name its format: csl-json, or bibtex if it is that after all" in refusal(path)
    assert len(dlbib.read(path, format="bibtex")[0]) == 1


@pytest.mark.parametrize(
    "head", [b"\xff\xfe", b"\xff\xfe@", b"\xef\xbb\xbf", b"\x1f", b"PK", b"\0" * 9, b"%PD"]
)
@pytest.mark.parametrize("extension", [".bib", ".ris", ".json", ".txt", ""])
def test_whatever_a_file_begins_with_it_is_read_or_refused(
    head: bytes, extension: str, tmp_path: Path
) -> None:
    path = written(tmp_path, f"refs{extension}", head)
    said = ""
    entries: list[dlbib.Entry] = []
    try:
        entries, _ = dlbib.read(path)
    except dlbib.DlbibError as error:
        said = str(error)
    assert "\n" not in said
    assert entries == []
