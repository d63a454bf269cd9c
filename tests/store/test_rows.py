from __future__ import annotations

from hypothesis import given

from dlbib.model.entry import Entry
from dlbib.model.merging import Record, merge
from dlbib.store import rows
from tests.strategies.entries import entries


@given(entries())
def test_the_rows_of_an_entry_are_those_of_the_view_that_it_alone_gives(entry: Entry) -> None:
    merged = merge([Record("file", "file a.bib", "a", entry)], entry.key, entry.aliases).entry
    assert rows.view(entry, entry.key) == rows.view(merged, merged.key)
    assert rows.contributions(entry) == rows.contributions(merged)
    assert rows.identifiers(entry) == rows.identifiers(merged)


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
    assert rows.search_text(entry, "smith-2014") == "naturwissenschaften godel on words good smith 2014"
