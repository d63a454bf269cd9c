from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from dlbib.model.dates import Date
from dlbib.model.entry import Contributor, Entry
from dlbib.model.identifiers import Identifier
from dlbib.model.identity import partition
from dlbib.model.names import Name
from dlbib.store import models
from dlbib.store.database import Database, open_database
from tests.store.filling import keys, put, works
from tests.strategies.identity import entries

if TYPE_CHECKING:
    import random
    from pathlib import Path

GRAVES = (Contributor("author", Name("Graves", "Alex")),)
TITLE = "Generating Sequences With Recurrent Neural Networks"


def entry(key: str, year: int, type_: str = "article-journal", **identifiers: str) -> Entry:
    named = tuple(Identifier(scheme, value) for scheme, value in identifiers.items())
    return Entry(
        key=key, type=type_, title=TITLE, contributors=GRAVES, issued=Date.of(year), identifiers=named
    )


PREPRINT = entry("preprint", 2013, "article", arxiv="1308.0850")
PAPER = entry("paper", 2014, "paper-conference", doi="10.1000/paper")
JOURNAL = entry("journal", 2016, doi="10.1000/journal")
BRIDGE = entry("bridge", 2014, doi="10.1000/paper", arxiv="1409.3215")
OTHER = Entry(
    key="other", title="Quite Another Thing of the Same Name", identifiers=(Identifier("arxiv", "1409.3215"),)
)


def test_a_preprint_and_its_publication_are_one_work_with_two_records(database: Database) -> None:
    put(database, PREPRINT)
    put(database, PAPER)
    assert works(database) == {frozenset({"preprint", "paper"})}


def test_a_preprint_goes_with_the_publication_that_fits_it_best_though_that_comes_later(
    database: Database,
) -> None:
    put(database, PREPRINT)
    put(database, JOURNAL)
    assert works(database) == {frozenset({"preprint", "journal"})}
    put(database, PAPER)
    assert works(database) == {frozenset({"preprint", "paper"}), frozenset({"journal"})}
    assert set(keys(database)) == {"preprint", "journal", "paper"}


def test_a_record_that_two_works_are_named_by_makes_one_of_them(database: Database) -> None:
    put(database, PAPER)
    put(database, OTHER)
    assert len(works(database)) == 2
    put(database, BRIDGE)
    assert works(database) == {frozenset({"paper", "other", "bridge"})}


def test_no_key_leads_elsewhere_when_a_work_parts(database: Database) -> None:
    put(database, JOURNAL)
    put(database, PREPRINT)
    put(database, PAPER)
    assert keys(database) == dict.fromkeys(("journal", "preprint", "paper"), TITLE)


def test_what_was_filed_by_other_rules_is_found_by_those_of_now(database: Database) -> None:
    put(database, PREPRINT)
    with Session(database.engine) as session, session.begin():
        session.execute(delete(models.Filing))
        session.execute(update(models.Meta).where(models.Meta.name == "filed_by").values(value="0"))
    put(database, PAPER)
    assert works(database) == {frozenset({"preprint", "paper"})}


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=entries(6), chance=st.randoms(use_true_random=False))
def test_a_library_has_the_works_that_its_records_make_whenever_they_came(
    found: list[Entry], chance: random.Random, empty_file: Path, tmp_path: Path
) -> None:
    path = tmp_path / f"{chance.random()}.db"
    shutil.copy(empty_file, path)
    database = open_database(path, create=False)
    left = chance.sample(found, len(found))
    while left:
        some = chance.randint(1, 3)
        put(database, *left[:some])
        del left[:some]
    together = {frozenset(found[place].key for place in work) for work in partition(found)}
    assert works(database) == together
    assert set(keys(database)) == {each.key for each in found}
    database.close()
    path.unlink()
