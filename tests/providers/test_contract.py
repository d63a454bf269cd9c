"""What every provider promises, whichever there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dlbib.errors import InvalidIdentifierError, UnknownProviderError
from dlbib.model.identifiers import SCHEMES
from dlbib.providers import Provider, get_provider, providers
from dlbib.providers.transport import Options, connect

if TYPE_CHECKING:
    from pathlib import Path

PROVIDERS = list(providers().values())


def name_of(provider: Provider) -> str:
    return provider.name


@pytest.mark.parametrize("provider", PROVIDERS, ids=name_of)
def test_a_provider_is_found_by_its_name(provider: Provider) -> None:
    assert get_provider(provider.name) is provider


@pytest.mark.parametrize("provider", PROVIDERS, ids=name_of)
def test_a_provider_knows_schemes_that_there_are(provider: Provider) -> None:
    assert provider.schemes
    assert {*provider.schemes} <= {*SCHEMES}


@pytest.mark.parametrize("provider", PROVIDERS, ids=name_of)
def test_a_provider_is_asked_by_https_at_its_own_hosts_and_not_without_a_pause(
    provider: Provider, tmp_path: Path
) -> None:
    with connect(provider.service, Options(cache_dir=tmp_path)) as transport:
        assert transport.url == provider.service.url
    assert provider.service.url.startswith("https://")
    assert provider.service.interval_s > 0


@pytest.mark.parametrize("provider", PROVIDERS, ids=name_of)
@pytest.mark.parametrize("text", ["", "\0", "x" * 10_000, "a,b", "\ud800", "http://", "☃"])
def test_what_is_no_identifier_is_invalid_and_nothing_is_sent(
    provider: Provider, text: str, tmp_path: Path
) -> None:
    with pytest.raises(InvalidIdentifierError):
        provider.identify(text)
    with connect(provider.service, Options(cache_dir=tmp_path)) as transport:
        (batch,) = provider.fetch([text], transport)
        assert [(each.asked, each.status, each.identifier) for each in batch.outcomes] == [
            (text, "invalid", None)
        ]
        assert transport.requests == 0


@pytest.mark.parametrize("provider", PROVIDERS, ids=name_of)
def test_nothing_is_asked_for_nothing(provider: Provider, tmp_path: Path) -> None:
    with connect(provider.service, Options(cache_dir=tmp_path)) as transport:
        assert list(provider.fetch([], transport)) == []


def test_a_provider_that_is_not_there_is_told_of_with_those_that_are() -> None:
    with pytest.raises(UnknownProviderError, match=r"no provider 'arxi'; there are .*arxiv"):
        get_provider("arxi")
