from __future__ import annotations

import pytest

from dlbib.model.identity.people import look_up_words, people_of, person_of, relation
from dlbib.model.names import Name, parse_names


def related(one: str, other: str) -> str:
    lists = [parse_names(text) for text in (one, other)]
    ours, theirs = (people_of(each.names, others=each.others) for each in lists)
    assert relation(ours, theirs) == relation(theirs, ours)
    return relation(ours, theirs)


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("Smith JA and Jones BC", "Smith, John A. and Jones, Barbara C.", "same"),
        ("Smith JA", "Smith, J.", "same"),
        ("Le Cun, Y.", "LeCun, Yann", "same"),
        ("Di Masi, J.", "DiMasi, Joseph", "same"),
        ("van der Berg, Anna", "Vanderberg, A.", "same"),
        ("\u674e \u822a", "\u674e\u822a", "same"),
        ("\u822a, \u674e", "\u674e, \u822a", "same"),
        ("\uae40\ubbfc\uc218", "\uae40\uc218\ubbfc", "none"),
        ("Kingma, Durk P.", "Kingma, Diederik P.", "loosely-same"),
        ("Brown, John A.", "Brown, John B.", "none"),
        ("King, Jr., Martin", "King, Sr., Martin", "none"),
        ("King, Jr., Martin", "King, Martin", "same"),
        ("Fleming, Jr., Wendell", "Fleming, Wendell, Jr.", "same"),
        ("{ATLAS Collaboration}", "{The ATLAS Collaboration}", "same"),
        ("{WHO}", "{World Health Organization}", "same"),
        ("{ATLAS Collaboration}", "{CMS Collaboration}", "none"),
        ("{ATLAS Collaboration}", "Aad, Georges and others", "incomparable"),
        ("Smith, J. and et al.", "Smith, J. and Jones, B. and Roe, C.", "cut"),
        ("{Smith, John et al.}", "Smith, J. and Jones, B.", "cut"),
        ("{Smith, J.; Jones, B.}", "Smith, J. and Jones, B.", "same"),
    ],
)
def test_names_agree_however_they_are_written(one: str, other: str, how: str) -> None:
    assert related(one, other) == how


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Name("JA", "Smith"), Name("Smith", "J.")),
        (Name("Di Masi", "J."), Name("DiMasi", "Joseph")),
        (Name("Karen", "Simonyan"), Name("Simonyan", "Karen")),
        (Name("Garc\u00eda M\u00e1rquez", "Elena"), Name("M\u00e1rquez", "E. Garc\u00eda")),
        (Name("\u822a", "\u674e"), Name(literal="\u674e\u822a")),
    ],
)
def test_whoever_accords_in_full_is_looked_up_by_a_word_in_common(one: Name, other: Name) -> None:
    assert {*look_up_words(one)} & {*look_up_words(other)}


def test_initials_behind_a_name_are_turned_only_where_they_are_initials() -> None:
    assert person_of(Name("JA", "Smith")).turned.last == "smith"
    assert person_of(Name("Smith", "JA")).turned.last == "smith"
    assert person_of(Name("Li", "Wei")).turned.last == "li"


@pytest.mark.parametrize(
    "name", [Name("ISO"), Name(literal="ISO"), Name("JA", "."), Name("JA", "SMITH"), Name("", "JA")]
)
def test_initials_alone_are_a_name(name: Name) -> None:
    assert person_of(name).turned == person_of(name)
    assert look_up_words(name)
