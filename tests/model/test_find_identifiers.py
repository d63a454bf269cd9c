"""Identifiers read out of one text: a label, a form, prose, markup or the address of a page."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlbib.errors import InvalidIdentifierError
from dlbib.model.identifiers import Identifier, find_identifiers, parse_identifier
from tests.strategies.identifiers import identifiers, urls

if TYPE_CHECKING:
    from pathlib import Path


def _found(text: str) -> list[str]:
    return [str(identifier) for identifier in find_identifiers(text)]


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("10.1038/nature14236", "doi:10.1038/nature14236"),
        ("10.1038%2Fnature14236", "doi:10.1038/nature14236"),
        ("doi:10.1/X", "doi:10.1/X"),
        ("https://doi.org/10.1/X", "doi:10.1/X"),
        ("10.48550/arXiv.1406.2661", "doi:10.48550/arXiv.1406.2661"),
        ("1411.4389v4", "arxiv:1411.4389v4"),
        ("1411.4389", "arxiv:1411.4389"),
        ("hep-th/9901001v1", "arxiv:hep-th/9901001v1"),
        ("arXiv:1411.4389v4 [cs.CV]", "arxiv:1411.4389v4"),
        ("arxiv.org/abs/math.GT/0309136", "arxiv:math/0309136"),
        ("0-306-40615-2", "isbn:9780306406157"),
        ("9780306406157", "isbn:9780306406157"),
        ("2434-561X", "issn:2434-561X"),
        ("PMC4167101", "pmcid:PMC4167101"),
        ("pmid:25719670", "pmid:25719670"),
        ("urn:isbn:9780306406157", "isbn:9780306406157"),
        ("HTTP://Example.org/A", "url:http://example.org/A"),
        ("url:https://doi.org/10.1/X", "url:https://doi.org/10.1/X"),
    ],
)
def test_the_scheme_of_one_identifier_is_known_by_its_form_or_label(text: str, identifier: str) -> None:
    assert str(parse_identifier(text)) == identifier


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("smith2014", "no scheme is known by this form"),
        ("www.example.org", "begin an address with https://"),
        ("9901001", "as in pmid:9901001"),
        ("2413.00001", "no month 13"),
        ("9780306406158", "should be 7, not 8"),
        ("2434-5612", "should be X, not 2"),
        ("10.1000/a b", "space"),
        ("javascript:alert(1)", "no scheme is known"),
    ],
)
def test_what_is_no_identifier_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(InvalidIdentifierError, match=reason):
        parse_identifier(text)


@pytest.mark.parametrize(
    ("url", "identifier"),
    [
        ("https://dl.acm.org/doi/abs/10.1145/3065386", "doi:10.1145/3065386"),
        ("https://dl.acm.org/doi/pdf/10.1145/3065386?download=true", "doi:10.1145/3065386"),
        ("http://doi.acm.org/10.1145/3065386", "doi:10.1145/3065386"),
        (
            "https://link.springer.com/article/10.1007/s11263-015-0816-y#citeas",
            "doi:10.1007/s11263-015-0816-y",
        ),
        (
            "https://link.springer.com/article/10.1007/s11263-015-0816-y/figures/3",
            "doi:10.1007/s11263-015-0816-y",
        ),
        (
            "https://link.springer.com/chapter/10.1007%2F978-3-319-46487-9_40",
            "doi:10.1007/978-3-319-46487-9_40",
        ),
        (
            "https://link.springer.com/content/pdf/10.1007/978-3-319-46487-9_40.pdf",
            "doi:10.1007/978-3-319-46487-9_40",
        ),
        (
            "https://onlinelibrary.wiley.com/doi/10.1002/(SICI)1097(19980815/30)17:15/16%3C1::AID-S%3E3.0.CO;2-2/abstract",
            "doi:10.1002/(SICI)1097(19980815/30)17:15/16<1::AID-S>3.0.CO;2-2",
        ),
        (
            "https://www.tandfonline.com/doi/full/10.1080/0952813X.2018.1?src=recsys",
            "doi:10.1080/0952813X.2018.1",
        ),
        ("https://journals.sagepub.com/doi/epdf/10.1177/0278364913491297", "doi:10.1177/0278364913491297"),
        ("https://www.nature.com/articles/nature14236", "doi:10.1038/nature14236"),
        ("https://www.nature.com/articles/s41586-020-2649-2.pdf", "doi:10.1038/s41586-020-2649-2"),
        ("https://www.nature.com/articles/323533a0", "doi:10.1038/323533a0"),
        ("http://www.nature.com/nature/journal/v518/n7540/full/nature14236.html", "doi:10.1038/nature14236"),
        (
            "https://www.biorxiv.org/content/10.1101/2020.01.01.123456v1.full.pdf+html",
            "doi:10.1101/2020.01.01.123456",
        ),
        (
            "https://www.frontiersin.org/articles/10.3389/fnins.2016.00001/full",
            "doi:10.3389/fnins.2016.00001",
        ),
        ("https://academic.oup.com/nar/article/doi/10.1093/nar/gkz1/5432100", "doi:10.1093/nar/gkz1"),
        (
            "https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0000001",
            "doi:10.1371/journal.pone.0000001",
        ),
        ("https://example.org/cite?doi=10.1000%2Fx&format=bib", "doi:10.1000/x"),
        ("https://dl.acm.org.proxy.example.org/doi/10.1145/3065386", "doi:10.1145/3065386"),
        ("https://web.archive.org/web/2016/http://dx.doi.org/10.1000/x", "doi:10.1000/x"),
        ("https://web.archive.org/web/2016*/http:/arxiv.org/abs/1406.2661v1", "arxiv:1406.2661v1"),
        ("https://huggingface.co/papers/1706.03762", "arxiv:1706.03762"),
        ("https://www.semanticscholar.org/arxiv/1706.03762", "arxiv:1706.03762"),
        ("https://ui.adsabs.harvard.edu/abs/arXiv:1603.08511/abstract", "arxiv:1603.08511"),
        ("https://pubmed.ncbi.nlm.nih.gov/25719670/", "pmid:25719670"),
        ("https://www.ncbi.nlm.nih.gov/pubmed/25719670", "pmid:25719670"),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC4167101/pdf/x.pdf", "pmcid:PMC4167101"),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC4167101/", "pmcid:PMC4167101"),
        ("https://europepmc.org/article/MED/25719670", "pmid:25719670"),
    ],
)
def test_the_address_of_a_page_gives_what_it_holds_and_then_itself(url: str, identifier: str) -> None:
    assert _found(url) == [identifier, f"url:{url}"]
    assert str(parse_identifier(url)) == identifier


@pytest.mark.parametrize(
    "url",
    [
        "https://aclanthology.org/P15-1001/",
        "https://aclanthology.org/D14-1179.pdf",
        "https://openreview.net/forum?id=rkgNKkHtvB",
        "http://papers.nips.cc/paper/5207-deep-neural-networks-for-object-detection.pdf",
        "http://proceedings.mlr.press/v37/xuc15.html",
        "https://jmlr.org/papers/v15/srivastava14a.html",
        "http://www.cv-foundation.org/openaccess/content_cvpr_2014/papers/Erhan_Scalable_2014_CVPR_paper.pdf",
        "https://openaccess.thecvf.com/content_iccv_2015/html/Cheng_Deep_Colorization_ICCV_2015_paper.html",
        "https://www.semanticscholar.org/paper/Deep-Colorization-Cheng/0123456789abcdef0123456789abcdef01234567",
        "https://ieeexplore.ieee.org/document/7298932",
        "https://arxiv.org/list/cs.CV/recent",
        "https://arxiv.org/abs/1413.0001",
        "https://doi.org/",
        "https://example.org/downloads/10.1234/index.html",
        "https://dl.acm.org/doi/10.5555/2969033.2969125",
        "https://www.nature.com/articles/s41599-020-0400-9",
        "https://www.nature.com/articles/leu2014123",
        "https://www.springer.com/book/9783319464862",
        "https://example.org/?id=1406.2661",
    ],
)
def test_an_address_that_holds_no_identifier_is_nothing_but_itself(url: str) -> None:
    assert _found(url) == [f"url:{url}"]


@pytest.mark.parametrize(
    ("text", "identifiers_in_order"),
    [
        (
            "See (doi:10.1038/nature14236), and arXiv:1406.2661v1 [stat.ML].",
            ["doi:10.1038/nature14236", "arxiv:1406.2661v1"],
        ),
        (
            "CoRR abs/1412.6980; arXiv preprint arXiv:1312.6114, arXiv 1505.00487v3, 1411.4389v4 and 1502.03167 [cs.LG]",
            [
                "arxiv:1412.6980",
                "arxiv:1312.6114",
                "arxiv:1505.00487v3",
                "arxiv:1411.4389v4",
                "arxiv:1502.03167",
            ],
        ),
        ("hep-th/9901001v1, math.GT/0309136.", ["arxiv:hep-th/9901001v1", "arxiv:math/0309136"]),
        (
            "ISBN-13: 978-0-306-40615-7, or 9780262035613; ISSN: 2434-561X, PMID: 25719670, PMC4167101.",
            [
                "isbn:9780306406157",
                "isbn:9780262035613",
                "issn:2434-561X",
                "pmid:25719670",
                "pmcid:PMC4167101",
            ],
        ),
        (
            "isbn = {0-306-40615-2}, doi={10.1000/q}, issn={2434-561X},",
            ["isbn:9780306406157", "doi:10.1000/q", "issn:2434-561X"],
        ),
        ('{"doi":"10.1000/abc","n":1}', ["doi:10.1000/abc"]),
        (
            r"\url{http://example.org/a_b}, http://example.org/c\_d.",
            ["url:http://example.org/a_b", "url:http://example.org/c_d"],
        ),
        (r"\href{https://doi.org/10.1000/x}{text}", ["doi:10.1000/x", "url:https://doi.org/10.1000/x"]),
        (
            "[a](http://example.org/b(c)d) <http://example.net/>",
            ["url:http://example.org/b(c)d", "url:http://example.net/"],
        ),
        (
            '<a href="https://example.org/1">10.1002/(SICI)1(199009)41:6<391::AID-ASI1>3.0.CO;2-9</a>',
            ["url:https://example.org/1", "doi:10.1002/(SICI)1(199009)41:6<391::AID-ASI1>3.0.CO;2-9"],
        ),
        (
            "both 10.1000/a,10.1000/b; http://a.org/x,http://b.org/y",
            [
                "doi:10.1000/a",
                "doi:10.1000/b",
                "url:http://a.org/x",
                "url:http://b.org/y",
            ],
        ),
        (
            "参见https://example.org/论文。下一句\uff08doi:10.1000/x\uff09",
            ["url:https://example.org/论文", "doi:10.1000/x"],
        ),
        ("DOI 10.1000/X, again doi.org/10.1000/x", ["doi:10.1000/X"]),
    ],
)
def test_texts_give_their_identifiers_in_order_each_once(text: str, identifiers_in_order: list[str]) -> None:
    assert _found(text) == identifiers_in_order


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  \n ",
        "rose by 1234.5678, to 1406.2661 points",
        "on 10.10.2014/12, a score of 10.1/10",
        "version v10.1038/x of x10.1038/y",
        "pages 391-407, 1999-2004, 9780306406158",
        "arXiv:2413.00001 and arXiv:1406.26615",
        "ISBN 0-306-40615-3; ISSN 2434-5612; PMID none",
        "docs/cs/0301001, e-mail smith@example.org",
        "http:// and https://... or http://.../x",
        "http://example.org/" + "x" * 5000,
    ],
)
def test_texts_without_identifiers_give_none(text: str) -> None:
    assert _found(text) == []


@given(identifiers())
def test_an_identifier_is_found_in_what_it_prints(identifier: Identifier) -> None:
    assert identifier in find_identifiers(str(identifier))


@given(
    identifiers().filter(lambda identifier: identifier.scheme != "url"),
    st.sampled_from(
        ["{}", "see {}.", "({}), 2014", "[{}]; and", "“{}”", "note={{{}}},\n", "A sentence.\n{}\nAnother"]
    ),
)
def test_an_identifier_amid_prose_is_found_and_nothing_else(identifier: Identifier, prose: str) -> None:
    assert find_identifiers(prose.format(identifier)) == (identifier,)


@given(urls(), st.sampled_from(["see {}.", "({}), 2014", "<{}>", r"\url{{{}}}"]))
def test_an_address_amid_prose_is_found_whole(identifier: Identifier, prose: str) -> None:
    assert find_identifiers(prose.format(identifier.value)) == (identifier,)


@given(st.text())
def test_any_text_is_searched_without_an_exception(text: str) -> None:
    found = find_identifiers(text)
    assert len(set(found)) == len(found)


_JUNK = [
    "a", "1", "10.", "10.1000/a,", "10.1000/a) ", "10.1000/<1", "doi:", "http://", "http://a)", "http://((", "http://a ",
    "arxiv:", "arXiv ", "1411.4389v", "hep-th/", "isbn ", "978-", "pmid ", "a.a.", "(", "&lt;1", "\\_", " ", "\n",
    "https://web.archive.org/web/1/", "https://doi.org/10.1000/" + "%28" * 500 + " ", "http://a.b/" + ")" * 1900 + " ",
]  # fmt: skip


@pytest.mark.parametrize("piece", _JUNK, ids=[piece[:16].strip() or repr(piece) for piece in _JUNK])
def test_a_hundred_thousand_characters_of_junk_take_less_than_two_seconds(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    begun = time.process_time()
    find_identifiers(text)
    assert time.process_time() - begun < 2


def test_every_arxiv_id_and_version_that_the_post_links_is_found_and_no_other(shared: Path) -> None:
    papers = json.loads((shared / "facts" / "post.json").read_text())["papers"]
    for paper in papers:
        linked = [i for i in find_identifiers(paper["url_in_post"]) if i.scheme == "arxiv"]
        about = paper.get("arxiv", {})
        if "arxiv.org" not in paper["url_in_post"]:
            assert linked == []
            continue
        assert linked == [Identifier("arxiv", about["id"] + about.get("version_linked_in_post", ""))]


def test_what_the_addresses_of_the_post_hold_is_true_of_their_papers(shared: Path) -> None:
    papers = json.loads((shared / "facts" / "post.json").read_text())["papers"]
    for paper in papers:
        true = {
            "doi": paper.get("doi", "").lower(),
            "arxiv": paper.get("arxiv", {}).get("id"),
            "url": paper["modern_url"],
        }
        for identifier in find_identifiers(paper["modern_url"]):
            assert identifier.work == true[identifier.scheme]
