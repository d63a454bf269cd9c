"""Works that are there twice: as themselves, as preprint and publication, or by a DOI that is another's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dlbib.checks import Check, Found
from dlbib.model.identity import ONE_WORK, judge
from dlbib.model.identity.kinds import PREPRINT_DOI
from dlbib.model.markup import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dlbib.checks.subjects import Shelf, Subject
    from dlbib.model.entry import Entry

_SCHEMES: Final = {"doi": "DOI", "arxiv": "arXiv id", "pmid": "PMID", "pmcid": "PMCID"}
_HOSTS: Final = frozenset(
    {"arxiv", "corr", "biorxiv", "medrxiv", "chemrxiv", "ssrn", "preprint", "preprints"}
)
_PARTS: Final = frozenset({"chapter", "entry", "entry-dictionary", "entry-encyclopedia"})


def _find_same(shelf: Shelf) -> Iterator[tuple[Subject, Found]]:
    for work in shelf.works:
        published = [subject for subject in work if not _is_preprint(subject.entry)]
        first, *others = published or list(work)
        for second in others:
            if _shared(first, second) and not _same_title(first, second):
                continue  # an identifier that was borrowed tells nothing
            what = f"is the same work as {_named(first)} (by its {_shared(first, second) or _reason(first, second)})"
            yield second, Found(f"{what}; cited by both keys it is listed twice; keep one entry")


def _find_versions(shelf: Shelf) -> Iterator[tuple[Subject, Found]]:
    for work in shelf.works:
        published = [subject for subject in work if not _is_preprint(subject.entry)]
        for subject in work if published else ():
            if _is_preprint(subject.entry):
                what = f"is the preprint of {_named(published[0])}"
                yield (
                    subject,
                    Found(f"{what}; cited by both keys it is listed twice; cite what was published"),
                )


def _find_borrowed(shelf: Shelf) -> Iterator[tuple[Subject, Found]]:
    for group in shelf.grouped(_identifiers):
        first = group[0]
        for second in group[1:]:
            if _same_title(first, second) or first.entry.type in _PARTS or second.entry.type in _PARTS:
                continue
            what = f"has the {_shared(first, second)} of {_named(first)}, which has another title"
            yield second, Found(f"{what}; one of the links leads to the wrong work; look both up")


def _identifiers(subject: Subject) -> Iterable[tuple[str, str]]:
    return [(each.scheme, each.work) for each in subject.entry.identifiers if each.scheme in ONE_WORK]


def _shared(first: Subject, second: Subject) -> str:
    """What names both, in words; empty for nothing."""
    common = {scheme for scheme, _ in set(_identifiers(first)) & set(_identifiers(second))}
    return next((name for scheme, name in _SCHEMES.items() if scheme in common), "")


def _reason(first: Subject, second: Subject) -> str:
    """What speaks most for one work, in words."""
    reasons = judge(first.entry, second.entry).reasons
    return (
        max(reasons, key=lambda reason: reason.weight).name.replace("same-", "").replace("-", " ")
        if reasons
        else "other entries"
    )


def _same_title(first: Subject, second: Subject) -> bool:
    ours, theirs = (fold(subject.entry.title or "") for subject in (first, second))
    return ours.startswith(theirs) or theirs.startswith(ours)


def _is_preprint(entry: Entry) -> bool:
    place = fold(f"{entry.container_title or ''} {entry.publisher or ''}").split()
    if not _HOSTS.isdisjoint(place):
        return True
    if entry.container_title:
        return False
    return (
        entry.type == "article" or bool(entry.arxiv_id) or bool(PREPRINT_DOI.match((entry.doi or "").lower()))
    )


def _named(subject: Subject) -> str:
    line, _ = subject.place("")
    return f"{subject.entry.key!r} in line {line}" if line else repr(subject.entry.key)


CHECKS = (
    Check(
        "duplicate-work",
        "works that are there twice",
        "Two entries by the same DOI, arXiv id or PubMed id, or by the same title, first author and year, are one work. "
        "Cited by both keys it stands in the bibliography twice, as 2014a and 2014b. Keep one entry; in BibLaTeX its "
        "ids field can hold the other key.",
        wrong="@misc{a, title = {A title of its own}, doi = {10.1000/182}}\n@misc{b, title = {A title of its own}, doi = {10.1000/182}}",
        right="@misc{a, title = {A title of its own}, doi = {10.1000/182}}",
        among=_find_same,
    ),
    Check(
        "borrowed-identifier",
        "DOIs and other identifiers of another work",
        "A DOI names one work. Two entries with the same one and different titles show that one of them was "
        "copied from the other, and its link leads to the wrong work. Parts of a book may go by the book's.",
        wrong="@misc{a, title = {A title}, doi = {10.1000/182}}\n@misc{b, title = {Something else}, doi = {10.1000/182}}",
        right="@misc{a, title = {A title}, doi = {10.1000/182}}\n@misc{b, title = {Something else}, doi = {10.1000/183}}",
        among=_find_borrowed,
        instead_of=("RIS-SAMEDOI",),
    ),
    Check(
        "published-preprint",
        "preprints of which the publication is there too",
        "A preprint and what was published under the same title by the same author are one work in two versions. Readers "
        "expect the published one, and citing both lists the work twice. Cite the publication; its entry may name the "
        "arXiv id as eprint.",
        wrong="@misc{a, author = {Smith, John and Jones, Betty}, title = {Learning to title papers}, year = 2014, "
        "eprint = {1412.6980}, archiveprefix = {arXiv}}\n"
        "@inproceedings{b, author = {Smith, John and Jones, Betty}, title = {Learning to title papers}, "
        "booktitle = {Proceedings}, year = 2015}",
        right="@inproceedings{b, author = {Smith, John and Jones, Betty}, title = {Learning to title papers}, "
        "booktitle = {Proceedings}, year = 2015}",
        among=_find_versions,
    ),
)
