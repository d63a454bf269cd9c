"""The real answers of the arXiv API, as they were recorded, against what they were read to say.

The goldens were read beside the recordings. Letters beyond ASCII are mangled in those ("GÃ¶tz"): that is
how they were recorded, and it is not for a reader to guess at.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from dlbib.formats import RenderOptions, get_format
from dlbib.providers.arxiv.entries import entry_of, facts_of
from dlbib.providers.arxiv.feed import Feed, Item, read_feed
from tests.fake_arxiv import FakeArxiv, invented
from tests.fake_arxiv.server import PATH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

GOLDENS = Path(__file__).parent / "goldens"
NAMES = [path.stem for path in sorted(GOLDENS.glob("*.json"))]


@pytest.fixture
def recorded(shared: Path) -> Callable[[str], bytes]:
    """Gives a recording by the beginning of its name."""

    def find(name: str) -> bytes:
        (path,) = (shared / "data" / "arxiv" / "atom").glob(f"{name}_*.xml")
        return path.read_bytes()

    return find


def told(item: Item) -> dict[str, Any]:
    """What an item says, as a CSL item with the facts beside it; the abstract is told by its length."""
    assert item.identifier
    assert item.result
    entry = entry_of(item.identifier, item.result)
    facts = facts_of(item.identifier, item.result, is_latest=False)
    render = get_format("csl-json").render
    assert render
    csl: dict[str, Any] = json.loads("".join(render([entry], RenderOptions())))[0]
    return {
        **{name: value for name, value in csl.items() if name not in {"abstract", "custom", "id"}},
        "abstract of": len(entry.abstract or ""),
        "revised": str(facts.revised),
        "version": facts.version,
        "categories": " ".join(facts.categories),
        "comment": facts.comment,
        "published": [str(facts.published_doi or ""), facts.published_in],
        "withdrawn": facts.withdrawn,
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_recorded_answer_says_what_it_was_read_to_say(recorded: Callable[[str], bytes], name: str) -> None:
    feed = read_feed(recorded(name))

    golden = json.loads((GOLDENS / f"{name}.json").read_text(encoding="utf-8"))
    assert [feed.total, feed.start, *map(told, feed.items)] == golden
    assert not any(item.fault for item in feed.items)


@pytest.mark.parametrize("name", NAMES)
def test_a_recorded_abstract_is_kept_but_for_its_white_space_and_tex(
    recorded: Callable[[str], bytes], name: str
) -> None:
    for item in read_feed(recorded(name)).items:
        assert item.identifier
        assert item.result
        given = etree.fromstring(item.raw).findtext("{http://www.w3.org/2005/Atom}summary") or ""
        if not set(given) & set("\\{}~$`'") and "--" not in given:
            assert entry_of(item.identifier, item.result).abstract == " ".join(given.split(None))


def test_a_recorded_refusal_is_one(recorded: Callable[[str], bytes]) -> None:
    assert read_feed(recorded("id_abc")).error == "incorrect id format for abc"


def test_a_recorded_answer_for_an_id_that_is_not_there_is_empty(recorded: Callable[[str], bytes]) -> None:
    assert read_feed(recorded("id_0808.05394")) == Feed((), 0, 0)


def shape(documents: Iterable[bytes]) -> set[tuple[str, tuple[str, ...]]]:
    """Every element of some documents: its path with namespaces, its attributes and what is fixed of them."""
    found = set()
    for document in documents:
        root = etree.fromstring(document)
        for element in root.iter():
            above = [str(each.tag) for each in element.iterancestors()]
            fixed = {"rel", "type", "scheme", "title"} & {*map(str, element.attrib)}
            attributes = [f"{name}={element.get(name)}" for name in sorted(fixed)]
            path = "/".join([*reversed(above), str(element.tag)])
            found.add((path, tuple(sorted([*attributes, *map(str, element.attrib)]))))
    return found


def order(document: bytes) -> list[str]:
    """The kinds of children of a feed and its first entry, in order, each once in a row."""
    root = etree.fromstring(document)
    entry = root.find("{http://www.w3.org/2005/Atom}entry")
    children = [str(each.tag) for element in (root, entry) if element is not None for each in element]
    return [tag for n, tag in enumerate(children) if n == 0 or children[n - 1] != tag]


def fake_answer(**asked: str) -> bytes:
    server = FakeArxiv(invented())
    try:
        return server.right(PATH, {"start": "0", "max_results": "10", **asked})[1]
    finally:
        server.close()


ALL_IDS = ",".join(paper.id for paper in invented())


@pytest.mark.usefixtures("fake_arxiv")
def test_the_fake_answers_have_the_shape_of_the_real_ones(shared: Path) -> None:
    real = [path.read_bytes() for path in (shared / "data" / "arxiv" / "atom").glob("*.xml")]
    fakes = [fake_answer(id_list=ALL_IDS), fake_answer(id_list="abc"), fake_answer(id_list="2001.99999")]

    assert shape(fakes) == shape(real)


@pytest.mark.usefixtures("fake_arxiv")
@pytest.mark.parametrize(
    ("name", "asked"),
    [("id_1605.08386", "2001.00002"), ("id_abc", "abc"), ("id_0808.05394", "2001.99999")],
)
def test_the_fake_answers_have_the_order_of_the_real_ones(
    recorded: Callable[[str], bytes], name: str, asked: str
) -> None:
    is_known = re.compile("doi|journal_ref|related").search
    fake = [tag for tag in order(fake_answer(id_list=asked)) if not is_known(tag)]

    assert fake[: len(order(recorded(name)))] == order(recorded(name))
