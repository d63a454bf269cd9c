from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dlbib.errors import OutputError
from dlbib.files import open_text, write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def failure(path: Path | str, chunks: list[str] | None = None) -> str:
    with pytest.raises(OutputError) as raised:
        write_atomically(path, chunks or ["new"])
    text = str(raised.value)
    assert "\n" not in text
    assert os.fspath(path) in text
    return text


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir() if path.is_file()}


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "thesis.bib"
    path.write_text("old")
    return path


@pytest.fixture
def umask() -> Iterator[Callable[[int], int]]:
    before = os.umask(0o022)
    yield os.umask
    os.umask(before)


def test_a_new_file_holds_the_chunks(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a.bib", iter(["one\r\n", "", "zwölf\n"]))
    assert (tmp_path / "a.bib").read_bytes() == "one\r\nzwölf\n".encode()


def test_nothing_to_write_makes_an_empty_file(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a.bib", [])
    assert contents(tmp_path) == {"a.bib": ""}


def test_an_old_file_is_there_until_the_last_chunk(target: Path) -> None:
    def chunks() -> Iterator[str]:
        yield "n" * 100_000
        assert target.read_text() == "old"
        yield "ew"

    write_atomically(target, chunks())
    assert target.read_text() == "n" * 100_000 + "ew"


def test_a055_an_encoding_with_a_mark_writes_it_once(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a.bib", ["one", "two"], encoding="utf-8-sig")
    assert (tmp_path / "a.bib").read_bytes() == b"\xef\xbb\xbfonetwo"


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o640, 0o777])
def test_f006_an_existing_file_keeps_its_mode(target: Path, mode: int) -> None:
    target.chmod(mode)
    write_atomically(target, ["new"])
    assert target.stat().st_mode & 0o7777 == mode


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o000, 0o666)])
def test_a_new_file_honours_the_umask(
    tmp_path: Path, umask: Callable[[int], int], mask: int, mode: int
) -> None:
    umask(mask)
    write_atomically(tmp_path / "a.bib", ["x"])
    assert (tmp_path / "a.bib").stat().st_mode & 0o7777 == mode


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_an_existing_file_keeps_its_owner(target: Path) -> None:
    os.chown(target, 1234, 5678)
    write_atomically(target, ["new"])
    assert (target.stat().st_uid, target.stat().st_gid) == (1234, 5678)


def test_g023_a_link_stays_and_its_target_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    real = tmp_path / "elsewhere" / "real.bib"
    real.write_text("old")
    link = tmp_path / "link.bib"
    link.symlink_to("elsewhere/real.bib")
    write_atomically(link, ["new"])
    assert (link.is_symlink(), real.read_text()) == (True, "new")
    assert [path.name for path in real.parent.iterdir()] == ["real.bib"]


def test_g023_a_link_to_nothing_makes_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "link.bib").symlink_to("real.bib")
    write_atomically(tmp_path / "link.bib", ["new"])
    assert contents(tmp_path) == {"link.bib": "new", "real.bib": "new"}


def test_g023_the_other_name_of_a_hard_link_keeps_the_old_text(target: Path) -> None:
    os.link(target, target.with_name("other.bib"))
    write_atomically(target, ["new"])
    assert contents(target.parent) == {"thesis.bib": "new", "other.bib": "old"}


def test_g023_a_loop_of_links_is_refused(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    assert "symbolic links" in failure(tmp_path / "loop")


def test_f007_a_file_can_be_written_from_itself(target: Path) -> None:
    with open_text(target) as stream:
        write_atomically(target, (line.upper() for line in stream))
    assert target.read_text() == "OLD"


def test_f008_a_missing_folder_is_named(tmp_path: Path) -> None:
    told = failure(tmp_path / "none" / "a.bib")
    assert f"there is no folder {tmp_path}/none; make it first; nothing was changed there" in told
    assert not list(tmp_path.iterdir())


def test_f008_a_file_where_a_folder_should_be_is_named(target: Path) -> None:
    assert f"there is no folder {target}" in failure(target / "a.bib")


def test_f008_a_folder_is_refused(tmp_path: Path) -> None:
    assert "Is a directory" in failure(tmp_path)
    assert not list(tmp_path.iterdir())


def test_f008_a_read_only_folder_is_refused(own_folder: Path) -> None:
    (own_folder / "a.bib").write_text("old")
    own_folder.chmod(0o500)
    assert "Permission denied; nothing was changed there" in failure(own_folder / "a.bib")
    assert contents(own_folder) == {"a.bib": "old"}


def test_f008_a_folder_of_the_system_that_takes_no_files_is_refused() -> None:
    assert "nothing was changed there" in failure("/proc/thesis.bib")


def test_a_read_only_file_is_refused(own_folder: Path) -> None:
    (own_folder / "a.bib").write_text("old")
    (own_folder / "a.bib").chmod(0o400)
    assert "Permission denied; nothing was changed there" in failure(own_folder / "a.bib")
    assert contents(own_folder) == {"a.bib": "old"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_f008_a_full_device_is_told() -> None:
    assert "No space left on device" in failure("/dev/full")


def test_f008_a_full_disk_leaves_the_old_file_and_nothing_else(target: Path) -> None:
    # A limit on the size of files stands in for a full disk: the write itself fails.
    code = (
        "import resource, sys\n"
        "from dlbib.files import write_atomically\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))\n"
        "write_atomically(sys.argv[1], ('x' * 1000 for _ in range(100)))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(target)], capture_output=True, text=True, check=False
    )
    assert "OutputError" in run.stderr.splitlines()[-1]
    assert "File too large; nothing was changed there" in run.stderr.splitlines()[-1]
    assert contents(target.parent) == {"thesis.bib": "old"}


def test_a_name_longer_than_the_system_allows_is_refused(tmp_path: Path) -> None:
    assert "File name too long" in failure(tmp_path / ("x" * 300))


def test_the_longest_name_that_the_system_allows_can_be_written(tmp_path: Path) -> None:
    write_atomically(tmp_path / ("x" * 255), ["new"])
    assert contents(tmp_path) == {"x" * 255: "new"}


def test_a_path_with_nul_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"a\\x00b"):
        write_atomically(tmp_path / "a\0b", ["new"])


def test_a_letter_that_cannot_be_written_leaves_the_old_file(target: Path) -> None:
    assert "U+D800 can't be written in utf-8" in failure(target, ["a", "\ud800"])
    assert contents(target.parent) == {"thesis.bib": "old"}


def test_an_unknown_encoding_leaves_the_old_file(target: Path) -> None:
    with pytest.raises(OutputError, match="klingon"):
        write_atomically(target, ["new"], encoding="klingon")
    assert contents(target.parent) == {"thesis.bib": "old"}


@pytest.mark.parametrize("error", [KeyboardInterrupt(), ZeroDivisionError(), OSError("a chunk's own")])
def test_what_the_chunks_raise_passes_through_and_leaves_the_old_file(
    target: Path, error: BaseException
) -> None:
    def chunks() -> Iterator[str]:
        yield "n" * 100_000
        raise error

    with pytest.raises(type(error)) as raised:
        write_atomically(target, chunks())
    assert raised.value is error
    assert contents(target.parent) == {"thesis.bib": "old"}


def test_devices_are_written_to_directly() -> None:
    write_atomically("/dev/null", ["new"])
    assert not Path("/dev/null").is_file()


def test_a_pipe_is_written_to_directly(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[str] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_text()))
    reader.start()
    write_atomically(pipe, ["ne", "w"])
    reader.join()
    assert got == ["new"]
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]


def test_standard_output_is_written_to_beside_its_other_writers(tmp_path: Path) -> None:
    code = (
        "import sys; from dlbib.files import write_atomically\n"
        "print('before', flush=True); write_atomically('/dev/stdout', ['new\\n']); print('after')\n"
    )
    with (tmp_path / "out").open("w+") as out:
        subprocess.run([sys.executable, "-c", code], stdout=out, check=True)
    assert (tmp_path / "out").read_text().split() == ["before", "new", "after"]


def test_f009_a_reader_that_went_away_is_no_failure_of_the_output(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        with pytest.raises(BrokenPipeError):
            write_atomically(f"/dev/fd/{writing}", ["new"])
    finally:
        os.close(writing)
    assert not list(tmp_path.iterdir())


OPERATIONS = ("open", "fstat", "fchmod", "fchown", "fsync", "replace", "rename", "scandir", "stat", "close")


@pytest.mark.parametrize("fault", [OSError(errno.EIO, "Input/output error"), KeyboardInterrupt()])
def test_g022_whichever_operation_fails_the_file_is_old_or_new_and_alone(
    target: Path, monkeypatch: pytest.MonkeyPatch, fault: BaseException
) -> None:
    for nth in range(1, 100):
        target.write_text("old")
        with monkeypatch.context() as patch:
            count = failing(patch, nth, fault)
            try:
                write_atomically(target, ["new"])
            except OutputError as error:
                told = str(error)
            except KeyboardInterrupt:
                told = ""
            else:
                told = "done"
        holds = contents(target.parent)
        assert holds in ({"thesis.bib": "old"}, {"thesis.bib": "new"})
        assert "nothing was changed" not in told or holds == {"thesis.bib": "old"}
        assert told != "done" or holds == {"thesis.bib": "new"}
        if count() < nth:
            break
    assert 5 < nth < 99


def failing(patch: pytest.MonkeyPatch, nth: int, fault: BaseException) -> Callable[[], int]:
    """Make the ``nth`` operation of the system fail; gives how many there were."""
    calls = 0

    def wrap(real: Callable[..., object]) -> Callable[..., object]:
        def operation(*args: object, **options: object) -> object:
            nonlocal calls
            calls += 1
            if calls == nth:
                raise fault
            return real(*args, **options)

        return operation

    for name in OPERATIONS:
        patch.setattr(os, name, wrap(getattr(os, name)))
    return lambda: calls


def test_g022_the_file_and_then_its_folder_are_synced(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    happened: list[str] = []
    real_sync, real_replace = os.fsync, os.replace

    def fsync(descriptor: int) -> None:
        happened.append("folder" if Path(f"/proc/self/fd/{descriptor}").is_dir() else "file")
        real_sync(descriptor)

    def replace(source: str, destination: str) -> None:
        happened.append("replace")
        real_replace(source, destination)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", replace)
    write_atomically(target, ["new"])
    assert happened == ["file", "replace", "folder"]


KILLED = (
    "import os, signal, sys\n"
    "from dlbib.files import write_atomically\n"
    "def chunks():\n"
    "    yield 'n' * 100_000\n"
    "    os.kill(os.getpid(), signal.SIGKILL)\n"
    "write_atomically(sys.argv[1], chunks())\n"
)


def test_g022_what_a_killed_writer_left_is_removed_by_the_next(target: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED, str(target)], check=False)
    assert target.read_text() == "old"
    assert len(contents(target.parent)) == 2
    write_atomically(target, ["new"])
    assert contents(target.parent) == {"thesis.bib": "new"}


def test_what_another_writer_is_still_writing_is_left_alone(target: Path) -> None:
    def chunks() -> Iterator[str]:
        write_atomically(target.with_name("other.bib"), ["other"])
        yield "new"

    write_atomically(target, chunks())
    assert contents(target.parent) == {"thesis.bib": "new", "other.bib": "other"}


def test_a_file_of_somebody_else_is_no_leftover(target: Path) -> None:
    for name in (".dlbib-mine.tmp", ".dlbib-0123456789abcdef.tmp.bib", "x.dlbib-0123456789abcdef.tmp"):
        target.with_name(name).write_text("kept")
    write_atomically(target, ["new"])
    assert len(contents(target.parent)) == 4


def test_many_writers_at_once_leave_one_of_their_texts(target: Path) -> None:
    threads = [
        threading.Thread(target=write_atomically, args=(target, [letter * 1000] * 50))
        for letter in "abcdefgh"
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (text,) = contents(target.parent).values()
    assert len(text) == 50_000
    assert len(set(text)) == 1
