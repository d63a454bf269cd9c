from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from dlbib.errors import InputError, NotFoundError, ParseError
from dlbib.library.importing import Duplicates
from dlbib.store.models import Paper

if TYPE_CHECKING:
    from pathlib import Path

    import dlbib
    from dlbib.library.importing import FileReport, ImportReport
    from dlbib.progress import Progress
    from tests.library.importing.conftest import Tables, Write

GRAVES = """@article{graves2013generating,
  title = {Generating Sequences With Recurrent Neural Networks},
  author = {Graves, Alex},
  year = {2013},
  doi = {10.1000/graves},
}
"""
CHO = """@inproceedings{cho2014learning,
  title = {Learning Phrase Representations using {RNN} Encoder-Decoder},
  author = {Cho, Kyunghyun and van Merri{\\"e}nboer, Bart},
  year = {2014},
}
"""
TITLED = "@article{{{}, title = {{One long and telling title of it}}, {}}}\n"
BROKEN = "@misc{broken, title = {Never} year = {2014}}\n"


def counts(report: FileReport | ImportReport) -> tuple[int, int, int, int, int]:
    return (report.read, report.added, report.merged, report.unchanged, report.set_aside)


# --- what comes in -----------------------------------------------------------------------------------


def test_the_entries_of_a_file_are_works_under_their_keys(library: dlbib.Library, write: Write) -> None:
    report = library.import_file(write(GRAVES + CHO))
    assert counts(report) == (2, 2, 0, 0, 0)
    assert list(report.keys) == ["graves2013generating", "cho2014learning"]
    assert [str(name) for name in library.get("cho2014learning").authors] == [
        "Kyunghyun Cho",
        "Bart van Merriënboer",
    ]


def test_what_came_in_is_found_by_its_words(library: dlbib.Library, write: Write) -> None:
    library.import_file(write(GRAVES + CHO))
    assert [work.key for work in library.works("merrienboer phrase")] == ["cho2014learning"]


def test_a_record_tells_the_file_and_the_text_it_came_with(library: dlbib.Library, write: Write) -> None:
    library.import_file(write(GRAVES, "refs.bib"), name="thesis")
    (record,) = library.records("graves2013generating")
    assert (record.kind, record.source, record.source_id) == ("file", "file thesis", "graves2013generating")
    assert record.raw == GRAVES.strip()


def test_a089_importing_again_changes_nothing(library: dlbib.Library, write: Write, tables: Tables) -> None:
    path = write(GRAVES + BROKEN + CHO + "@comment{kept}\n")
    library.import_file(path)
    before = tables()
    assert counts(library.import_file(path)) == (3, 0, 0, 2, 1)
    assert tables() == before


def test_an_edited_entry_says_what_it_says_now(library: dlbib.Library, write: Write) -> None:
    library.import_file(write(GRAVES + CHO))
    report = library.import_file(write(GRAVES.replace("2013}", "2014}") + CHO))
    assert counts(report) == (2, 0, 1, 1, 0)
    assert library.get("graves2013generating").year == 2014
    assert len(library.records("graves2013generating")) == 1


def test_an_entry_of_a_known_work_is_a_further_record_of_it(library: dlbib.Library, write: Write) -> None:
    library.import_file(write(GRAVES, "a.bib"))
    other = GRAVES.replace("graves2013generating", "Graves13").replace("year", "pages = {1--43}, year")
    assert counts(library.import_file(write(other, "b.bib"))) == (1, 0, 1, 0, 0)
    work = library.get("graves13")
    assert (work.key, work.aliases, work.page) == ("graves2013generating", ("Graves13",), "1-43")


def test_two_entries_of_one_file_that_are_one_work_make_one(library: dlbib.Library, write: Write) -> None:
    report = library.import_file(write(GRAVES + GRAVES.replace("graves2013generating", "other")))
    assert counts(report) == (2, 1, 1, 0, 0)
    assert report.keys == {"graves2013generating": "graves2013generating", "other": "graves2013generating"}


def test_the_database_is_not_told_of_a_work_again_for_each_entry_of_it(
    library: dlbib.Library, write: Write
) -> None:
    library.import_file(write(GRAVES))
    assert _flushes(library, _again("few", 3, write)) == _flushes(library, _again("many", 30, write))


def _again(name: str, count: int, write: Write) -> Path:
    text = "".join(GRAVES.replace("graves2013generating", f"{name}{number}") for number in range(count))
    return write(text, f"{name}.bib")


def _flushes(library: dlbib.Library, path: Path) -> int:
    """How often an import writes what it changed, each time at a cost that grows with the works changed."""
    seen: list[object] = []

    def flushed(session: Session, *_: object) -> None:
        seen.append(session)

    event.listen(Session, "before_flush", flushed)
    try:
        report = library.import_file(path)
    finally:
        event.remove(Session, "before_flush", flushed)
    assert report.merged == report.read
    return len(seen)


def test_an_import_can_be_undone(library: dlbib.Library, write: Write, tables: Tables) -> None:
    library.import_file(write(GRAVES, "a.bib"))
    before = tables("keys", "reserved_keys")
    library.import_file(write(CHO + GRAVES.replace("graves2013generating", "b") + BROKEN, "b.bib"))
    library.undo()
    assert tables("keys", "reserved_keys") == before


def test_a_record_that_makes_works_one_comes_beside_a_new_work(
    library: dlbib.Library, write: Write, tables: Tables
) -> None:
    """The new work must not get the id of the one that is gone, which was kept for undoing and is indexed."""
    library.import_file(write(TITLED.format("one", "doi = {10.1/a}") + TITLED.format("two", "pmid = {5}")))
    before = tables("keys", "reserved_keys")
    both = TITLED.format("both", "doi = {10.1/a}, pmid = {5}")
    assert counts(library.import_file(write(both + CHO, "more.bib"))) == (2, 1, 1, 0, 0)
    assert [work.key for work in library.works("learning")] == ["cho2014learning"]
    library.undo()
    assert tables("keys", "reserved_keys") == before


def test_a_work_parts_into_several_of_which_one_key_would_be_made(
    library: dlbib.Library, write: Write
) -> None:
    said = ("doi = {10.1/a}", "pmid = {5}", "eprint = {1706.03762}, eprinttype = {arxiv}")
    apart = "".join(TITLED.format(f"key{n}", each) for n, each in enumerate(said))
    library.import_file(write(apart + TITLED.format("all", ", ".join(said))))
    assert [work.key for work in library.works()] == ["key0"]
    report = library.import_file(write(apart + CHO.replace("cho2014learning", "all")))
    assert counts(report) == (4, 0, 1, 3, 0)
    assert sorted(work.key for work in library.works()) == ["all", "key0", "key1", "key2"]


def test_what_was_undone_comes_back_under_the_key_that_was_made_for_it(
    library: dlbib.Library, write: Write
) -> None:
    library.import_file(write(GRAVES, "a.bib"))
    other = write(CHO.replace("cho2014learning", "graves2013generating"), "b.bib")
    made = library.import_file(other).keys
    assert made == {"graves2013generating": "graves2013generatinga"}
    library.undo()
    assert library.import_file(other).keys == made


def test_what_was_undone_comes_back_under_its_keys(library: dlbib.Library, write: Write) -> None:
    path = write(CHO)
    library.import_file(path)
    library.undo()
    assert library.import_file(path).keys == {"cho2014learning": "cho2014learning"}


def test_progress_is_told_up_to_the_end(library: dlbib.Library, write: Write) -> None:
    moments: list[Progress] = []
    path = write(GRAVES + CHO)
    library.import_file(path, progress=moments.append)
    last = moments[-1]
    assert (last.done, last.total, last.counts["added"]) == (path.stat().st_size, path.stat().st_size, 2)


# --- files by other names ------------------------------------------------------------------------------


def test_a_file_that_moved_is_the_same_file(library: dlbib.Library, write: Write, tmp_path: Path) -> None:
    path = write(GRAVES)
    library.import_file(path)
    moved = path.rename(tmp_path / "moved.bib")
    assert counts(library.import_file(moved)) == (1, 0, 0, 1, 0)


def test_a_file_of_the_same_name_elsewhere_is_another(library: dlbib.Library, write: Write) -> None:
    library.import_file(write("@misc{a, title = {One Thing}}", "one/refs.bib"))
    report = library.import_file(write("@misc{a, title = {Another Thing}}", "two/refs.bib"))
    assert (counts(report), report.keys) == ((1, 1, 0, 0, 0), {"a": "aa"})


def test_a_file_given_twice_is_imported_once(library: dlbib.Library, write: Write, tmp_path: Path) -> None:
    path = write(GRAVES)
    link = tmp_path / "link.bib"
    link.hardlink_to(path)
    report = library.import_files([path, link])
    assert counts(report) == (1, 1, 0, 0, 0)
    assert [problem.code for problem in report.problems] == ["FILE-TWICE"]


COPIED = (
    "@misc{a, note = {See the shelf}}\n"
    "@book{b, title = {One Thing}}\n"
    "@misc{c, author = {Doe, Jane}, year = 2014}\n"
)


def test_a_copy_of_a_file_makes_no_second_works(library: dlbib.Library, write: Write) -> None:
    library.import_file(write(COPIED))
    report = library.import_file(write(COPIED, "backup.bib"))
    assert (counts(report), report.problems) == ((3, 0, 3, 0, 0), ())
    assert report.keys == {"a": "a", "b": "b", "c": "c"}
    assert [len(library.records(key)) for key in "abc"] == [2, 2, 2]


def test_of_a_copy_that_was_changed_what_says_something_else_is_another_work(
    library: dlbib.Library, write: Write
) -> None:
    library.import_file(write(COPIED))
    report = library.import_file(write(COPIED.replace("the shelf", "the desk"), "other.bib"))
    assert counts(report) == (3, 1, 2, 0, 0)


# --- keys ----------------------------------------------------------------------------------------------


def test_chapters_under_the_doi_of_their_book_all_keep_it(library: dlbib.Library, write: Write) -> None:
    chapters = [
        f"@inbook{{{key}, title = {{{title}}}, author = {{Smith, Jane}}, booktitle = {{B}}, doi = {{10.1000/b}}}}\n"
        for key, title in (("first", "On the First"), ("second", "Of Another"))
    ]
    library.import_file(write("".join(chapters)))
    assert [(work.key, work.doi) for work in library.works()] == [
        ("first", "10.1000/b"),
        ("second", "10.1000/b"),
    ]
    text, _ = library.export(format="bibtex")
    assert text.count("doi = {10.1000/b}") == 2
    library.edit("second", note="mine")
    with library.session() as session:
        session.scalars(select(Paper).where(Paper.key == "second")).one().note = "still mine"
    assert library.get("second").doi == "10.1000/b"
    assert [each.record.kind for each in library.why("second", "doi")] == ["file"]


def test_a_key_that_another_work_has_stays_with_it(library: dlbib.Library, write: Write) -> None:
    library.import_file(write("@misc{smith, title = {One Thing}}", "a.bib"))
    report = library.import_file(write("@misc{Smith, title = {Another Thing}}", "b.bib"))
    assert report.keys == {"Smith": "Smitha"}
    (problem,) = report.problems
    assert (problem.code, problem.line, problem.key) == ("KEY-TAKEN", 1, "Smith")
    assert "'smith' (One Thing)" in problem.message


def test_keys_do_not_depend_on_how_often_a_file_came(library: dlbib.Library, write: Write) -> None:
    library.import_file(write("@misc{a, title = {One Thing}}", "a.bib"))
    path = write("@misc{a, title = {Another Thing}}", "b.bib")
    assert library.import_file(path).keys == library.import_file(path).keys == {"a": "aa"}


def test_older_keys_that_a_file_names_find_the_work(library: dlbib.Library, write: Write) -> None:
    library.import_file(write("@misc{a, title = {One Thing}, ids = {b, c}}"))
    assert library.get("C").aliases == ("b", "c")


def test_older_keys_that_an_edited_entry_names_find_the_work(library: dlbib.Library, write: Write) -> None:
    library.import_file(write("@misc{a, title = {One Thing}}"))
    report = library.import_file(write("@misc{a, title = {One Thing}, ids = {b, c}}"))
    assert (counts(report), report.problems) == ((1, 0, 1, 0, 0), ())
    assert library.get("C").aliases == ("b", "c")


def test_older_keys_come_back_after_their_import_was_undone(library: dlbib.Library, write: Write) -> None:
    library.import_file(write("@misc{a, title = {One Thing}}"))
    path = write("@misc{a, title = {One Thing}, ids = {b, c}}")
    library.import_file(path)
    library.undo()
    assert library.get("a").aliases == ()
    assert library.import_file(path).problems == ()
    assert library.get("a").aliases == ("b", "c")


def test_an_older_key_of_another_work_is_not_given_to_an_edited_entry(
    library: dlbib.Library, write: Write
) -> None:
    library.import_file(write("@misc{b, title = {Another Thing}}", "other.bib"))
    library.import_file(write("@misc{a, title = {One Thing}}"))
    (problem,) = library.import_file(write("@misc{a, title = {One Thing}, ids = {b, c}}")).problems
    assert (problem.code, problem.line, problem.key, problem.field) == ("KEY-TAKEN", 1, "a", "ids")
    assert "'b' (Another Thing)" in problem.message
    assert (library.get("b").title, library.get("a").aliases) == ("Another Thing", ("c",))


def test_a_new_entry_has_its_key_before_an_edited_one_that_names_it_as_older(
    library: dlbib.Library, write: Write
) -> None:
    library.import_file(write("@misc{a, title = {One Thing}}"))
    text = "@misc{a, title = {One Thing}, ids = {b}}\n@misc{b, title = {Another Thing}}"
    assert library.import_file(write(text)).keys == {"a": "a", "b": "b"}


def test_records_without_keys_get_the_same_ones_every_time(library: dlbib.Library, write: Write) -> None:
    text = "TY  - JOUR\nTI  - On Words\nAU  - Doe, Jane\nPY  - 2014\nER  - \n"
    path = write(text + text.replace("Words", "Letters"), "a.ris")
    report = library.import_file(path)
    assert set(report.keys.values()) == {"doe2014words", "doe2014letters"}
    assert counts(library.import_file(path)) == (2, 0, 0, 2, 0)


def test_records_without_keys_are_known_again_in_another_order(library: dlbib.Library, write: Write) -> None:
    one = "TY  - JOUR\nTI  - On Words\nAU  - Doe, Jane\nPY  - 2014\nER  - \n"
    other = one.replace("On Words", "Of Words").replace("2014", "2014/05//")
    library.import_file(write(one + other, "a.ris"))
    assert counts(library.import_file(write(other + one, "a.ris"))) == (2, 0, 0, 2, 0)


# --- what is set aside ---------------------------------------------------------------------------------


def test_what_cannot_be_read_is_kept_as_it_was(library: dlbib.Library, write: Write) -> None:
    path = write(GRAVES + BROKEN)
    assert counts(library.import_file(path)) == (2, 1, 0, 0, 1)
    (aside,) = library.set_aside()
    assert (aside.path, aside.record.raw) == (str(path), BROKEN.strip())
    (problem,) = aside.record.problems
    assert (problem.line, problem.key, problem.field, problem.code) == (
        7,
        "broken",
        "title",
        "BIB-MISSING-COMMA",
    )


def test_a_mended_record_leaves_the_list(library: dlbib.Library, write: Write) -> None:
    library.import_file(write(GRAVES + BROKEN))
    write(GRAVES + BROKEN.replace("} year", "}, year"))
    assert counts(library.retry()) == (2, 1, 0, 1, 0)
    assert (library.set_aside(), library.get("broken").title) == ((), "Never")


def test_what_is_not_mended_is_read_again_out_of_the_library(
    library: dlbib.Library, write: Write, tables: Tables
) -> None:
    path = write(GRAVES + BROKEN)
    library.import_file(path)
    before = tables()
    path.unlink()
    assert counts(library.retry()) == (2, 0, 0, 1, 1)
    assert tables() == before


def test_nul_and_half_letters_are_kept_aside(library: dlbib.Library, write: Write) -> None:
    text = (
        '[{"id": "a", "type": "book", "title": "x\\u0000"}, {"id": "b", "type": "book", "title": "\\ud800"}]'
    )
    assert counts(library.import_file(write(text, "a.json"))) == (2, 0, 0, 0, 2)
    library.import_file(write("@misc{a, title = {x\0}}"))
    assert [each.record.raw for each in library.set_aside()][2] == "@misc{a, title = {x\0}}"


def test_a_key_longer_than_is_kept_is_set_aside(library: dlbib.Library, write: Write) -> None:
    report = library.import_file(write(f"@misc{{{'k' * 501}, title = {{T}}}}\n" + GRAVES))
    assert counts(report) == (2, 1, 0, 0, 1)
    assert [problem.code for problem in report.problems] == ["KEY-LONG"]


def test_strict_refuses_a_file_of_which_anything_is_set_aside(
    library: dlbib.Library, write: Write, tables: Tables
) -> None:
    before = tables()
    with pytest.raises(InputError, match="1 record can't be read"):
        library.import_file(write(GRAVES + BROKEN), strict=True)
    assert tables() == before


def test_a_file_that_is_something_else_is_refused(
    library: dlbib.Library, write: Write, tables: Tables
) -> None:
    before = tables()
    with pytest.raises(ParseError, match="looks like HTML"):
        library.import_file(write("<!DOCTYPE html><html></html>"))
    assert tables() == before


DUPLICATES = "@misc{a, title = {One Thing}}\n@misc{a, title = {Another Thing}}\n"


@pytest.mark.parametrize(
    ("what", "read", "titles"),
    [
        ("set-aside", (2, 1, 0, 0, 1), {"a": "One Thing"}),
        ("skip", (2, 1, 0, 1, 0), {"a": "One Thing"}),
        ("rename", (2, 2, 0, 0, 0), {"a": "One Thing", "aa": "Another Thing"}),
        ("merge", (2, 1, 1, 0, 0), {"a": "One Thing"}),
        ("replace", (2, 1, 0, 1, 0), {"a": "Another Thing"}),
    ],
)
def test_a_second_record_of_a_key_is_what_is_asked_for(
    library: dlbib.Library, write: Write, what: Duplicates, read: tuple[int, ...], titles: dict[str, str]
) -> None:
    assert counts(library.import_file(write(DUPLICATES), on_duplicate=what)) == read
    assert {work.key: work.title for work in library.works()} == titles


@pytest.mark.parametrize("what", get_args(Duplicates))
def test_whatever_is_asked_of_duplicates_importing_again_changes_nothing(
    library: dlbib.Library, write: Write, tables: Tables, what: Duplicates
) -> None:
    library.import_file(write(DUPLICATES), on_duplicate=what)
    before = tables()
    library.import_file(write(DUPLICATES), on_duplicate=what)
    assert tables() == before


def test_keys_are_made_where_that_is_asked_for(library: dlbib.Library, write: Write) -> None:
    report = library.import_file(write("@misc{, title = {On Words}, year = 2014}"), generate_keys=True)
    assert list(report.keys.values()) == ["words2014"]
    assert [(each.code, each.severity) for each in report.problems] == [("BIB-NOKEY", "warning")]


# --- several files ---------------------------------------------------------------------------------------


def test_good_files_are_imported_beside_a_bad_one(library: dlbib.Library, write: Write) -> None:
    paths = [write(GRAVES, "a.bib"), write("<html>", "b.bib"), write(CHO, "c.bib")]
    report = library.import_files(paths)
    assert (counts(report), [each.error is None for each in report.files]) == (
        (2, 2, 0, 0, 0),
        [True, False, True],
    )


def test_all_or_none_are_imported_where_that_is_asked_for(
    library: dlbib.Library, write: Write, tables: Tables
) -> None:
    before = tables()
    report = library.import_files([write(GRAVES, "a.bib"), write("<html>", "b.bib")], atomic=True)
    assert all(each.error for each in report.files)
    assert tables() == before


def test_a_dry_run_keeps_nothing(library: dlbib.Library, write: Write, tables: Tables) -> None:
    before = tables()
    assert counts(library.import_file(write(GRAVES + CHO), dry_run=True)) == (2, 2, 0, 0, 0)
    assert tables() == before


# --- around the works ------------------------------------------------------------------------------------


def test_works_are_grouped_behind_those_that_are_there(library: dlbib.Library, write: Write) -> None:
    library.seed()
    before = [paper.key for paper in library.papers(application="image-captioning")]
    path = write(CHO.replace("Learning Phrase", "Unlearning Phrase").replace("cho2014learning", "mine"))
    for _ in range(2):
        library.import_file(path, application="image-captioning", tags=["read"])
    assert [paper.key for paper in library.papers(application="image-captioning")] == [*before, "mine"]
    assert library.get("mine").tags == ("read",)


def test_an_unknown_application_is_told_before_anything_is_done(
    library: dlbib.Library, write: Write, tables: Tables
) -> None:
    before = tables()
    with pytest.raises(NotFoundError):
        library.import_file(write(GRAVES), application="nosuch")
    assert tables() == before


def test_keywords_are_tags_where_that_is_asked_for(library: dlbib.Library, write: Write) -> None:
    path = write("@misc{a, title = {One Thing}, keywords = {rnn, text}}")
    library.import_file(path)
    assert library.get("a").tags == ()
    library.import_file(path, keywords_as_tags=True)
    assert library.get("a").tags == ("rnn", "text")


# --- what leaves a file ------------------------------------------------------------------------------------


def test_an_entry_that_left_its_file_stays(library: dlbib.Library, write: Write) -> None:
    library.import_file(write(GRAVES + CHO))
    report = library.import_file(write(CHO))
    assert report.gone == ("graves2013generating",)
    assert library.get("graves2013generating").year == 2013


def test_an_entry_with_a_new_key_in_its_file_says_it_instead_of_the_old_one(
    library: dlbib.Library, write: Write
) -> None:
    library.import_file(write(GRAVES))
    library.import_file(write(GRAVES.replace("graves2013generating", "new").replace("2013", "2014")))
    (record,) = library.records("graves2013generating")
    assert (record.source_id, library.get("new").year) == ("new", 2014)
