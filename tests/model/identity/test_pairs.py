"""The judge against pairs that people judged."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from dlbib.model.dates import Date
from dlbib.model.entry import Contributor, Entry
from dlbib.model.identifiers import Identifier
from dlbib.model.identity import judge
from dlbib.model.names import Name

CASES: Final = yaml.safe_load((Path(__file__).parent / "pairs.yaml").read_text(encoding="utf-8"))
SCHEMES: Final = ("doi", "arxiv", "isbn", "pmid", "url")
TEXTS: Final = (
    "volume", "issue", "page", "publisher", "edition", "language", "medium", "note", "number", "version", "genre",
)  # fmt: skip
REACHED: Final = 0.97
"""The part of what is the same that the judge was sure of when this was written."""


def _name(text: str) -> Name:
    text = text.strip()
    if text.startswith("{"):
        return Name(literal=text.strip("{}"))
    family, _, given = text.partition(",")
    return Name.parse(f"{family}, {given}") if given else Name(family)


def _entry(said: dict[str, Any]) -> Entry:
    people = [each for each in (said.get("by") or "").split(";") if each.strip()]
    named = [name for name in people if name.strip() != "…"]
    contributors = [Contributor("author", _name(name)) for name in named]
    contributors += [Contributor("translator", _name(said["translator"]))] if said.get("translator") else []
    return Entry(
        type=said["type"],
        title=said.get("title"),
        contributors=tuple(contributors),
        others=("author",) if len(named) < len(people) else (),
        issued=Date.parse(str(said["year"])) if said.get("year") else None,
        identifiers=tuple(Identifier(scheme, str(said[scheme])) for scheme in SCHEMES if said.get(scheme)),
        container_title=said.get("in"),
        **{name: str(said[name]) for name in TEXTS if said.get(name)},
    )


def _pairs() -> list[tuple[bool, Entry, Entry]]:
    found = []
    for case in CASES:
        for is_same in (True, False):
            for other in case["same" if is_same else "different"]:
                changes = {name: value for name, value in other.items() if not name.startswith("base_")}
                told = {name[5:]: value for name, value in other.items() if name.startswith("base_")}
                base = {**case["base"], **told}
                found.append((is_same, _entry(base), _entry({**base, **changes})))
    return found


PAIRS: Final = _pairs()


def test_there_are_enough_pairs_of_either_kind() -> None:
    counts = Counter(is_same for is_same, _, _ in PAIRS)
    assert len(PAIRS) >= 150
    assert min(counts.values()) >= 60


@pytest.mark.parametrize("pair", [pair for pair in PAIRS if not pair[0]], ids=lambda pair: str(pair[2].title))
def test_what_is_another_work_is_never_surely_the_same(pair: tuple[bool, Entry, Entry]) -> None:
    judgement = judge(pair[1], pair[2])
    assert judgement.verdict != "same", judgement


@pytest.mark.parametrize("pair", [pair for pair in PAIRS if pair[0]], ids=lambda pair: str(pair[2].title))
def test_what_is_one_work_is_never_told_apart(pair: tuple[bool, Entry, Entry]) -> None:
    judgement = judge(pair[1], pair[2])
    assert judgement.verdict != "different", judgement


def test_as_much_as_was_reached_is_surely_the_same(record_property: Any) -> None:  # noqa: ANN401  # pytest gives a function
    verdicts = [judge(one, other).verdict for is_same, one, other in PAIRS if is_same]
    recall = verdicts.count("same") / len(verdicts)
    record_property("recall", recall)
    print(f"{len(PAIRS)} pairs; of {len(verdicts)} that are one work, {recall:.1%} surely")  # noqa: T201  # a figure to read
    assert recall >= REACHED
