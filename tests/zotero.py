"""Zotero's items beside our entries: which type, role and field of the one is which of the other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from dlbib.model.markup import fold, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlbib.model.entry import Contributor, Entry

_TAGS: Final = re.compile(r"</?(?:i|b|sub|sup|span)(?: [^>]*)?>")

TYPES = {
    "artwork": "graphic",
    "audioRecording": "song",
    "bill": "bill",
    "blogPost": "post-weblog",
    "book": "book",
    "bookSection": "chapter",
    "case": "legal_case",
    "computerProgram": "software",
    "conferencePaper": "paper-conference",
    "dataset": "dataset",
    "dictionaryEntry": "entry-dictionary",
    "document": "document",
    "email": "personal_communication",
    "encyclopediaArticle": "entry-encyclopedia",
    "film": "motion_picture",
    "hearing": "hearing",
    "interview": "interview",
    "journalArticle": "article-journal",
    "letter": "personal_communication",
    "magazineArticle": "article-magazine",
    "manuscript": "manuscript",
    "map": "map",
    "newspaperArticle": "article-newspaper",
    "patent": "patent",
    "podcast": "broadcast",
    "presentation": "speech",
    "report": "report",
    "standard": "standard",
    "statute": "legislation",
    "thesis": "thesis",
    "videoRecording": "motion_picture",
    "webpage": "webpage",
}

ROLES = {
    "artist": "author",
    "bookAuthor": "container_author",
    "cartographer": "author",
    "inventor": "author",
    "programmer": "author",
    "seriesEditor": "collection_editor",
    "sponsor": "contributor",
    "cosponsor": "contributor",
}

FIELDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("title", "caseName", "nameOfAct", "subject"), ("title",)),
    **dict.fromkeys(
        ("publicationTitle", "bookTitle", "proceedingsTitle", "conferenceName", "websiteTitle", "code"),
        ("container_title", "event_title"),
    ),
    **dict.fromkeys(
        (
            "publisher",
            "institution",
            "university",
            "company",
            "label",
            "distributor",
            "studio",
            "court",
            "repository",
        ),
        ("publisher", "authority"),
    ),
    **dict.fromkeys(("place", "repositoryLocation"), ("publisher_place", "event_place", "jurisdiction")),
    **dict.fromkeys(("date", "dateDecided", "dateEnacted", "issueDate"), ("issued",)),
    **dict.fromkeys(("series", "seriesTitle"), ("collection_title",)),
    **dict.fromkeys(("pages", "firstPage"), ("page",)),
    **dict.fromkeys(("volume", "reporterVolume", "codeNumber"), ("volume",)),
    **dict.fromkeys(("artworkSize", "runningTime"), ("dimensions",)),
    **dict.fromkeys(("applicationNumber", "billNumber", "patentNumber", "reportNumber"), ("number",)),
    "abstractNote": ("abstract",),
    "history": ("references",),
    "accessDate": ("accessed",),
    "archive": ("archive",),
    "archiveLocation": ("archive_location",),
    "artworkMedium": ("medium",),
    "callNumber": ("call_number",),
    "DOI": ("doi",),
    "edition": ("edition",),
    "thesisType": ("genre",),
    "ISBN": ("isbn",),
    "ISSN": ("issn",),
    "issue": ("issue",),
    "issuingAuthority": ("authority",),
    "journalAbbreviation": ("container_title_short",),
    "language": ("language",),
    "libraryCatalog": ("source",),
    "numPages": ("number_of_pages",),
    "scale": ("scale",),
    "section": ("section",),
    "seriesNumber": ("collection_number",),
    "shortTitle": ("title_short",),
    "url": ("url",),
    "versionNumber": ("version",),
}
"""Where an entry may hold what a field of Zotero's does."""


def said(entry: Entry, attribute: str) -> str:
    if attribute in {"doi", "isbn", "issn", "url"}:
        identifier = entry.identifier(attribute)
        return identifier.value if identifier else _kept(entry, attribute)
    return plain(str(getattr(entry, attribute) or ""))


def _kept(entry: Entry, scheme: str) -> str:
    """What was given for an identifier that is none."""
    tag = "SN" if scheme.startswith("is") else "UR"
    return entry.extra.get(f"bibtex:{scheme}", entry.extra.get(f"ris:{tag}", ""))


def differences(entry: Entry, item: dict[str, Any]) -> Iterator[str]:
    if entry.type != TYPES.get(item["itemType"]):
        yield f"type {entry.type}, not {item['itemType']}"
    for name, expected in item.items():
        known = [_cased(name, said(entry, each)) for each in FIELDS.get(name, ())]
        if name in FIELDS and not any(agrees(each, _cased(name, expected)) for each in known):
            yield f"{name}: {known}, not {expected!r}"
        elif name not in FIELDS and name not in {
            "itemType",
            "creators",
            "tags",
            "notes",
            "attachments",
            "seeAlso",
            "extra",
            "itemID",
        }:
            yield f"{name} is not compared"
    yield from other_names(entry, item)
    if list(entry.keywords) != [each["tag"] if isinstance(each, dict) else each for each in item["tags"]]:
        yield f"tags: {entry.keywords}"
    everything = fold(" ".join(texts(entry)))
    for each in item["notes"]:
        text = each["note"].removeprefix("<p>").removesuffix("</p>")
        if fold(text) not in everything and fold(text.partition(": ")[2] or text) not in everything:
            yield f"note {each['note']!r}"


def _cased(name: str, text: str) -> str:
    """A text in small letters where Zotero has a phrase of its own."""
    return text.casefold() if name == "thesisType" else text


def texts(entry: Entry) -> Iterator[str]:
    """All that an entry holds, as text."""
    for name in type(entry).model_fields:
        value = getattr(entry, name)
        yield from value.values() if name == "extra" else [str(value)] if isinstance(value, str) else []


def agrees(ours: str, theirs: str) -> bool:
    """Zotero writes an unreadable date as the year 0000 and one word of it; its ISBNs may lack the prefix."""
    if theirs.startswith("0000 "):
        return theirs.removeprefix("0000 ") in ours
    theirs = _TAGS.sub("", theirs).replace("\N{EN DASH}", "-")
    digits = theirs.replace("-", "")
    return " ".join(ours.split()) == " ".join(theirs.split()) or (len(digits) == 13 and digits == ours)


def other_names(entry: Entry, item: dict[str, Any]) -> Iterator[str]:
    expected = [
        (
            ROLES.get(each["creatorType"], each["creatorType"]),
            fold(f"{each.get('firstName', '')} {each['lastName']}"),
            fold(each["lastName"]).split()[-1],
        )
        for each in item["creators"]
    ]
    found = [_parts(each) for each in entry.contributors]
    if sorted(found) != sorted(expected):
        yield f"creators: {found}, not {expected}"


def _parts(each: Contributor) -> tuple[str, str, str]:
    """Role, name and family name; Zotero has a suffix with the given name, and a particle with either."""
    name = each.name
    last = name.literal or f"{name.dropping_particle} {name.non_dropping_particle} {name.family}"
    return each.role, fold(f"{name.given} {name.suffix} {last}"), fold(last).split()[-1]
