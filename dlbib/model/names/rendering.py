"""A name in BibTeX's syntax, so that it is read as what it is.

The family name comes first wherever there is another part, so that no word is taken for a particle
that is none; what would be misread stands in braces. Source: as in `dlbib.model.names.grammar`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from dlbib.model.names.interpretation import PARTICLES, interpret, plain_parts, ungrouped
from dlbib.model.names.lists import OTHERS, split_names
from dlbib.model.names.name import Name, ends_elided, joined
from dlbib.model.names.words import is_lower, outside_braces, sections

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dlbib.model.names.grammar import Dialect

    Encode = Callable[[str], str]

_NOT_ASCII: Final = re.compile(r"[^\x00-\x7f]+")
_GAP: Final = re.compile(r"[\s~-]+")
_MISREAD: Final = re.compile(r"[,;&=]|(?<!\S)(?:and|et)(?!\S)", re.IGNORECASE)
_BARE_VALUE: Final = re.compile(r"[^\s,=\"{}]+(?: [^\s,=\"{}]+)*+")
_NOTHING: Final = "{}"


class _Form(NamedTuple):
    """The parts of a name as they are written in one of BibTeX's forms; ``behind`` is the dropping particle."""

    family: str
    given: str = ""
    suffix: str = ""
    von: str = ""
    behind: str = ""

    def __str__(self) -> str:
        family = f"{self.von} {self.family}" if self.von else self.family
        given = f"{self.given} {self.behind}" if self.behind else self.given
        if self.suffix:
            return f"{family}, {self.suffix}, {given or _NOTHING}"
        return f"{family}, {given}" if given else family


def bibtex_form(name: Name, *, dialect: Dialect = "bibtex", encode: Encode = str) -> str:
    """``name`` in BibTeX's syntax; ``encode`` makes TeX of each part, with balanced braces.

    Empty for a name without parts. Reading it gives an equal name, but for what BibTeX has no form
    for; that is printed the same even so:

    - a dropping particle that isn't known as one becomes part of the given name;
    - a particle that doesn't start lower-case, or ends in an apostrophe or a hyphen, becomes part of
      the family name ("La Fontaine", "d'Alembert");
    - a name without family name becomes a literal.

    ``biblatex`` has names by ``key=value`` for these, and loses only the border between family name
    and non-dropping particle where there is a dropping one as well.

    >>> bibtex_form(Name("Driessche", "George", non_dropping_particle="van den"))
    'van den Driessche, George'
    >>> bibtex_form(Name(literal="Barnes and Noble"))
    '{Barnes and Noble}'
    """
    if name.literal:
        return f"{{{encode(name.literal)}}}"
    if _is_plain(name):
        return f"{encode(name.family)}, {encode(name.given)}"
    if name == _NOBODY:
        return ""
    if dialect == "biblatex":
        return _biblatex_form(name, encode)
    forms = _bibtex_forms(name, encode) if name.family else ()
    whole = f"{{{encode(str(name))}}}"
    return next((str(form) for form in forms if _is_read_as(form, "bibtex")), whole)


def bibtex_names(
    names: Iterable[Name], *, others: bool = False, dialect: Dialect = "bibtex", encode: Encode = str
) -> str:
    """``names`` parted by "and", with "others" behind them; a name without parts is left out."""
    forms = (bibtex_form(name, dialect=dialect, encode=encode) for name in names)
    return " and ".join([*filter(None, forms), *([OTHERS] if others else [])])


def _is_plain(name: Name) -> bool:
    """Tells whether a name has family and given name alone, and neither can be misread."""
    if name.dropping_particle or name.non_dropping_particle or name.suffix or not name.family.isalpha():
        return False
    if " and " in f" {name.given} ".lower():
        return False
    return plain_parts(f"{name.family}, {name.given}", ungrouped) is not None


def _bibtex_forms(name: Name, encode: Encode) -> Iterator[_Form]:
    """The forms that come into question, the plainest first; the last is never misread."""
    given, behind, kept = name.given, name.dropping_particle, name.non_dropping_particle
    if behind and not (given and all(word in PARTICLES for word in behind.split())):
        if ends_elided(behind):
            kept = joined(behind, kept)
        else:
            given = f"{given} {behind}".strip()
        behind = ""
    given, behind, suffix = _given(given, encode), encode(behind), encode(name.suffix)
    if kept and not ends_elided(kept):
        yield from _with_particle(_Form(encode(name.family), given, suffix, encode(kept), behind))
    yield from _without_particle(_Form(encode(joined(kept, name.family)), given, suffix, "", behind))


def _with_particle(form: _Form) -> Iterator[_Form]:
    for each in (_guarded(form), _braced(form)):
        yield each
        if not (form.given or form.suffix):
            yield each._replace(given=_NOTHING)


def _without_particle(form: _Form) -> Iterator[_Form]:
    if form.given or form.suffix:
        yield _guarded(form)
        yield _braced(form)
        return
    if not _may_hold_particle(form.family):
        yield form
        found = sections(form.family)
        if len(found) == 1:
            family = "{ }".join(found[0])
            yield form._replace(family=family)
            yield form._replace(family=f"{family}{_NOTHING}")
    yield form._replace(family=f"{{{form.family}}}{_NOTHING}")


def _given(given: str, encode: Encode) -> str:
    """The given name, its last word in braces where it only looks like a particle behind it."""
    before, _, last = given.rpartition(" ")
    return f"{encode(before)} {{{encode(last)}}}" if before and last in PARTICLES else encode(given)


def _guarded(form: _Form) -> _Form:
    """``form`` with those parts in braces that would be misread."""
    family, given, suffix = (_braces(part) if _is_misread(part) else part for part in form[:3])
    family = _braces(family) if _may_hold_particle(family) else family
    return form._replace(family=family, given=given, suffix=suffix)


def _braced(form: _Form) -> _Form:
    family, given, suffix = (_braces(part) for part in form[:3])
    return form._replace(family=family, given=given, suffix=suffix)


def _braces(part: str) -> str:
    return f"{{{part}}}" if part else ""


def _is_misread(part: str) -> bool:
    return _MISREAD.search(outside_braces(part)) is not None


def _may_hold_particle(family: str) -> bool:
    """Tells whether BibTeX, which knows only ASCII letters and cuts at hyphens, may see a particle in it."""
    before = _GAP.split(family)[:-1]
    return any(is_lower(word) or is_lower(_NOT_ASCII.sub("", word)) for word in before)


def _is_read_as(form: _Form, dialect: Dialect) -> bool:
    """Tells whether the text of ``form`` is read as its parts, and as one name, alone or amid others."""
    text = str(form)
    if split_names(text).texts != (text,) or split_names(f"X and {text} and X").texts != ("X", text, "X"):
        return False
    family, given, behind, von, suffix, _, oddity = interpret(text, dialect, str)
    has_nothing = given == _NOTHING and form.suffix and not form.given
    as_read = _Form(family, "" if has_nothing else given, suffix, von, behind)
    return as_read == form and oddity is None


def _biblatex_form(name: Name, encode: Encode) -> str:
    has_form = name.family and not name.dropping_particle and (name.given or not name.suffix)
    if has_form and "," not in f"{name.family}{name.given}{name.suffix}":
        family, suffix, von = map(encode, (name.family, name.suffix, name.non_dropping_particle))
        form = _Form(family, _given(name.given, encode), suffix, von)
        for each in (form, _guarded(form)):
            if _is_read_as(each, "biblatex"):
                return str(each)
    return _by_key(name, encode)


def _by_key(name: Name, encode: Encode) -> str:
    prefix, family = name.non_dropping_particle, name.family
    if name.dropping_particle:
        prefix, family = name.dropping_particle, joined(name.non_dropping_particle, family)
    values = {"family": family, "given": name.given, "prefix": prefix, "suffix": name.suffix}
    written = [_option(key, encode(value)) for key, value in values.items() if value]
    if prefix:
        written.append(f"useprefix={'false' if name.dropping_particle else 'true'}")
    return ", ".join(written)


def _option(key: str, value: str) -> str:
    """``key=value``, in quotes around a comma, which biber sees in braces too."""
    is_bare = _BARE_VALUE.fullmatch(value) and not _is_misread(value)
    written = f"{key}={value}" if is_bare else f"{key}={{{value}}}"
    return f'"{written}"' if "," in value else written


_NOBODY: Final = Name()
