from __future__ import annotations

import pytest

from dlbib.formats.bibtex.languages import LANGUAGES, read_language, variant_of, written_language


@pytest.mark.parametrize(("name", "tag"), LANGUAGES.items())
def test_every_language_goes_both_ways(name: str, tag: str) -> None:
    assert written_language(tag) == name
    assert read_language(name.upper()) == tag


def test_a_language_that_babel_has_no_name_for_keeps_its_tag() -> None:
    assert written_language("fr-BE") == "fr-BE"
    assert read_language("fr-BE") == "fr-BE"


def test_a_language_that_is_called_by_its_name_is_written_as_babel_has_it() -> None:
    assert (written_language("German"), written_language("FRENCH")) == ("german", "french")


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("polutonikogreek", "el"),
        ("magyar", "hu"),
        ("USenglish", "en-US"),
        ("frenchb", "fr"),
        ("brazil", "pt-BR"),
    ],
)
def test_a_language_has_further_names(name: str, tag: str) -> None:
    assert read_language(name) == tag


def test_a_language_may_be_named_by_its_key() -> None:
    assert read_language("langlatin") == "la"


@pytest.mark.parametrize(
    ("language", "options", "variant"),
    [
        ("english", "variant=british", "british"),
        ("English", "variant = uk, ordinalmonthday=true", "british"),
        ("german", "variant=swiss", "nswissgerman"),
        ("latin", "variant=british", None),
        ("english", "", None),
    ],
)
def test_options_pick_a_variant_of_a_language(language: str, options: str, variant: str | None) -> None:
    assert variant_of(language, options) == variant
