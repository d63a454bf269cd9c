from __future__ import annotations

import pytest

from dlbib.model.identity.people import people_of, relation
from dlbib.model.names import parse_names


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
        ("{NASA}", "{NASA Ames}", "incomparable"),
        ("{ESA} and {NASA}", "{ESA} and {NASA Ames}", "incomparable"),
        ("{ESA} and {NASA}", "{NASA Ames} and {ESA}", "some"),
        ("{Dan Lee}", "{Dylan Lee}", "none"),
        ("{Dan Lee}", "Lee, D.", "loosely-same"),
        ("{Dan Lee}", "Lee, Wei", "incomparable"),
        ("\u674e, AB", "\u674e, C", "none"),
        ("{ATLAS Collaboration}", "Aad, Georges and others", "incomparable"),
        ("Smith, J. and et al.", "Smith, J. and Jones, B. and Roe, C.", "cut"),
        ("{Smith, John et al.}", "Smith, J. and Jones, B.", "cut"),
        ("{Smith, J.; Jones, B.}", "Smith, J. and Jones, B.", "same"),
    ],
)
def test_names_agree_however_they_are_written(one: str, other: str, how: str) -> None:
    assert related(one, other) == how
