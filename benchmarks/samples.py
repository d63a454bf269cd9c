"""What tasks work on: a .bib file that is the same whenever it is made, a large one, the same as CSL-JSON."""

from __future__ import annotations

import random
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import dlbib
from dlbib.formats import RenderOptions, formats, get_format

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dlbib import Entry

LARGE = 150_000_000
"""The size of the large file, in bytes."""

_KEY = re.compile(rb"@\w+\s*\{\s*[^\s,{}=]+(?=,)")

_FAMILIES = ("Novak", "Garc{\\'i}a", 'M{\\"u}ller', "Tanaka", "O'Neill", "van der Berg", "Sørensen", "Li")
_GIVEN = ("Ana", 'J{\\"o}rg', "Kenji", "Mary Ann", "P.", "Chidi", "Wei", "Zoë")
_TOPICS = ("Parsing", "Vision", "{LSTM} Networks", "Speech", "Attention", "{B}ayesian Models", "$k$-Means")
_ADJECTIVES = ("Deep", "Robust", "Fast", "Neural", "Sparse", "Unsupervised", "Multi-Task", "{\\'E}tale")
_VENUES = (
    "Proceedings of the Conference on Learning",
    "Journal of Networks",
    "Workshop on Words {\\&} Images",
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", 'oct # " 5--8"', "nov", "dec")


def sample(entries: int) -> Iterator[str]:
    """The pieces of a file of that many entries, some 500 letters each."""
    chance = random.Random(entries)  # noqa: S311  # the same file every time, not a secret one
    yield '% a library that nobody wrote\n@string{acme = "Acme Press"}\n\n'
    for number in range(entries):
        yield _entry(number, chance)


def _entry(number: int, chance: random.Random) -> str:
    people = " and\n      ".join(
        f"{chance.choice(_FAMILIES)}, {chance.choice(_GIVEN)}" for _ in range(chance.randint(1, 5))
    )
    title = f"{chance.choice(_ADJECTIVES)} {chance.choice(_TOPICS)} for {chance.choice(_ADJECTIVES)} Data"
    year, page = chance.randint(1990, 2025), chance.randint(1, 900)
    return f"""@inproceedings{{key{number}-{year},
    title = "{title}: A Study of {chance.choice(_TOPICS)} and {chance.choice(_TOPICS)}",
    author = "{people}",
    booktitle = "{chance.choice(_VENUES)} (Volume {chance.randint(1, 9)}: Long Papers)",
    month = {chance.choice(_MONTHS)},
    year = "{year}",
    publisher = acme,
    url = {{https://example.org/papers/{number}?part={page}%20a_b}},
    doi = {{10.5555/x.{number}}},
    pages = "{page}--{page + 12}",
}}

"""


def large(path: Path, size: int = LARGE) -> Path:
    """A file with the content of another over and over, until it has that many bytes; no key comes twice."""
    with tempfile.NamedTemporaryFile(suffix=".bib", delete=False) as made:
        copy = 0
        while made.tell() < size:
            copy += 1
            with path.open("rb") as stream:
                made.writelines(_with_other_keys(stream, b"-%d" % copy))
    return Path(made.name)


def _with_other_keys(lines: Iterable[bytes], suffix: bytes) -> Iterator[bytes]:
    for line in lines:
        head = _KEY.match(line)
        yield line if head is None else head.group() + suffix + line[head.end() :]
    yield b"\n"


def loaded(path: Path) -> Path:
    """The path, once all that reads and writes files is loaded: how long that takes is measured by itself."""
    formats()
    for name in dlbib.__all__:
        getattr(dlbib, name)
    return path


def csl_json_text(path: Path) -> str:
    """The entries of a .bib file as CSL-JSON."""
    return rendered(dlbib.read(path)[0], "csl-json")


def rendered(entries: Iterable[Entry], name: str) -> str:
    """Entries as a text in the format of that name."""
    render = get_format(name).render
    return "".join(render(entries, RenderOptions())) if render else ""
