"""docs/howto/add-a-provider.md, run as it stands."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from dlbib import providers
from dlbib.providers import Provider, get_provider
from dlbib.providers.transport import Options, Surroundings, connect
from tests.conftest import ROOT
from tests.fake_arxiv.faults import Answer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.providers.asking import Asking

HOWTO = (ROOT / "docs" / "howto" / "add-a-provider.md").read_text(encoding="utf-8")


@pytest.fixture
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """The provider of the page, put beside the others."""
    (module,) = re.findall(r"```python\n(.*?)```", HOWTO, re.DOTALL)
    (tmp_path / "example.py").write_text(module, encoding="utf-8")
    monkeypatch.setattr(providers, "__path__", [*providers.__path__, str(tmp_path)])
    providers.providers.cache_clear()
    yield get_provider("example")
    providers.providers.cache_clear()


def answers(**said: Any) -> Answer:  # noqa: ANN401  # JSON
    return Answer(200, json.dumps(said).encode(), {"Content-Type": "application/json"})


def test_the_provider_of_the_page_is_found_and_answers(example: Provider, asking: Asking) -> None:
    asking.server.plan(answers(title="On Examples"), answers(title=None), *[answers(error="busy")] * 5)
    options = Options(url=asking.server.url, cache_dir=asking.cache)

    with connect(example.service, options, Surroundings(clock=asking.clock.clock)) as transport:
        batches = list(example.fetch(["10.1000/1", "10.1000/2", "10.1000/3", "x"], transport))

    outcomes = [outcome for batch in batches for outcome in batch.outcomes]
    assert [each.status for each in outcomes] == ["found", "not_found", "unknown", "invalid"]
    assert outcomes[0].entry
    assert outcomes[0].entry.title == "On Examples"
    assert {*providers.providers()} >= {"arxiv", "example"}
