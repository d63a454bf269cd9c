from __future__ import annotations

from dlbib.formats.bibtex.implied import implied_fields
from dlbib.model.entry import Contributor, Entry
from dlbib.model.identifiers import Identifier
from dlbib.model.names import Name

AUTHOR = (Contributor("author", Name("Graves", "Alex")),)
EDITOR = (Contributor("editor", Name("Hua", "Gang")),)


def test_a_preprint_is_published_by_arxiv() -> None:
    entry = Entry(type="article", contributors=AUTHOR, identifiers=[Identifier("arxiv", "1308.0850v5")])
    assert dict(implied_fields(entry, "misc")) == {"howpublished": "arXiv:1308.0850v5"}


def test_a_page_is_published_on_its_site_or_by_its_publisher() -> None:
    page = Entry(type="webpage", contributors=AUTHOR, container_title="MIT News", publisher="MIT")
    assert dict(implied_fields(page, "misc")) == {"howpublished": "MIT News"}
    assert dict(implied_fields(page.replace(container_title=None), "misc")) == {"howpublished": "MIT"}


def test_what_says_how_it_was_published_implies_nothing() -> None:
    page = Entry(type="webpage", contributors=AUTHOR, publisher="MIT", medium="Poster")
    assert dict(implied_fields(page, "misc")) == {}


def test_an_entry_without_author_is_sorted_by_its_title_without_markup() -> None:
    entry = Entry(title="<i>Deep</i> Dreams")
    assert dict(implied_fields(entry, "techreport")) == {"key": "Deep Dreams"}


def test_a_book_is_sorted_by_its_editors_but_a_paper_is_not() -> None:
    entry = Entry(title="Deep", contributors=EDITOR)
    assert dict(implied_fields(entry, "book")) == {}
    assert dict(implied_fields(entry, "inproceedings")) == {"key": "Deep"}


def test_an_entry_of_which_nothing_is_known_is_sorted_by_its_key() -> None:
    assert dict(implied_fields(Entry(key="anon"), "misc")) == {"key": "anon"}
