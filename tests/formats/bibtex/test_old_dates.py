from __future__ import annotations

import pytest

from dlbib.formats.bibtex.reader.old_dates import join_old_dates


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ({"origyear": "1850"}, {"origdate": "1850"}),
        ({"urlyear": "2010", "urlmonth": "3", "urlday": "4"}, {"urldate": "2010-03-04"}),
        ({"eventyear": "2010", "eventmonth": "June"}, {"eventdate": "2010-06"}),
        ({"year": "2010", "endyear": "2011"}, {"date": "2010/2011"}),
        ({"year": "2010", "month": "3", "endmonth": "4"}, {"date": "2010-03/2010-04"}),
    ],
)
def test_the_parts_of_a_date_are_put_together(parts: dict[str, str], whole: dict[str, str]) -> None:
    join_old_dates(parts)
    assert parts == whole


@pytest.mark.parametrize(
    "parts",
    [
        {"origyear": "long ago"},
        {"origyear": "1850", "origmonth": "13"},
        {"origyear": "1850", "origdate": "1851"},
        {"urlmonth": "3"},
        {"year": "2010", "endyear": "later"},
        {"year": "2010", "endyear": "2011", "date": "2010"},
        {"endyear": "2011"},
    ],
)
def test_what_makes_no_date_stays(parts: dict[str, str]) -> None:
    join_old_dates(given := dict(parts))
    assert given == parts
