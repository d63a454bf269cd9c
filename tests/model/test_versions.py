from __future__ import annotations

from dlbib.model.dates import Date
from dlbib.model.entry import Entry
from dlbib.model.facts import Facts
from dlbib.model.identifiers import Identifier
from dlbib.model.merging import Record, SourceKind
from dlbib.model.versions import cited_identifiers, drift, published


def said(kind: SourceKind, *identifiers: str, **attributes: object) -> Record:
    entry = Entry.model_validate(
        {"identifiers": tuple(_identifier(each) for each in identifiers), **attributes}
    )
    return Record(kind, kind, "1", entry)


def told(identifier: str, version: int, kind: SourceKind = "arxiv", **facts: object) -> Record:
    entry = Entry(identifiers=(_identifier(identifier),))
    return Record(kind, "arxiv", identifier, entry, facts=Facts(version=version, **facts))  # type: ignore[arg-type]


def _identifier(text: str) -> Identifier:
    scheme, _, value = text.partition(":")
    return Identifier(scheme, value)


def test_d037_a_newer_version_than_the_one_cited_is_drift() -> None:
    newest = told("arxiv:1411.4389", 5, "version", revised=Date.of(2016, 5, 31), comment="Mended")
    (found,) = drift([said("file", "arxiv:1411.4389v3"), told("arxiv:1411.4389v3", 3), newest], "k")
    assert (found.key, str(found.cited), found.newest) == ("k", "arxiv:1411.4389v3", 5)
    assert (found.revised, found.comment, found.withdrawn) == (Date.of(2016, 5, 31), "Mended", False)


def test_the_newest_version_is_no_drift() -> None:
    assert drift([said("file", "arxiv:1411.4389v5"), told("arxiv:1411.4389", 5, "version")]) == ()


def test_where_no_version_is_cited_there_is_no_drift() -> None:
    assert drift([said("file", "arxiv:1411.4389"), told("arxiv:1411.4389", 5)]) == ()


def test_a_version_of_another_paper_is_no_drift() -> None:
    assert drift([said("file", "arxiv:1411.4389v3"), told("arxiv:1412.2306", 5, "version")]) == ()


def test_drift_tells_when_the_newest_version_is_withdrawn() -> None:
    (found,) = drift(
        [said("file", "arxiv:cs/0301001v1"), told("arxiv:cs/0301001", 2, "version", withdrawn=True)]
    )
    assert (found.newest, found.withdrawn) == (2, True)


def test_what_others_cite_stands_before_what_the_service_tells() -> None:
    records = [told("arxiv:1411.4389v3", 3), said("file", "arxiv:1411.4389v4")]
    assert [str(each) for each in cited_identifiers(records, "arxiv")] == ["arxiv:1411.4389v4"]


def test_where_nobody_else_cites_it_the_services_identifier_counts() -> None:
    records = [told("arxiv:1411.4389v3", 3), said("file", "doi:10.1/a")]
    assert [str(each) for each in cited_identifiers(records, "arxiv")] == ["arxiv:1411.4389v3"]


def test_a_doi_that_the_service_knows_is_offered() -> None:
    doi = Identifier("doi", "10.1109/CVPR.2015.7298878")
    offer = published(
        [said("file", "arxiv:1411.4389"), told("arxiv:1411.4389", 4, published_doi=doi, published_in="CVPR")],
        "k",
    )
    assert offer is not None
    assert (offer.key, offer.doi, offer.reference, offer.source) == ("k", doi, "CVPR", "arxiv")
    assert offer.instead_of is None


def test_a_doi_that_the_work_has_is_not_offered() -> None:
    doi = Identifier("doi", "10.1/A")
    assert published([said("file", "doi:10.1/a"), told("arxiv:1411.4389", 4, published_doi=doi)]) is None


def test_another_doi_than_the_works_is_offered_in_its_place() -> None:
    offer = published(
        [said("file", "doi:10.1/a"), told("arxiv:1411.4389", 4, published_doi=Identifier("doi", "10.1/b"))]
    )
    assert offer is not None
    assert offer.instead_of == Identifier("doi", "10.1/a")


def test_arxivs_own_doi_is_no_published_version_to_be_replaced() -> None:
    offer = published(
        [
            said("file", "doi:10.48550/arXiv.1411.4389"),
            told("arxiv:1411.4389", 4, published_doi=Identifier("doi", "10.1/b")),
        ]
    )
    assert offer is not None
    assert offer.instead_of is None


def test_a_journal_reference_alone_is_offered_to_what_is_not_known_to_be_published() -> None:
    reference = told("arxiv:1411.4389", 4, published_in="Nature 521 (2015)")
    offer = published([said("file", "arxiv:1411.4389"), reference])
    assert offer is not None
    assert (offer.doi, offer.reference) == (None, "Nature 521 (2015)")
    assert published([said("file", container_title="Nature"), reference]) is None


def test_what_the_newest_version_tells_of_the_publication_counts() -> None:
    offer = published(
        [
            told("arxiv:1411.4389v1", 1, published_in="To appear"),
            told("arxiv:1411.4389", 4, "version", published_in="CVPR"),
        ]
    )
    assert offer is not None
    assert offer.reference == "CVPR"
