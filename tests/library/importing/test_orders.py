"""Files in whatever order they arrive give the same works."""

from __future__ import annotations

import random
from collections import defaultdict
from typing import TYPE_CHECKING, Final

import pytest
from sqlalchemy import select

import dlbib as package
from dlbib.store.models import Key

if TYPE_CHECKING:
    from pathlib import Path

PREPRINT: Final = """@article{preprint, title={Learning to Colour the {Words} of Men},
  author={Doe, Jane and Roe, Richard and Poe, Edgar}, journal={arXiv preprint arXiv:1401.00012}, year={2014}}"""
CONFERENCE: Final = """@inproceedings{conference, title={Learning to colour the words of men.},
  author={Doe, J. and Roe, R. and Poe, E.}, booktitle={Proc. Words}, pages={1--9}, year={2015}, doi={10.1000/conference}}"""
SCHOLAR: Final = """@inproceedings{scholar, title={Learning to color the words of men},
  author={Doe, Jane and Roe, Richard and Poe, Edgar}, booktitle={Proceedings of Words}, pages={1--9}, year={2015}}"""
JOURNAL: Final = """@article{journal, title={Learning to Colour the Words of Men},
  author={Doe, Jane and others}, journal={Journal of Words}, volume={3}, pages={100--140}, year={2017}, doi={10.1000/journal}}"""
PUBMED: Final = """TY  - JOUR
ID  - pubmed
TI  - Learning to colour the words of men
AU  - Doe, J
AU  - Roe, R
AU  - Poe, E
JO  - J. Words
VL  - 3
SP  - 100
PY  - 2017
ER  -
"""
EDITORIAL: Final = """@article{editorial1, title={From the Editor}, author={Doe, Jane}, journal={Journal of Words},
  volume={3}, number={1}, pages={5}, year={2017}}
@article{editorial2, title={From the Editor}, author={Doe, J.}, journal={J. Words}, volume={3}, number={2}, pages={5}, year={2017}}"""
FILES: Final = {
    "preprint.bib": PREPRINT,
    "conference.bib": CONFERENCE,
    "scholar.bib": SCHOLAR,
    "journal.bib": JOURNAL,
    "pubmed.ris": PUBMED,
    "editorial.bib": EDITORIAL,
}


def works_of(library: package.Library) -> set[frozenset[str]]:
    keys = defaultdict(set)
    with library.session() as session:
        for key, work in session.execute(select(Key.key, Key.work_id)):
            keys[work].add(key)
    return set(map(frozenset, keys.values()))


@pytest.mark.parametrize("seed", range(6))
def test_files_in_any_order_give_the_same_works(tmp_path: Path, seed: int) -> None:
    names = random.Random(seed).sample(sorted(FILES), len(FILES))  # noqa: S311  # the same each time
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with package.open(tmp_path / "library.db") as library:
        for name in names:
            library.import_file(tmp_path / name)
        assert works_of(library) == {
            frozenset({"preprint", "conference", "scholar"}),
            frozenset({"journal", "pubmed"}),
            frozenset({"editorial1"}),
            frozenset({"editorial2"}),
        }
