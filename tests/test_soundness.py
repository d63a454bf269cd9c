"""Random scripts over small libraries in which works share identifiers, titles and keys."""

from __future__ import annotations

import contextlib
import random
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

import dlbib
from dlbib.errors import DlbibError
from dlbib.store import models
from tests.dumps import dump
from tests.soundness import unsound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.postgres import Server

STEPS = 10
TITLES = ("Deep learning for cats", "Deep Learning", "Attention is all you need", "Introduction", "")
SOMETIMES = {
    "author": ("Smith, John and Doe, Jane", "Smith, J. and Doe, J.", "{ACM Team}", "van der Berg, Jan"),
    "year": ("2014", "2015", "in press"),
    "doi": ("10.1000/a", "10.1000/A", "10.1000/book", "10.48550/arXiv.1706.03762"),
    "eprint": ("1706.03762v1", "1706.03762v5", "hep-th/9901001"),
    "csl-arxiv": ("1706.03762v5", "1706.03762"),
    "pmid": ("11", "12"),
    "pages": ("1--9", "10--19"),
    "booktitle": ("A long book",),
    "ids": ("old1", "old2, k3"),
}
KEYS = ("k1", "k2", "k3", "K1", "smith2014", "a/b")
PATTERNS = ("[auth:lower][year]", "[authors2]_[shorttitle]", "[year]")


def entry(chance: random.Random) -> str:
    """An entry, or one of the chapters that all have the DOI of their book."""
    if chance.random() < 0.4:
        number = chance.randrange(5)
        return (
            f"@incollection{{{chance.choice(KEYS)}, title = {{The {number}. chapter of it}}, author = {{Doe{number}, J.}},"
            f" booktitle = {{A long book}}, year = 2014, pages = {{{number}1--{number}9}}, doi = {{10.1000/book}}}}\n"
        )
    fields = {"title": chance.choice(TITLES), "archiveprefix": "arXiv"}
    fields |= {name: chance.choice(values) for name, values in SOMETIMES.items() if chance.random() < 0.4}
    said = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    kind = chance.choice(("article", "inproceedings", "incollection", "book", "misc"))
    return f"@{kind}{{{chance.choice(KEYS)},\n{said}}}\n"


def import_(library: dlbib.Library, chance: random.Random, folder: Path) -> Callable[[], object]:
    path = folder / f"{chance.randrange(4)}.bib"
    path.write_text("".join(entry(chance) for _ in range(chance.randint(1, 4))))
    ways: Any = chance.choice(("set-aside", "rename", "merge", "replace"))
    return lambda: library.import_file(path, on_duplicate=ways)


def edit(library: dlbib.Library, chance: random.Random, folder: Path) -> Callable[[], object]:  # noqa: ARG001
    key = chance.choice(known(library))
    changes = (("doi", None), ("doi", "10.1000/z"), ("title", "Mine"), ("arxiv", None), ("pmid", "12"))
    field, value = chance.choice(changes)
    return lambda: library.edit(key, **{field: value})


def decide(library: dlbib.Library, chance: random.Random, folder: Path) -> Callable[[], object]:  # noqa: ARG001
    one, other = chance.choice(known(library)), chance.choice(known(library))
    how = chance.choice((library.merge, library.distinct))
    return lambda: how(one, other)


def remove(library: dlbib.Library, chance: random.Random, folder: Path) -> Callable[[], object]:  # noqa: ARG001
    key = chance.choice(known(library))
    return lambda: library.remove(key)


def rename(library: dlbib.Library, chance: random.Random, folder: Path) -> Callable[[], object]:  # noqa: ARG001
    pattern = chance.choice(PATTERNS)
    return lambda: library.rename(pattern)


def through_session(library: dlbib.Library, chance: random.Random, folder: Path) -> Callable[[], object]:  # noqa: ARG001
    key, what = chance.choice(known(library)), chance.randrange(3)

    def change() -> None:
        with library.session() as session:
            work = session.scalars(
                select(models.Work).join(models.Work.keys).where(models.Key.key == key)
            ).one()
            if what == 0:
                session.delete(work)
            elif what == 1 and work.identifiers:
                work.identifiers.remove(work.identifiers[0])
            else:
                work.key = f"new-{work.key}"

    return change


def mend(library: dlbib.Library, chance: random.Random, folder: Path) -> Callable[[], object]:  # noqa: ARG001
    return library.mend


DEEDS = (import_, import_, import_, edit, edit, decide, decide, remove, rename, through_session, mend)


def known(library: dlbib.Library) -> list[str]:
    """Every key that leads to a work."""
    return [key for work in library.works() for key in (work.key, *work.aliases)]


def state(library: dlbib.Library) -> dict[str, list[tuple[Any, ...]]]:
    """Every row but those that are of no work: keys that are kept stay so when what made them is undone."""
    with library.session() as session:
        engine: Any = session.get_bind()
        rows = dump(engine, without=("operations", "images", "keys", "reserved_keys", "meta"))
        kept = select(models.Key.fingerprint, models.Key.key, models.Key.position, models.Key.record_id)
        keys = session.execute(kept.where(models.Key.work_id.is_not(None))).all()
    return {**rows, "keys": sorted(tuple(map(repr, key)) for key in keys)}


def seen(library: dlbib.Library) -> list[tuple[object, ...]]:
    """What people see of the works."""
    works = (
        (work.key, work.aliases, work.title, list(map(str, work.identifiers))) for work in library.works()
    )
    return sorted(works, key=repr)


def do(library: dlbib.Library, deed: Callable[[], object]) -> None:
    """Do something, or be refused; the library is sound after it."""
    with contextlib.suppress(DlbibError):
        deed()
    with library.session() as session:
        assert unsound(session) == []


@pytest.fixture(
    params=[("sqlite", seed) for seed in range(2, 4)] + [("postgresql", seed) for seed in range(4, 6)]
)
def script(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[dlbib.Library, random.Random]]:
    """An empty library, and the chance that decides what happens to it."""
    backend, seed = request.param
    if backend == "sqlite":
        place = str(shutil.copy(request.getfixturevalue("empty_file"), tmp_path / "library.db"))
    else:
        server: Server = request.getfixturevalue("postgresql")
        place = server.url(server.create())
    with dlbib.open(place) as library:
        yield library, random.Random(seed)  # noqa: S311  # no secret


def test_whatever_is_done_and_undone_a_library_is_sound(
    script: tuple[dlbib.Library, random.Random], tmp_path: Path
) -> None:
    library, chance = script
    for _ in range(STEPS):
        deed = (chance.choice(DEEDS) if known(library) else import_)(library, chance, tmp_path)
        before = state(library)
        do(library, deed)
        done = seen(library)
        if state(library) != before and chance.random() < 0.7:
            do(library, library.undo)
            assert state(library) == before
            do(library, deed)
            assert seen(library) == done
