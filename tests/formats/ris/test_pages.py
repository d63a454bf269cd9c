from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlbib.formats.ris.pages import Pages, read_pages, write_pages


@pytest.mark.parametrize(
    ("start", "end", "pages"),
    [
        ("14", "25", Pages("page", "14-25")),
        ("14", "", Pages("page", "14")),
        ("14", "14", Pages("page", "14")),
        ("14-25", "25", Pages("page", "14-25")),
        ("14-25", "", Pages("page", "14-25")),
        ("14-25", "12", Pages("page", "14-25", is_end_told=False)),
        ("e12", "", Pages("page", "e12")),
    ],
)
def test_pages_of_an_article(start: str, end: str, pages: Pages) -> None:
    assert read_pages(start, end, is_extent=False) == pages


@pytest.mark.parametrize(
    ("start", "end", "pages"),
    [
        ("350", "", Pages("number_of_pages", "350")),
        ("xii, 350 p.", "", Pages("number_of_pages", "xii, 350 p.")),
        ("14", "25", Pages("page", "14-25")),
        ("14", "14", Pages("page", "14")),
        ("14-25", "", Pages("page", "14-25")),
    ],
)
def test_pages_of_a_book(start: str, end: str, pages: Pages) -> None:
    assert read_pages(start, end, is_extent=True) == pages


PAGES = st.from_regex(r"[A-Za-z0-9.:]{1,4}([-\u2013, ]{1,2}[a-z0-9]{1,3}){0,2}", fullmatch=True).filter(
    str.isprintable
)


@given(PAGES.map(str.strip).filter(bool), st.booleans())
def test_what_is_written_is_read_as_the_same_pages(page: str, is_extent: bool) -> None:  # noqa: FBT001
    start, end = write_pages(page, is_extent=is_extent)
    assert read_pages(start, end, is_extent=is_extent) == Pages("page", page)
