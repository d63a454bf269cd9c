from __future__ import annotations

import pytest
from hypothesis import given

from dlbib.model.entry import Entry
from dlbib.model.identifiers import Identifier
from dlbib.model.identity.naming import ONE_WORK, names_of
from tests.strategies.identifiers import identifiers


@given(identifiers().filter(lambda each: each.scheme in ONE_WORK))
def test_the_address_of_an_identifier_names_what_that_names(identifier: Identifier) -> None:
    assert identifier.url is not None
    at_address = Entry(identifiers=(Identifier("url", identifier.url),))
    assert names_of(at_address) == names_of(Entry(identifiers=(identifier,)))


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://dl.acm.org/doi/10.1145/3065386", ("doi", "10.1145/3065386")),
        ("https://doi.org/10.1145%2F3065386", ("doi", "10.1145/3065386")),
        ("https://doi.org/10.1145%2f3065386", ("doi", "10.1145/3065386")),
        ("https://arxiv.org/pdf/1409.1556v2.pdf", ("arxiv", "1409.1556")),
        ("https://ARXIV.org/abs/hep-th/9901001", ("arxiv", "hep-th/9901001")),
        ("https://www.ncbi.nlm.nih.gov/pubmed/12345678", ("pmid", "12345678")),
        ("https://pubmed.ncbi.nlm.nih.gov/12345678/", ("pmid", "12345678")),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC2345678/", ("pmcid", "PMC2345678")),
        ("https://europepmc.org/article/MED/12345678", ("pmid", "12345678")),
        ("https://huggingface.co/papers/1409.1556", ("arxiv", "1409.1556")),
        ("https://www.nature.com/articles/nature14539", ("doi", "10.1038/nature14539")),
        (
            "https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0000001",
            ("doi", "10.1371/journal.pone.0000001"),
        ),
    ],
)
def test_what_an_address_holds_names_the_work(address: str, name: tuple[str, str]) -> None:
    assert names_of(Entry(identifiers=(Identifier("url", address),))) == (name,)


@pytest.mark.parametrize(
    "address", ["https://example.org/10", "https://example.org/x.pdf", "https://a.org/1409.1556"]
)
def test_any_other_address_names_nothing(address: str) -> None:
    assert names_of(Entry(identifiers=(Identifier("url", address),))) == ()
