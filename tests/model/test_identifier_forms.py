"""The canonical form of each scheme's values, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlbib.errors import InvalidIdentifierError
from dlbib.model.identifiers import Identifier
from tests.strategies.identifiers import eleven_check, isbn_13

SICI = "10.1002/(SICI)1097-4571(199009)41:6<391::AID-ASI1>3.0.CO;2-9"


@pytest.mark.parametrize(
    ("given_as", "value"),
    [
        ("10.1000/XyZ", "10.1000/XyZ"),
        ("https://doi.org/10.1000/XYZ.", "10.1000/XYZ"),
        ("http://dx.doi.org/10.1000/xyz", "10.1000/xyz"),
        ("doi.org/10.1000/xyz", "10.1000/xyz"),
        ("doi:10.1000/xyz", "10.1000/xyz"),
        ("DOI: 10.1000/xyz", "10.1000/xyz"),
        ("https://doi.org/doi:10.1000/xyz", "10.1000/xyz"),
        ("info:doi/10.1000/xyz", "10.1000/xyz"),
        ("https://doi.org/10.1000%2Fx%3Cy%3E?locatt=1#top", "10.1000/x<y>"),
        ("10.1000%2Fxyz", "10.1000/xyz"),
        ("10.1000/a%3Cb", "10.1000/a%3Cb"),
        ("10.1000/xyz).,", "10.1000/xyz"),
        ("10.1000/xyz}", "10.1000/xyz"),
        ("10.1000/x(yz)", "10.1000/x(yz)"),
        (r"10.1000/x\_y", "10.1000/x_y"),
        (r"10.1000/x{\_}y", "10.1000/x_y"),
        (SICI, SICI),
        (SICI.replace("<", "&lt;").replace(">", "&gt;"), SICI),
        (f"https://doi.org/{SICI[:-1]}#", f"{SICI[:-1]}#"),
        ("10.1000.10/123,456", "10.1000.10/123,456"),
    ],
)
def test_a_doi_is_stripped_to_its_name_and_keeps_its_case(given_as: str, value: str) -> None:
    assert Identifier("doi", given_as).value == value


@pytest.mark.parametrize(
    ("given_as", "reason"),
    [
        ("", "empty"),
        ("11.1000/x", "begins with 10."),
        ("10.1000", "slash"),
        ("10.1000/.", "suffix"),
        ("10/abcd", "short form"),
        ("10.1000/a b", "space"),
        ("10.1000/a\u200bb", r"U\+200B"),
        ("https://doi.org/10.1000/a%0Ab", r"U\+000A"),
        ("https://doi.org/10.1000/a%FFb", "UTF-8"),
        (r"10.1000/a\b", "backslash"),
        ("10.1000/a,10.1000/b", "more than one"),
        ("10.1000/a;https://doi.org/10.1000/b", "more than one"),
        ("10.1000/" + "x" * 10_000, "characters"),
    ],
)
def test_what_is_no_doi_is_refused_with_the_reason(given_as: str, reason: str) -> None:
    with pytest.raises(InvalidIdentifierError, match=reason):
        Identifier("doi", given_as)


@pytest.mark.parametrize(
    ("given_as", "value"),
    [
        ("1411.4389v4", "1411.4389v4"),
        ("1501.00001", "1501.00001"),
        ("hep-th/9901001v1", "hep-th/9901001v1"),
        ("math.GT/0309136", "math/0309136"),
        ("cs.CL/0301001v2", "cs/0301001v2"),
        ("arXiv:1406.2661", "1406.2661"),
        ("arXiv preprint arXiv:1406.2661", "1406.2661"),
        ("arXiv: 1406.2661V2 ", "1406.2661v2"),
        ("arXiv:1406.2661v1 [stat.ML]", "1406.2661v1"),
        ("abs/1406.2661", "1406.2661"),
        ("1406.2661v1.pdf", "1406.2661v1"),
        ("1406.2661).", "1406.2661"),
        ("https://arxiv.org/abs/1406.2661v1", "1406.2661v1"),
        ("http://www.arxiv.org/abs/1406.2661?context=stat#top", "1406.2661"),
        ("https://arxiv.org/pdf/1406.2661v1.pdf", "1406.2661v1"),
        ("https://arxiv.org/pdf/math.GT/0309136v1", "math/0309136v1"),
        ("https://arxiv.org/abs/hep-th%2F9901001", "hep-th/9901001"),
        ("https://arxiv.org/html/2401.00001v2/", "2401.00001v2"),
        ("https://arxiv.org/format/1406.2661", "1406.2661"),
        ("http://export.arxiv.org/abs/1406.2661", "1406.2661"),
        ("https://ar5iv.org/abs/1406.2661", "1406.2661"),
        ("https://ar5iv.labs.arxiv.org/html/1406.2661", "1406.2661"),
        ("https://www.alphaxiv.org/overview/1406.2661v2", "1406.2661v2"),
        ("arxiv.org/abs/1406.2661", "1406.2661"),
    ],
)
def test_an_arxiv_id_is_stripped_to_the_id_and_its_version(given_as: str, value: str) -> None:
    assert Identifier("arxiv", given_as).value == value


@pytest.mark.parametrize(
    ("given_as", "reason"),
    [
        ("2413.00001", "no month 13"),
        ("1400.0001", "no month 00"),
        ("hep-th/9913001", "no month 13"),
        ("1412.00001", "in 1412 the number has 4 digits, not 5"),
        ("1501.0001", "in 1501 the number has 5 digits, not 4"),
        ("1208.007", "in 1208 the number has 4 digits, not 3"),
        ("0703.0001", "begin in April 2007"),
        ("hep-th/0704001", "1991 to March 2007"),
        ("1406.0000", "count from 1"),
        ("1406.2661v0", "versions count from v1"),
        ("1406.2661v01", "versions count from v1"),
        ("9901001", "as in hep-th/9901001"),
        ("frobnication/9901001", "no archive 'frobnication'"),
        ("1406.2661,1411.4389", "YYMM"),
        ("1406.2661&max_results=9", "YYMM"),
        ("1406. 2661", "YYMM"),
        ("1406.2661\n", None),
        ("1406.26\n61", r"U\+000A"),
        ("1406.2661" + "1" * 10_000, "characters"),
        ("https://arxiv.org/list/cs.CV/recent", "YYMM"),
    ],
)
def test_what_is_no_arxiv_id_is_refused_with_the_reason(given_as: str, reason: str | None) -> None:
    if reason is None:
        assert Identifier("arxiv", given_as).value == given_as.strip()
        return
    with pytest.raises(InvalidIdentifierError, match=reason):
        Identifier("arxiv", given_as)


@pytest.mark.parametrize(
    "given_as",
    [
        "0-306-40615-2",
        "0306406152",
        "ISBN 0-306-40615-2",
        "ISBN-10: 0 306 40615 2",
        "978-0-306-40615-7",
        "978\N{EN DASH}0\N{EN DASH}306\N{EN DASH}40615\N{EN DASH}7",
        "ISBN-13: 9780306406157",
        "urn:isbn:9780306406157",
    ],
)
def test_an_isbn_is_thirteen_digits_however_it_is_written(given_as: str) -> None:
    assert Identifier("isbn", given_as).value == "9780306406157"


def test_an_isbn_of_ten_digits_may_end_in_a_small_x() -> None:
    assert Identifier("isbn", "0-8044-2957-x").value == "9780804429573"


@pytest.mark.parametrize(
    ("given_as", "reason"),
    [
        ("0-306-40615-3", "should be 2, not 3"),
        ("978-0-306-40615-8", "should be 7, not 8"),
        ("0-8044-2957-3", "should be X, not 3"),
        ("978-0-306-4061", "10 or 13 digits, not 11"),
        ("978030640615X", "ten-digit"),
        ("1230306406157", "978 or 979"),
        ("978-0-306-40615-7 (paperback)", "more than digits"),
    ],
)
def test_what_is_no_isbn_is_refused_with_the_reason(given_as: str, reason: str) -> None:
    with pytest.raises(InvalidIdentifierError, match=reason):
        Identifier("isbn", given_as)


@pytest.mark.parametrize(
    "given_as", ["2434-561X", "2434561x", "ISSN 2434-561X", "issn:2434-561x", "e-ISSN: 2434-561X"]
)
def test_an_issn_has_its_hyphen_and_a_capital_x(given_as: str) -> None:
    assert Identifier("issn", given_as).value == "2434-561X"


@pytest.mark.parametrize(
    ("given_as", "reason"),
    [("2434-5617", "should be X, not 7"), ("2434-56", "seven digits"), ("243X-5617", "seven")],
)
def test_what_is_no_issn_is_refused_with_the_reason(given_as: str, reason: str) -> None:
    with pytest.raises(InvalidIdentifierError, match=reason):
        Identifier("issn", given_as)


@pytest.mark.parametrize(
    ("scheme", "given_as", "value"),
    [
        ("pmid", "25719670", "25719670"),
        ("pmid", "PMID: 25719670", "25719670"),
        ("pmcid", "4167101", "PMC4167101"),
        ("pmcid", "PMCID: pmc4167101", "PMC4167101"),
    ],
)
def test_ids_of_pubmed_are_their_digits_and_those_of_its_archive_begin_with_pmc(
    scheme: str, given_as: str, value: str
) -> None:
    assert Identifier(scheme, given_as).value == value


@pytest.mark.parametrize(("scheme", "given_as"), [("pmid", "0123"), ("pmid", "123456789"), ("pmcid", "PMCx")])
def test_ids_of_pubmed_are_refused_when_their_digits_are_wrong(scheme: str, given_as: str) -> None:
    with pytest.raises(InvalidIdentifierError, match="digits"):
        Identifier(scheme, given_as)


@pytest.mark.parametrize(
    ("given_as", "value"),
    [
        ("HTTPS://Example.ORG/A%2fb%20c?Q=%7e#Frag", "https://example.org/A%2fb%20c?Q=%7e#Frag"),
        ("http://User:Pass@Example.org:8080", "http://User:Pass@example.org:8080"),
        ("ftp://ftp.example.org/a_b~c&d", "ftp://ftp.example.org/a_b~c&d"),
        ("https://example.org/a//b/../c", "https://example.org/a//b/../c"),
        ("http://[::1]:80/x", "http://[::1]:80/x"),
        ("https://Bücher.example/Straße", "https://bücher.example/Straße"),
        ("  https://example.org  ", "https://example.org"),
    ],
)
def test_a_url_has_scheme_and_host_in_lower_case_and_nothing_else_rewritten(
    given_as: str, value: str
) -> None:
    assert Identifier("url", given_as).value == value


@pytest.mark.parametrize(
    ("given_as", "reason"),
    [
        ("www.example.org", "no scheme"),
        ("javascript://example.org/%0aalert(1)", "javascript: is none of"),
        ("file:///etc/passwd", "file: is none of"),
        ("data:text/html,x", "no scheme"),
        ("http:///x", "no host"),
        ("http://[::1", "no host"),
        ("http://.../x", "no host"),
        ("http://exam\\ple/x", "no host"),
        ("http://example.org/a b", "space"),
        ("http://example.org/\x07", r"U\+0007"),
        ("http://example.org/\u202ex", r"U\+202E"),
        ("http://example.org/\ud800", r"U\+D800"),
        ("http://example.org/" + "x" * 10_000, "characters"),
        ("http://example.org/" + "ü" * 2000, "bytes"),
    ],
)
def test_what_is_no_url_is_refused_with_the_reason(given_as: str, reason: str) -> None:
    with pytest.raises(InvalidIdentifierError, match=reason):
        Identifier("url", given_as)


def _with_one_digit_changed(number: str, place: int, step: int, digits: str) -> str:
    changed = digits[(digits.index(number[place]) + step) % len(digits)]
    return number[:place] + changed + number[place + 1 :]


@given(st.text("0123456789", min_size=9, max_size=9), st.integers(3, 12), st.integers(1, 9))
def test_an_isbn_with_one_digit_changed_is_refused(nine: str, place: int, step: int) -> None:
    wrong = _with_one_digit_changed(isbn_13(f"978{nine}"), place, step, "0123456789")
    with pytest.raises(InvalidIdentifierError, match="check digit"):
        Identifier("isbn", wrong)


@given(st.text("0123456789", min_size=9, max_size=9), st.integers(0, 8), st.integers(1, 9))
def test_an_isbn_of_ten_digits_with_one_changed_is_refused(nine: str, place: int, step: int) -> None:
    wrong = _with_one_digit_changed(eleven_check(nine), place, step, "0123456789")
    with pytest.raises(InvalidIdentifierError, match="check digit"):
        Identifier("isbn", wrong)


@given(st.text("0123456789", min_size=7, max_size=7), st.integers(0, 6), st.integers(1, 9))
def test_an_issn_with_one_digit_changed_is_refused(seven: str, place: int, step: int) -> None:
    wrong = _with_one_digit_changed(eleven_check(seven), place, step, "0123456789")
    with pytest.raises(InvalidIdentifierError, match="check digit"):
        Identifier("issn", wrong)


@given(st.sampled_from([("issn", 7), ("isbn", 9)]), st.data(), st.integers(1, 10))
def test_a_wrong_check_digit_is_refused_and_the_right_one_told(
    scheme_and_length: tuple[str, int], data: st.DataObject, step: int
) -> None:
    scheme, length = scheme_and_length
    right = eleven_check(data.draw(st.text("0123456789", min_size=length, max_size=length)))
    wrong = _with_one_digit_changed(right, length, step, "0123456789X")
    with pytest.raises(InvalidIdentifierError, match=f"should be {right[-1]}, not {wrong[-1]}"):
        Identifier(scheme, wrong)
