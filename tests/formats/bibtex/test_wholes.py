from __future__ import annotations

import pytest

from dlbib.formats.bibtex.wholes import by_part, by_whole
from dlbib.formats.fields import IN_SERIES

BOTH_WAYS = [
    (
        "book",
        {"maintitle": "{Works}", "title": "{Plays}"},
        {"title": "{Works}", "csl-volume-title": "{Plays}"},
    ),
    (
        "incollection",
        {"title": "{Play}", "booktitle": "{Plays}", "maintitle": "{Works}"},
        {"title": "{Play}", "booktitle": "{Works}", "csl-volume-title": "{Plays}"},
    ),
    (
        "periodical",
        {"title": "{Journal}", "issuetitle": "{Issue}", "shorttitle": "{J.}"},
        {"title": "{Issue}", "journaltitle": "{Journal}", "shortjournal": "{J.}"},
    ),
]


@pytest.mark.parametrize(("entry_type", "part", "whole"), BOTH_WAYS)
def test_titles_are_ordered_by_the_whole(
    entry_type: str, part: dict[str, str], whole: dict[str, str]
) -> None:
    by_whole(values := dict(part), entry_type)
    assert values == whole


@pytest.mark.parametrize(("entry_type", "whole"), [(each[0], each[2]) for each in BOTH_WAYS])
def test_titles_that_were_read_come_back(entry_type: str, whole: dict[str, str]) -> None:
    by_part(fields := dict(whole), entry_type)
    by_whole(fields, entry_type)
    assert fields == whole


@pytest.mark.parametrize("entry_type", ["misc", "thesis", "article"])
def test_what_comes_in_no_volumes_keeps_its_titles(entry_type: str) -> None:
    by_part(fields := {"title": "{T}", "csl-volume-title": "{V}"}, entry_type)
    assert fields == {"title": "{T}", "csl-volume-title": "{V}"}


@pytest.mark.parametrize("entry_type", sorted(IN_SERIES))
def test_a_part_without_a_whole_keeps_its_title(entry_type: str) -> None:
    by_part(fields := {"csl-volume-title": "{V}"}, entry_type)
    assert fields == {"csl-volume-title": "{V}"}


def test_a_main_title_alone_is_the_title() -> None:
    by_whole(values := {"maintitle": "Works"}, "mvbook")
    assert values == {"title": "Works"}


def test_a_volume_that_is_called_as_the_whole_has_no_title_of_its_own() -> None:
    by_whole(values := {"title": "Lemma", "booktitle": "Words", "maintitle": "Words"}, "inreference")
    assert values == {"title": "Lemma", "booktitle": "Words"}


def test_an_issue_in_a_named_journal_keeps_its_titles() -> None:
    by_whole(values := {"title": "T", "journaltitle": "J", "issuetitle": "I"}, "periodical")
    assert values == {"title": "T", "journaltitle": "J", "issuetitle": "I"}
