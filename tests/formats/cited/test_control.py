from __future__ import annotations

import io

import pytest

from dlbib.errors import ParseError
from dlbib.formats.cited.control import scan
from dlbib.formats.cited.findings import EntrySet, Everything, Finding, Key

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def found(body: str, head: str = HEAD) -> list[Finding]:
    text = f'{head}<bcf:controlfile version="3.9" xmlns:bcf="x">\n{body}\n</bcf:controlfile>\n'
    return scan(io.BytesIO(text.encode()), "a.bcf")


def section(body: str) -> str:
    return f'<bcf:section number="0">\n{body}\n</bcf:section>'


def test_keys_are_read_in_order_with_their_place() -> None:
    body = section(
        '<bcf:citekey order="1" intorder="1">a</bcf:citekey>\n<bcf:citekey order="2">b</bcf:citekey>'
    )
    assert found(body) == [Key("a", 4, 1), Key("b", 5, 1)]


def test_everything_is_read() -> None:
    assert found(section('<bcf:citekey order="2" nocite="1">*</bcf:citekey>')) == [Everything()]


def test_a_set_cites_its_members_and_is_no_key_itself() -> None:
    body = section('<bcf:citekey type="set" members="a,b">s</bcf:citekey>')
    assert found(body) == [Key("a", 4, 1), Key("b", 4, 1), EntrySet("s")]


def test_letters_that_xml_escapes_are_read() -> None:
    assert found(section("<bcf:citekey>a&amp;b&#233;</bcf:citekey>")) == [Key("a&bé", 4, 1)]


def test_empty_keys_are_dropped() -> None:
    assert found(section("<bcf:citekey></bcf:citekey><bcf:citekey> </bcf:citekey>")) == []


def test_other_elements_cite_nothing() -> None:
    assert found('<bcf:datasource type="file">refs.bib</bcf:datasource>') == []


def refusal(text: str) -> ParseError:
    with pytest.raises(ParseError) as raised:
        scan(io.BytesIO(text.encode()), "a.bcf")
    return raised.value


def test_a_cut_file_is_refused_with_its_place() -> None:
    error = refusal('<bcf:controlfile xmlns:bcf="x">\n<bcf:section>')
    assert (error.source, error.line) == ("a.bcf", 2)
    assert "run LaTeX again" in str(error)


@pytest.mark.parametrize("text", ["", "%PDF-1.7", "\\citation{a}", '{"a": 1}'])
def test_what_is_no_xml_is_refused(text: str) -> None:
    assert "is no whole XML" in str(refusal(text))


def test_another_kind_of_xml_is_refused_as_what_it_is() -> None:
    assert "it begins with <html>" in str(refusal("<html></html>"))


def test_a_document_type_is_refused_before_anything_is_expanded() -> None:
    bomb = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 20))
    error = refusal(f'{HEAD}<!DOCTYPE x [<!ENTITY l0 "lol">{bomb}]><bcf:controlfile>&l19;</bcf:controlfile>')
    assert "document type" in str(error)


def test_an_undefined_entity_is_refused() -> None:
    assert "is no whole XML" in str(refusal('<bcf:controlfile xmlns:bcf="x">&x;</bcf:controlfile>'))


def test_deep_nesting_is_no_trouble() -> None:
    depth = 20_000
    assert found("<bcf:x>" * depth + "<bcf:citekey>a</bcf:citekey>" + "</bcf:x>" * depth) == [
        Key("a", 3, 7 * depth + 1)
    ]
