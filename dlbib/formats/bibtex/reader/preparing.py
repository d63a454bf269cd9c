"""Fields that are one variable together, put together before the tables are asked.

Everything here works on values as they are written, so that what comes out is a field of the tables.

Source: BibLaTeX manual, sections 2.2.2 ("title" and its kin), 2.3.6 (roles of editors and authors).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dlbib.formats.bibtex.languages import variant_of
from dlbib.formats.bibtex.reader.old_dates import OLD_PARTS, join_old_dates
from dlbib.formats.bibtex.wholes import by_whole
from dlbib.formats.fields import AUTHOR_TYPES, EDITOR_TYPES, fallback_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from dlbib.formats.bibtex.reader.records import Record

_TITLES: Final = (
    ("title", "subtitle", "titleaddon"),
    ("booktitle", "booksubtitle", "booktitleaddon"),
    ("maintitle", "mainsubtitle", "maintitleaddon"),
    ("journaltitle", "journalsubtitle", "journaltitleaddon"),
    ("journal", "journalsubtitle", "journaltitleaddon"),
    ("issuetitle", "issuesubtitle", "issuetitleaddon"),
    ("eventtitle", "", "eventtitleaddon"),
    ("note", "", "addendum"),
)
_SAME: Final = dict.fromkeys(("journaltitle", "journal"), ("journaltitle", "journal"))
_MEETING: Final = frozenset({"conference", "inproceedings", "proceedings"})
_BEHIND_TITLE: Final = frozenset({"subtitle", "titleaddon"})
_SLOTS: Final = ("editor", "editora", "editorb", "editorc")
_SENTENCE_ENDS: Final = (".", "?", "!", ":", ";", ",", "…", "-", "–", "—", "}")  # noqa: RUF001  # a dash is one
_SENTENCE_STARTS: Final = (":", ";", ".", "-", "–", "—", "¡", "¿")  # noqa: RUF001  # as above

TOGETHER: Final = frozenset(
    {"authortype", "fjournal", "maintitle", "hyphenation", "issuetitle", "langidopts", *OLD_PARTS}
    | {name for _, *rest in _TITLES for name in rest if name}
    | {slot for slot in _SLOTS if slot != "editor"}
    | {f"{slot}type" for slot in _SLOTS}
)
"""The fields that this is about."""


def prepare(record: Record) -> None:
    """Put together the titles of an entry, give its authors and editors their roles, and name the variant of its language."""
    values = record.values
    is_followed = any(values.get(name, "").strip() for name in _BEHIND_TITLE)
    is_work = "title" in values and "maintitle" not in values and record.type != "periodical"
    if is_work and is_followed:
        values.setdefault("shorttitle", values["title"])
    _name_journal(values)
    for title, subtitle, addon in _TITLES:
        if values.keys().isdisjoint(_SAME.get(title, (title,))):
            _promote(values, title, (subtitle, addon))
        if title in values:
            whole = _joined(values[title], _taken(values, subtitle), ": ")
            values[title] = _joined(whole, _taken(values, addon), ". ")
    by_whole(values, record.type)
    for slot in _SLOTS:
        _give_role(values, slot, EDITOR_TYPES)
    _give_role(values, "author", AUTHOR_TYPES)
    _specify_language(values)
    join_old_dates(values)


def part_places(record: Record) -> None:
    """Take where a conference met for its venue, where it stands beside the address of the publisher.

    BibLaTeX has one field for both names, but ACM's digital library writes two places.
    """
    values = record.values
    is_another = values["location"].strip() not in {"", values["address"].strip()}
    if record.type in _MEETING and is_another and "venue" not in values:
        values["venue"] = values.pop("location")


def _name_journal(values: dict[str, str]) -> None:
    """Take MathSciNet's two fields, a journal's name beside its abbreviation, for what they are."""
    if "fjournal" in values and "journal" in values:
        values.setdefault("shortjournal", values["journal"])
        values["journal"] = values.pop("fjournal")


def _promote(values: dict[str, str], title: str, behind: tuple[str, str]) -> None:
    """Of a title that isn't there, the first of what would stand behind it takes its place."""
    for name in behind:
        if values.get(name, "").strip():
            values[title] = values.pop(name)
            return


def _taken(values: dict[str, str], name: str) -> str:
    """Take a field that says something out of an entry."""
    return values.pop(name) if values.get(name, "").strip() else ""


def _joined(text: str, more: str, sign: str) -> str:
    if not (text.strip() and more.strip()):
        return text or more
    plain = text.rstrip().rstrip("}")
    is_parted = plain.endswith(_SENTENCE_ENDS) or more.lstrip().startswith(_SENTENCE_STARTS)
    return f"{text.rstrip()}{' ' if is_parted else sign}{more.lstrip()}"


def _specify_language(values: dict[str, str]) -> None:
    """Call the language by its field's present name, and the variant of it by its own name."""
    if "hyphenation" in values:
        values.setdefault("langid", values.pop("hyphenation"))
    if variant := variant_of(values.get("langid", "").strip(), values.get("langidopts", "")):
        values["langid"] = variant


def _give_role(values: dict[str, str], slot: str, roles: Collection[str]) -> None:
    role = values.get(f"{slot}type", "").strip().lower()
    if role in roles and slot in values and fallback_of(role) not in values:
        del values[f"{slot}type"]
        values[fallback_of(role)] = values.pop(slot)
    elif role == "editor" and slot == "editor":
        del values[f"{slot}type"]
