"""What every test can ask for: the shared data, the oracles, and no network."""

from __future__ import annotations

import contextlib
import gc
import os
import shutil
import signal
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

import dlbib
from tests import postgres
from tests.fake_arxiv import FakeArxiv

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("DLBIB_SHARED", ROOT.parent / "shared"))

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # As in the background: programs that are started from here would ignore it too.
    signal.signal(signal.SIGINT, signal.default_int_handler)

_MEMORY = Path("/dev/shm")  # noqa: S108  # the folder that Linux keeps in memory
_ROOM = 2 << 30  # bytes; a run takes a quarter of a gigabyte, and containers often have less of it

if "TMPDIR" not in os.environ and os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM:
    # Every transaction of every library waits for the disk where there is one.
    os.environ["TMPDIR"] = tempfile.tempdir = str(_MEMORY)

settings.register_profile("dlbib", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("dlbib")


def _missing(what: str, why: str) -> None:
    """Skip, saying why; fail where every oracle is required."""
    if os.environ.get("DLBIB_REQUIRE_ORACLES"):
        pytest.fail(f"{what} is required here, but {why}")
    pytest.skip(f"{what}: {why}")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data and facts that stands beside the project where it is developed."""
    if not SHARED.is_dir():
        pytest.skip(f"no real data at {SHARED}; it is not part of the project")
    return SHARED


@pytest.fixture(scope="session")
def tool() -> object:
    """Gives the path of a program, or skips the test."""

    def find(name: str) -> str:
        path = shutil.which(name)
        if path is None:
            _missing(name, "it is not installed on this machine")
        return str(path)

    return find


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[postgres.Server]:
    """A PostgreSQL server, one for the whole run; the test is skipped where there is none."""
    try:
        with postgres.server() as server:
            yield server
    except postgres.UnavailableError as error:
        _missing("PostgreSQL", str(error))


@pytest.fixture
def postgresql(postgresql_server: postgres.Server) -> Iterator[postgres.Server]:
    """The server, to make databases for one test."""
    yield postgresql_server
    postgresql_server.clear()


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that holds an empty library, to copy: making one takes longer than most of what is done with it."""
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    dlbib.open(path).close()
    return path


@pytest.fixture(scope="session")
def postgresql_library(postgresql_server: postgres.Server) -> str:
    """The name of a database that holds an empty library, to make others from."""
    name = postgresql_server.create(stays=True)
    dlbib.open(postgresql_server.url(name)).close()
    return name


@pytest.fixture(scope="session")
def seeded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("seeded") / "seeded.db"
    with dlbib.open(path) as library:
        library.seed()
    return path


@pytest.fixture(scope="session")
def seeded_database(postgresql_server: postgres.Server) -> str:
    name = postgresql_server.create(stays=True)
    with dlbib.open(postgresql_server.url(name)) as library:
        library.seed()
    return name


@pytest.fixture(params=["sqlite", "postgresql"])
def library(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dlbib.Library]:
    """A library with the post's lists, of which the test may do as it likes."""
    if request.param == "sqlite":
        place = shutil.copy(request.getfixturevalue("seeded_file"), tmp_path / "library.db")
    else:
        server: postgres.Server = request.getfixturevalue("postgresql")
        place = server.url(server.create(request.getfixturevalue("seeded_database")))
    with dlbib.open(place, create=False) as opened:
        yield opened


@pytest.fixture
def fake_arxiv() -> Iterator[Callable[..., FakeArxiv]]:
    """Starts fake arXivs, as many as are asked for; a test that has this may talk to this machine."""
    with contextlib.ExitStack() as running:

        def start(*arguments: Any, **named: Any) -> FakeArxiv:  # noqa: ANN401  # those of FakeArxiv
            return running.enter_context(FakeArxiv(*arguments, **named))

        yield start


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Collect no garbage while thousands of tests are made that stay to the end, nor look through them later."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the slow tests, so that none is waited for alone, and ask no service unless told to.

    Those with a fake arXiv may talk to this machine and no other.
    """
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
    for item in items:
        if item.get_closest_marker("live") and "live" not in config.getoption("-m"):
            item.add_marker(pytest.mark.skip(reason="it talks to a service; run it with -m live"))
        if "fake_arxiv" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1"]))
