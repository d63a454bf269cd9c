from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from dlbib.formats import RenderOptions
from dlbib.formats.csl_json.reader import parse
from dlbib.formats.csl_json.revising import revised
from dlbib.formats.csl_json.writer import render
from tests.strategies.entries import entries

if TYPE_CHECKING:
    from dlbib.model.entry import Entry


def item(**members: object) -> str:
    return json.dumps({"id": "a", "type": "book", **members})


@pytest.mark.parametrize(
    ("raw", "before", "after", "expected"),
    [
        ('{ "id":"a",\n"page" : "1" }', {"page": "1"}, {"page": "2"}, '{ "id":"a",\n"page" : "2" }'),
        ('{"id": "a",\n "page": "1"}', {"page": "1"}, {}, '{"id": "a"}'),
        ('{"page": "1",\n "id": "a"}', {"page": "1"}, {}, '{"id": "a"}'),
        ('{"id": "a",\n "x": 1}', {}, {"DOI": "10.1/x"}, '{"id": "a",\n "x": 1,\n "DOI": "10.1/x"}'),
        ('{"id": "a"}', {}, {"DOI": "10.1/x"}, '{"id": "a", "DOI": "10.1/x"}'),
        ('{"id": "a", "page": "1"}', {"page": "1"}, {"page": "é"}, '{"id": "a", "page": "\\u00e9"}'),
        ('{"id": "ö", "page": "1"}', {"page": "1"}, {"page": "é"}, '{"id": "ö", "page": "é"}'),
    ],
)
def test_the_members_that_differ_are_changed_and_no_others(
    raw: str, before: dict[str, str], after: dict[str, str], expected: str
) -> None:
    told = [json.dumps({"id": "a", **members}, ensure_ascii=False) for members in (before, after)]
    assert revised(raw, *told) == expected


def test_of_two_members_by_one_name_the_last_counts() -> None:
    raw = '{"page": "0", "page": "1"}'
    assert revised(raw, item(page="1"), item(page="2")) == '{"page": "0", "page": "2"}'


def test_what_stands_in_custom_is_left_to_others() -> None:
    raw = item(custom={"mine": 1})
    assert revised(raw, item(custom={"dlbib": {}}), item()) is None


def test_a_member_that_is_not_there_can_not_be_taken_out() -> None:
    assert revised(item(), item(page="1"), item()) is None


def written(entry: Entry) -> str:
    (record, *_) = parse(io.StringIO("".join(render([entry], RenderOptions()))), "refs")
    return record.raw


@given(one=entries(), other=entries())
@settings(max_examples=60)
def test_what_comes_out_is_an_item_still(one: Entry, other: Entry) -> None:
    other = other.replace(key=one.key)
    changed = revised(written(one), written(one), written(other))
    if changed is not None:
        assert json.loads(changed)["id"] == json.loads(written(one))["id"]
