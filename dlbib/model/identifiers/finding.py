"""Identifiers in texts: one that is the whole text, or all that stand in prose, markup or addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dlbib.errors import InvalidIdentifierError
from dlbib.model.identifiers.addresses import identifiers_at
from dlbib.model.identifiers.arxiv import ADDRESS as ARXIV_ADDRESS
from dlbib.model.identifiers.arxiv import ARCHIVES
from dlbib.model.identifiers.check_digits import HYPHENS
from dlbib.model.identifiers.checks import LONGEST, refuse, trimmed, unescaped, usable
from dlbib.model.identifiers.url import URL_SCHEMES
from dlbib.model.identifiers.value import Identifier

if TYPE_CHECKING:
    from collections.abc import Iterator

_LABEL = re.compile(r"(?:urn:|info:)?[ep]?(doi|arxiv|isbn|issn|pmid|pmcid|url)(?![a-z])", re.IGNORECASE)
_SHAPES: Final = (
    ("doi", re.compile(r"10[0-9.]*(?:/|%2F)", re.IGNORECASE)),
    ("arxiv", re.compile(rf"{ARXIV_ADDRESS}.|[0-9]{{4}}\.[0-9]{{4,5}}|[a-z.-]+/[0-9]{{7}}", re.IGNORECASE)),
    ("arxiv", re.compile(r"[0-9]{7}v[0-9]+\Z")),
    ("pmcid", re.compile(r"PMC[0-9]+\Z", re.IGNORECASE)),
    ("issn", re.compile(rf"[0-9]{{4}}[{HYPHENS}][0-9]{{3}}[0-9X]\Z", re.IGNORECASE)),
    ("isbn", re.compile(rf"(?:[0-9][{HYPHENS} ]?){{9,12}}[0-9X]\Z", re.IGNORECASE)),
)
"""What a scheme is known by without a label, at the beginning of a text."""


def parse_identifier(text: str) -> Identifier:
    """The one identifier that ``text`` is, its scheme known by its form, label or address.

    The address of a page that holds a DOI or the like is that; any other address is a URL. Raises
    `InvalidIdentifierError`, also for digits that more than one scheme could have given.

    >>> print(parse_identifier("https://arxiv.org/pdf/1406.2661v1.pdf"))
    arxiv:1406.2661v1
    >>> print(parse_identifier("https://dl.acm.org/doi/abs/10.1145/3065386"))
    doi:10.1145/3065386
    """
    return _whole(text)[0]


def find_identifiers(text: str) -> tuple[Identifier, ...]:
    """The identifiers in ``text``, in order of appearance, each once; none if it holds none.

    Plain numbers count only with a label (``ISBN``, ``PMID``) or where their form leaves no doubt. A URL
    gives what its address holds, a DOI for example, and then itself. Takes time linear in the text.

    >>> [str(found) for found in find_identifiers("Nature 518, doi:10.1038/nature14236; arXiv:1312.5602v1 [cs.LG]")]
    ['doi:10.1038/nature14236', 'arxiv:1312.5602v1']
    """
    try:
        return tuple(dict.fromkeys(_whole(text)))
    except InvalidIdentifierError:
        return tuple(dict.fromkeys(_scan(text)))


def _whole(text: str) -> tuple[Identifier, ...]:
    """What ``text`` is as one identifier, and if it is a URL, that too."""
    given = usable("identifier", text)
    if label := _LABEL.match(given):
        labelled = Identifier(label[1].lower(), given)
        return (labelled,) if labelled.scheme != "url" else (labelled, *identifiers_at(labelled.value))
    if "://" in given:
        return identifiers_at(given)
    scheme = next((scheme for scheme, shape in _SHAPES if shape.match(given)), None)
    if scheme is None:
        refuse("identifier", given, _unknown(given))
    return (Identifier(scheme, given),)


def _unknown(given: str) -> str:
    if given.isdigit():
        return f"digits alone tell no scheme; say which, as in pmid:{given}"
    return (
        "no scheme is known by this form; say which, as in doi:10.1000/182, or begin an address with https://"
    )


_NEW_ARXIV: Final = r"[0-9]{4}\.[0-9]{4,5}"
_OLD_ARXIV: Final = rf"(?:{'|'.join(ARCHIVES)})(?:\.[a-z-]{{2,10}})?/[0-9]{{7}}"
_ARXIV_CATEGORY: Final = (
    r"(?=\s?\[(?:[a-z]+-[a-z]+|cs|econ|eess|math|nlin|physics|stat)(?:\.[a-z-]{2,20})?\])"
)
_LABELLED: Final = r"[\s:=\"{]{0,6}"
# Quotation marks, and the punctuation of Chinese and Japanese, which no space parts from what it follows.
_PUNCTUATION: Final = "\u2018-\u201f\u00ab\u00bb\u3001-\u3003\u3008-\u3011\uff08\uff09\uff0c\uff1b"
_SICI_PAGES: Final = r"<[0-9][^\s<>]{0,60}>|&lt;[0-9][^\s<>&]{0,60}&gt;"

# What an identifier begins with, in a text, and all that can belong to it. The lengths have bounds so
# that a text of many beginnings takes no more than linear time.
_CANDIDATE = re.compile(
    rf"""
    (?P<doi>
        (?<![\w./])
        (?:(?:(?:(?:dx|www)\.)?doi\.org/|(?:info:|urn:)?doi[:/\s]\s{{0,2}})10(?:\.[0-9]{{1,9}}){{1,5}}(?:/|%2F)
        |10\.[0-9]{{4,9}}(?:\.[0-9]{{1,9}}){{0,4}}/)
        (?:[^\s"'<>&?#,|\\`{_PUNCTUATION}]|{_SICI_PAGES}|\\[_%&#$<>]|(?<=;2-)\#){{1,{LONGEST}}}
    )
    |(?P<url>
        (?<![a-z0-9])(?:{"|".join(URL_SCHEMES)})://
        (?:[^\s"<>|\\^`{_PUNCTUATION}]|{_SICI_PAGES}|\\[_%&#$~]){{1,{LONGEST}}}
    )
    |(?<![\w./-])
        (?:{ARXIV_ADDRESS}|arxiv(?:\s(?:e-?prints?|preprint))?[:\s]\s?(?:arxiv\s?:\s?)?|abs/
        |(?={_NEW_ARXIV}v[0-9]|{_NEW_ARXIV}{_ARXIV_CATEGORY}|{_OLD_ARXIV}))
        (?P<arxiv>(?:{_NEW_ARXIV}|{_OLD_ARXIV})(?:v[1-9][0-9]{{0,2}})?(?!\w))
    |(?:(?<!\w)isbn(?:-?1[03])?{_LABELLED}|(?<![\w./-])(?=97[89]))
        (?P<isbn>(?:97[89][{HYPHENS} ]?)?(?:[0-9][{HYPHENS} ]?){{9}}[0-9x](?![\w/-]))
    |(?<!\w)[ep]?-?issn(?:-l)?{_LABELLED}(?P<issn>[0-9]{{4}}[{HYPHENS} ]?[0-9]{{3}}[0-9x](?!\w))
    |(?<!\w)pmid{_LABELLED}(?P<pmid>[0-9]{{1,8}}(?!\w))
    |(?P<pmcid>(?<!\w)pmc[0-9]{{1,9}}(?!\w))
    """,
    re.IGNORECASE | re.VERBOSE,
)
_REST_OF_RUN = re.compile(r"\S*")
_NEXT = re.compile(r"[,;|](?:10\.[0-9]+/|doi:|https?:)", re.IGNORECASE)
_BRACKETS = re.compile(r"[()\[\]{}]")
_OPENING: Final = {")": "(", "]": "[", "}": "{"}


def _scan(text: str) -> Iterator[Identifier]:
    position = 0
    while match := _CANDIDATE.search(text, position):
        kind = match.lastgroup or ""
        piece = match[kind]
        position = match.end()
        if len(piece) >= LONGEST:
            position = _end_of_run(text, position)
            continue
        if kind in {"doi", "url"}:
            piece = _cut(piece)
            position = match.start() + len(piece)
        yield from _read(kind, piece)


def _end_of_run(text: str, position: int) -> int:
    rest = _REST_OF_RUN.match(text, position)
    return rest.end() if rest else position


def _cut(piece: str) -> str:
    """``piece`` up to a bracket that closes none opened in it, or to the next identifier."""
    following = _NEXT.search(piece)
    end = following.start() if following else len(piece)
    opened: list[str] = []
    for bracket in _BRACKETS.finditer(piece, 0, end):
        opener = _OPENING.get(bracket.group())
        if opener is None:
            opened.append(bracket.group())
        elif not opened or opened.pop() != opener:
            return trimmed(piece[: bracket.start()])
    return trimmed(piece[:end])


def _read(kind: str, piece: str) -> tuple[Identifier, ...]:
    try:
        if kind == "url":
            return identifiers_at(unescaped(piece))
        return (Identifier(kind, piece),)
    except InvalidIdentifierError:
        return ()
