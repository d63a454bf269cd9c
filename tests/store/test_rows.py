from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given

from dlbib.model.entry import Contributor, Entry
from dlbib.model.markup import fold
from dlbib.model.merging import Record, merge
from dlbib.model.names.name import PARTS
from dlbib.store import rows
from tests.strategies.entries import entries
from tests.strategies.names import names

if TYPE_CHECKING:
    from dlbib.model.names import Name


@given(entries())
def test_the_rows_of_an_entry_are_those_of_the_view_that_it_alone_gives(entry: Entry) -> None:
    merged = merge([Record("file", "file a.bib", "a", entry)], entry.key, entry.aliases).entry
    people = rows.contributions(entry)
    assert people == rows.contributions(merged)
    assert rows.view(entry, entry.key, people) == rows.view(merged, merged.key, people)
    assert rows.identifiers(entry) == rows.identifiers(merged)


@given(names())
def test_a_name_is_found_by_its_words_as_it_is_shown(name: Name) -> None:
    (row,) = rows.contributions(Entry(contributors=(Contributor("author", name),)))
    assert row == ("author", 0, *(getattr(name, part) for part in PARTS), fold(str(name)))


def test_contributors_stand_role_by_role_whatever_their_order_was() -> None:
    entry = Entry.model_validate(
        {
            "contributors": [
                {"role": role, "name": {"family": family}}
                for role, family in [("editor", "A"), ("author", "B"), ("editor", "C"), ("author", "D")]
            ]
        }
    )
    assert [(role, family) for role, _, family, *_ in rows.contributions(entry)] == [
        ("author", "B"), ("author", "D"), ("editor", "A"), ("editor", "C"),
    ]  # fmt: skip


def test_a_work_is_found_by_names_venue_keywords_abstract_note_and_key() -> None:
    entry = Entry(
        container_title="Naturwissenschaften", keywords=("Gödel",), abstract="On words", note="Good"
    )
    people = [("author", 0, "Müller", "", "", "", "", "", "muller")]
    found = rows.search_text(entry, "smith-2014", people)
    assert found == "muller naturwissenschaften godel on words good smith 2014"
