"""Faults D018 to D029 and D052: connections that break, bodies that are none, ways that lead astray."""

from __future__ import annotations

import gzip
import itertools
import socket
import ssl
import threading
import zlib
from typing import TYPE_CHECKING

import pytest

from dlbib.errors import BadResponseError, InvalidOptionError, UnavailableError
from dlbib.providers import get_provider
from dlbib.providers.transport import Options, Surroundings, connect
from dlbib.providers.transport.inflating import MOST_BYTES
from tests.fake_arxiv.faults import Answer, packed, redirect
from tests.fake_arxiv.server import PATH
from tests.providers.asking import INTERVAL_S

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.clocks import ManualClock
    from tests.providers.asking import Asking

PAPER = "2001.00001"
BROKEN = {
    "cut": Answer(cut=300),
    "cut at once": Answer(cut=0),
    "too long a length": Answer(body=b"<feed/>", headers={"Content-Length": "1000"}),
    "chunked cut": Answer(is_chunked=True, cut=1100),
    "chunked cut in a length": Answer(is_chunked=True, cut=1),
    "not chunked as said": Answer(
        body=b"xyz", headers={"Transfer-Encoding": "chunked", "Content-Length": "3"}
    ),
    "reset before headers": Answer(is_reset_at_once=True),
    "reset after headers": Answer(cut=0, is_reset=True),
    "reset mid body": Answer(cut=500, is_reset=True),
}


@pytest.fixture(autouse=True)
def _a_paper(asking: Asking) -> None:
    asking.has(PAPER)


def body(asking: Asking) -> bytes:
    """The right answer for the paper."""
    return asking.server.right(PATH, {"id_list": PAPER, "start": "0", "max_results": "1"})[1]


@pytest.mark.parametrize("answer", BROKEN.values(), ids=BROKEN)
def test_d018_and_d019_a_broken_connection_is_tried_again_after_a_pause(
    asking: Asking, answer: Answer
) -> None:
    asking.server.plan(answer, answer)

    assert asking.statuses(PAPER) == {PAPER: "found"}
    assert len(asking.server.requests) == 3
    assert all(gap >= INTERVAL_S for gap in asking.gaps)
    assert asking.server.most_open == 1


@pytest.mark.parametrize("answer", BROKEN.values(), ids=BROKEN)
def test_d019_a_connection_that_always_breaks_is_given_up_and_nothing_is_believed(
    asking: Asking, answer: Answer
) -> None:
    asking.server.plan(*[answer] * 5)

    with pytest.raises(UnavailableError, match="after 5 tries"):
        asking.fetch(PAPER)


def test_d018_a_chunked_answer_is_read(asking: Asking) -> None:
    asking.server.plan(Answer(is_chunked=True))

    assert asking.statuses(PAPER) == {PAPER: "found"}


def test_d020_a_server_that_is_not_there_is_told_of_and_the_cache_still_serves(asking: Asking) -> None:
    asking.fetch(PAPER)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    with pytest.raises(UnavailableError, match="offline"):
        asking.fetch(PAPER, url=f"http://127.0.0.1:{port}{PATH}")

    asking.clock.advance(30 * 24 * 3600)
    assert asking.statuses(PAPER, "2001.00002", offline=True) == {PAPER: "found", "2001.00002": "unknown"}
    assert len(asking.server.requests) == 1


def test_d020_a_host_that_has_no_address_is_told_of(
    asking: Asking, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)

    with pytest.raises(UnavailableError, match="offline"):
        asking.fetch(PAPER, url="")
    assert len(clock.slept) == 1


def test_d021_a_server_that_never_answers_is_given_up_and_asked_again(asking: Asking) -> None:
    over = threading.Event()
    asking.server.plan(Answer(hangs=lambda: over.wait(10)))

    try:
        assert asking.statuses(PAPER, read_timeout_s=0.1) == {PAPER: "found"}
    finally:
        over.set()
    assert len(asking.server.requests) == 2
    assert all(gap >= INTERVAL_S for gap in asking.gaps)


def test_d022_a_body_that_drips_has_a_deadline(asking: Asking, clock: ManualClock) -> None:
    drops = [bytes([byte]) for byte in body(asking)]
    asking.server.plan(Answer(pieces=drops, between=lambda: clock.advance(5)))

    assert asking.statuses(PAPER) == {PAPER: "found"}
    assert len(asking.server.requests) == 2


def test_d022_headers_that_drip_have_a_deadline(asking: Asking) -> None:
    over = threading.Event()
    drops = itertools.repeat(b"X-Drop: 1\r\n", 20)
    asking.server.plan(Answer(head=b"HTTP/1.1 200 OK\r\n", pieces=drops, between=lambda: over.wait(0.05)))

    try:
        assert asking.statuses(PAPER, deadline_s=0.2) == {PAPER: "found"}
    finally:
        over.set()
    assert len(asking.server.requests) == 2


def test_d023_a_body_without_end_is_cut_off(asking: Asking) -> None:
    endless = Answer(pieces=itertools.repeat(b"<entry>" * 10_000))
    asking.server.plan(endless, endless)

    with pytest.raises(BadResponseError, match="larger than 32 MiB"):
        asking.fetch(PAPER)
    assert len(asking.server.requests) == 2


# Made by the test that drops it: packing them takes seconds, and every process of a run reads this file.
BOMBS: dict[str, Callable[[], Answer]] = {
    "a thousand to one": lambda: packed(b" " * (MOST_BYTES // 2)),
    "larger than may be": lambda: packed(b"".join(b"%d" % n for n in range(6_000_000)), level=1),
    "packed in a pack": lambda: packed(b" " * (MOST_BYTES // 2), "gzip, gzip"),
    "corrupt": lambda: Answer(body=b"\x1f\x8b\x08\x00 this is no gzip", headers={"Content-Encoding": "gzip"}),
    "no gzip at all": lambda: Answer(body=b"<feed/>", headers={"Content-Encoding": "gzip"}),
    "cut short": lambda: Answer(
        body=gzip.compress(b"<feed/>" * 100)[:-9], headers={"Content-Encoding": "gzip"}
    ),
    "deflate": lambda: Answer(body=zlib.compress(b"<feed/>"), headers={"Content-Encoding": "deflate"}),
    "brotli": lambda: Answer(body=b"\x8b\x03\x80<feed/>\x03", headers={"Content-Encoding": "br"}),
}


@pytest.mark.parametrize("answer", BOMBS.values(), ids=BOMBS)
def test_d024_a_body_that_can_not_be_unpacked_in_bounds_is_no_answer(
    asking: Asking, answer: Callable[[], Answer]
) -> None:
    asking.server.plan(answer())

    assert asking.statuses(PAPER) == {PAPER: "found"}
    assert len(asking.server.requests) == 2


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "GZIP"])
def test_d024_a_packed_answer_is_read(asking: Asking, encoding: str) -> None:
    asking.server.plan(packed(body(asking), encoding))

    assert asking.statuses(PAPER) == {PAPER: "found"}
    assert len(asking.server.requests) == 1


def test_d024_an_answer_packed_in_parts_is_read(asking: Asking) -> None:
    whole = body(asking)
    parts = gzip.compress(whole[:500]) + gzip.compress(whole[500:])
    asking.server.plan(Answer(body=parts, headers={"Content-Encoding": "gzip"}))

    assert asking.statuses(PAPER) == {PAPER: "found"}


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_d025_a_redirect_with_an_empty_body_is_followed_and_counted(asking: Asking, status: int) -> None:
    path = f"{PATH}?id_list={PAPER}&start=0&max_results=1"
    asking.server.plan(redirect(path, status))

    assert asking.statuses(PAPER) == {PAPER: "found"}
    assert [request.path for request in asking.server.requests][1:] == [path]
    assert asking.gaps == [INTERVAL_S]


@pytest.mark.parametrize(
    "location",
    [
        "http://example.org/api/query",
        "https://arxiv.org/api/query",
        "http://127.0.0.1:9/api/query",
        "http://localhost/api/query",
        "//example.org/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "ftp://127.0.0.1/",
        "http://[::1]/",
        "http://[",
        "http://127.0.0.1:99999999/",
        "http://user:S3CRET@127.0.0.1/",
        "\\\\example.org\\",
        "h\u00e9",
    ],
)
def test_d026_a_redirect_elsewhere_is_refused(asking: Asking, location: str) -> None:
    asking.server.plan(redirect(location))

    with pytest.raises(BadResponseError, match="SEC-REDIRECT") as caught:
        asking.fetch(PAPER)

    assert "S3CRET" not in str(caught.value)
    assert len(asking.server.requests) == 1


def test_d026_a_redirect_with_a_body_without_end_is_cut_off(asking: Asking) -> None:
    endless = Answer(
        head=b"HTTP/1.1 301 Moved\r\nLocation: /\r\n\r\n", pieces=itertools.repeat(b"x" * 100_000)
    )
    asking.server.plan(endless, endless)

    with pytest.raises(BadResponseError, match="larger than 32 MiB"):
        asking.fetch(PAPER)


def test_d027_a_redirect_loop_stops_at_three(asking: Asking) -> None:
    asking.server.plan(*[redirect(PATH)] * 10)

    with pytest.raises(BadResponseError, match="more than 3 times"):
        asking.fetch(PAPER)

    assert len(asking.server.requests) == 4
    assert all(gap >= INTERVAL_S for gap in asking.gaps)


@pytest.fixture
def untrusted(certificate: tuple[Path, Path]) -> Iterator[str]:
    """A server that speaks TLS with a certificate of its own making; gives the endpoint."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_shake_hands, args=(listening, context), daemon=True).start()
        yield f"https://127.0.0.1:{listening.getsockname()[1]}{PATH}"


def _shake_hands(listening: socket.socket, context: ssl.SSLContext) -> None:
    while True:
        try:
            client, _ = listening.accept()
        except OSError:
            return
        with client:
            try:
                context.wrap_socket(client, server_side=True).close()
            except OSError:
                continue


def test_d028_a_certificate_that_is_not_trusted_is_refused_at_once(asking: Asking, untrusted: str) -> None:
    with pytest.raises(UnavailableError, match="certificate"):
        asking.fetch(PAPER, url=untrusted)

    assert asking.clock.slept == []


def test_d028_a_server_that_speaks_no_tls_is_told_of(asking: Asking) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_speak_plainly, args=(listening,), daemon=True).start()
        with pytest.raises(UnavailableError, match="no safe connection"):
            asking.fetch(PAPER, url=f"https://127.0.0.1:{listening.getsockname()[1]}{PATH}")


def _speak_plainly(listening: socket.socket) -> None:
    while True:
        try:
            client, _ = listening.accept()
        except OSError:
            return
        with client:
            client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            client.recv(1000)


def test_d029_neither_netrc_nor_proxies_of_the_surroundings_are_used(
    asking: Asking, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine 127.0.0.1 login ada password S3CRET\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    assert asking.statuses(PAPER) == {PAPER: "found"}
    assert "authorization" not in asking.server.requests[0].headers


def test_d029_a_proxy_is_used_where_it_is_named(asking: Asking) -> None:
    proxy = asking.server.url.removesuffix(PATH)

    asking.server.plan(Answer(200, body(asking)))
    assert asking.statuses(PAPER, url="http://127.0.0.1:9/api/query", proxy=proxy) == {PAPER: "found"}
    assert asking.server.requests[0].path.startswith("http://127.0.0.1:9/api/query")


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/api/query",
        "https://example.org/api/query",
        "https://arxiv.org.example.org/",
        "https://notarxiv.org/",
        "https://user:S3CRET@arxiv.org/",
        "http://arxiv.org:8000/",
        "ftp://arxiv.org/",
        "//arxiv.org/",
        "arxiv.org",
        "http://127.0.0.1.example.org/",
        "http://0x7f.1/",
        "http://localhost.example.org/",
        "http://[::1",
        "https://arxiv.org/\n",
        "https://arxiv.org#@127.0.0.1/",
        "x",
    ],
)
def test_d052_no_other_server_may_be_named_than_the_service_and_those_on_this_machine(url: str) -> None:
    with pytest.raises(InvalidOptionError) as caught:
        connect(get_provider("arxiv").service, Options(url=url))

    assert "S3CRET" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("", "https://export.arxiv.org/api/query"),
        ("http://export.arxiv.org/api/query", "https://export.arxiv.org/api/query"),
        ("https://arxiv.org/api/query", "https://arxiv.org/api/query"),
        ("http://localhost:8000/api/query", "http://localhost:8000/api/query"),
        ("http://[::1]:8000/api/query", "http://[::1]:8000/api/query"),
    ],
)
def test_d052_the_service_is_asked_by_https_and_servers_on_this_machine_as_they_are(
    url: str, asked: str, tmp_path: Path
) -> None:
    with connect(get_provider("arxiv").service, Options(url=url, cache_dir=tmp_path)) as transport:
        assert transport.url == asked


@pytest.mark.parametrize("delay_s", [0.0, 3.0, float("nan"), -1.0, 1e9])
def test_d052_the_service_is_never_asked_faster_than_it_wants(delay_s: float) -> None:
    with pytest.raises(InvalidOptionError):
        connect(get_provider("arxiv").service, Options(interval_s=delay_s))


def test_d052_a_server_on_this_machine_may_be_asked_faster(asking: Asking) -> None:
    asking.has("2001.00002")
    asking.server.plan(Answer(500, b""))

    asking.fetch(PAPER, interval_s=0.0)
    asking.fetch("2001.00002", interval_s=0.0)

    assert asking.gaps == [0, 0]


def test_d052_servers_on_this_machine_share_neither_pace_nor_cache_with_the_service(
    asking: Asking,
) -> None:
    asking.fetch(PAPER)
    folders = {path.name for path in asking.cache.iterdir()}
    with connect(get_provider("arxiv").service, Options(cache_dir=asking.cache), Surroundings()) as transport:
        assert transport.cache.get(f"entry {PAPER}") is None

    assert {path.name for path in asking.cache.iterdir()} - folders == {"arxiv"}
