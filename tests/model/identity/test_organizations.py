from __future__ import annotations

import pytest

from dlbib.model.identity.organizations import accord, organization_of


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("WHO", "World Health Organization", "full"),
        ("The World Health Organisation", "World Health Organization (WHO)", "full"),
        ("WHO (World Health Organization)", "W.H.O.", "full"),
        ("IEEE", "Institute of Electrical and Electronics Engineers", "full"),
        ("UEI", "Union of Engineers and Inventors", "full"),
        ("U.S. Department of Energy", "US Dept. of Energy", "full"),
        ("AT&amp;T", "AT and T", "full"),
        ("Google, Inc.", "google", "full"),
        ("Manning & Co. Ltd.", "Manning", "full"),
        ("The ATLAS Collaboration", "ATLAS", "full"),
        ("The Collaboration", "Collaboration", "full"),
        ("NASA", "NASA Ames", "loose"),
        ("Ministry of Health", "Ministry of Health (Kenya)", "loose"),
        ("CDC", "Centers for Disease Control and Prevention", "loose"),
        ("UN", "United Nations", "loose"),
        ("J. Smith", "John Smith", "loose"),
        ("US Department of Energy", "US Department of Defense", "none"),
        ("WHO Regional Office for Europe", "WHO Regional Office for Africa", "none"),
        ("Ministry of Health (Kenya)", "Ministry of Health (Peru)", "none"),
        ("IBM Research", "IBM Watson Lab", "none"),
        ("EU Commission", "EU Parliament", "none"),
        ("UN Women", "UN Habitat", "none"),
        ("NASA Ames", "NASA Goddard", "none"),
        ("Ministry of Health", "Ministry of Heat", "none"),
        ("Dan Lee", "Dylan Lee", "none"),
        ("ISO", "World Health Organization", "none"),
        ("(", "World Health Organization", "none"),
        ("!", "\u30fb", "none"),
    ],
)
def test_organisations_are_one_only_by_all_their_words_or_an_acronym_of_all(
    one: str, other: str, how: str
) -> None:
    ours, theirs = organization_of(one), organization_of(other)
    assert accord(ours, theirs) == accord(theirs, ours) == how
    if how == "full":
        assert {*ours.look_up_words} & {*theirs.look_up_words}
