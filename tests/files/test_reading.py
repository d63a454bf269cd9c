from __future__ import annotations

import io
import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlbib.errors import InputError
from dlbib.files import as_text, open_bytes, open_text

if TYPE_CHECKING:
    from dlbib.model.problems import Problem


def message(path: str | Path, encoding: str | None = None) -> str:
    with pytest.raises(InputError) as raised, open_text(path, encoding):
        pass
    text = str(raised.value)
    assert "\n" not in text
    return text


def written(folder: Path, data: bytes) -> Path:
    path = folder / "refs.bib"
    path.write_bytes(data)
    return path


def read(path: Path, encoding: str | None = None) -> tuple[str, str]:
    with open_text(path, encoding) as stream:
        return stream.read(), stream.encoding


def test_f001_a_missing_file_is_named_with_what_the_system_says(tmp_path: Path) -> None:
    assert message(tmp_path / "none.bib") == f"{tmp_path}/none.bib: can't be read: No such file or directory"


def test_f001_a_folder_is_refused(tmp_path: Path) -> None:
    assert "Is a directory" in message(tmp_path)


def test_f001_a_file_that_may_not_be_read_is_refused(own_folder: Path) -> None:
    path = written(own_folder, b"")
    path.chmod(0)
    assert "Permission denied" in message(path)


def test_f001_a_pipe_nobody_writes_to_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "pipe or a device" in message(tmp_path / "pipe")


def test_f001_an_endless_device_is_refused() -> None:
    assert "pipe or a device" in message("/dev/zero")


def test_f001_a_file_larger_than_allowed_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, b"12345")
    with pytest.raises(InputError, match="it has 5 bytes, and 4 are allowed"), open_bytes(path, max_bytes=4):
        pass


def test_a_file_as_large_as_allowed_is_read(tmp_path: Path) -> None:
    with open_text(written(tmp_path, b"12345"), max_bytes=5) as stream:
        assert stream.read() == "12345"


def test_a_path_with_nul_is_refused() -> None:
    assert "null" in message("a\0b")


def test_a_loop_of_links_is_refused(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert "symbolic links" in message(tmp_path / "loop")


def test_f020_a_path_that_would_break_the_line_is_shown_escaped(tmp_path: Path) -> None:
    assert "a\\nb\\x1b\\u202e.bib" in message(tmp_path / "a\nb\x1b\u202e.bib")


def test_f012_a_path_of_undecodable_bytes_is_shown_escaped(tmp_path: Path) -> None:
    assert "caf\\udce9" in message(tmp_path / os.fsdecode(b"caf\xe9"))


def open_descriptors() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def test_no_descriptor_stays_open_after_a_refusal(tmp_path: Path) -> None:
    before = open_descriptors()
    for path in (tmp_path, tmp_path / "none", written(tmp_path, b"\xff")):
        message(path)
    assert open_descriptors() == before


def test_a090_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, b"one")
    with pytest.raises(InputError, match="changed while it was read"), open_text(path):
        path.write_bytes(b"one and two")


def test_a_file_may_be_replaced_while_it_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, b"old")
    with open_text(path) as stream:
        (tmp_path / "new").write_bytes(b"newer")
        (tmp_path / "new").replace(path)
        assert stream.read() == "old"


def test_the_same_file_can_be_read_by_many_threads(tmp_path: Path) -> None:
    path = written(tmp_path, "é".encode() * 5000)
    results: list[int] = []
    threads = [threading.Thread(target=lambda: results.append(len(read(path)[0]))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [5000] * 4


def test_a055_the_mark_of_utf_8_is_stripped_and_known(tmp_path: Path) -> None:
    assert read(written(tmp_path, b"\xef\xbb\xbf@misc{a}")) == ("@misc{a}", "utf-8-sig")


def test_a055_the_mark_is_stripped_when_utf_8_is_asked_for_too(tmp_path: Path) -> None:
    assert read(written(tmp_path, b"\xef\xbb\xbfx"), "UTF8") == ("x", "utf-8-sig")


def test_a_text_without_mark_says_so(tmp_path: Path) -> None:
    assert read(written(tmp_path, b"x")) == ("x", "utf-8")


@pytest.mark.parametrize("text", ["a\r\nb", "a\rb", "a\nb\r\nc\rd", "\r\n\r\n"])
def test_a056_line_ends_are_given_as_they_are(tmp_path: Path, text: str) -> None:
    assert read(written(tmp_path, text.encode()))[0] == text


@pytest.mark.parametrize("newline", [b"\n", b"\r\n", b"\r"])
def test_a057_latin_1_is_refused_with_line_offset_byte_and_what_to_try(
    tmp_path: Path, newline: bytes
) -> None:
    path = written(tmp_path, b"@misc{a," + newline + b"title = {Caf\xe9 Noir}}")
    offset = 8 + len(newline) + 12
    assert message(path) == (
        f"{path}:2: is not UTF-8: byte 0xE9 at offset {offset}; for an older text say --encoding latin-1"
    )


def test_a057_what_was_suggested_works(tmp_path: Path) -> None:
    assert read(written(tmp_path, b"Caf\xe9"), "latin-1")[0] == "Café"


@pytest.mark.parametrize("size", [(1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3_000_000])
def test_a057_the_place_is_right_far_into_a_file(tmp_path: Path, size: int) -> None:
    path = written(tmp_path, b"\n" * size + b"\xff")
    assert f"{path}:{size + 1}: is not UTF-8: byte 0xFF at offset {size};" in message(path)


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_a058_utf_16_with_its_mark_is_decoded(tmp_path: Path, mark: bytes) -> None:
    order = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"
    assert read(written(tmp_path, mark + "naïve 日本".encode(order))) == ("naïve 日本", "utf-16")


@pytest.mark.parametrize("order", ["utf-32-le", "utf-32-be"])
def test_a058_utf_32_with_its_mark_is_decoded(tmp_path: Path, order: str) -> None:
    assert read(written(tmp_path, ("\ufeff" + "naïve").encode(order))) == ("naïve", "utf-32")


def test_a058_cut_utf_16_is_refused_with_its_place(tmp_path: Path) -> None:
    path = written(tmp_path, b"\xfe\xff" + "a\nb".encode("utf-16-be") + b"\x00")
    assert f"{path}:2: is not text in utf-16: byte 0x00 at offset 8" in message(path)


def test_a059_a_declared_encoding_can_be_asked_for(tmp_path: Path) -> None:
    assert read(written(tmp_path, b"\x93quoted\x94"), "windows-1252")[0] == "“quoted”"


def test_a060_smart_quotes_suggest_windows_1252(tmp_path: Path) -> None:
    assert "--encoding cp1252" in message(written(tmp_path, b"caf\xe9 \x93quoted\x94"))


def test_a060_what_windows_1252_leaves_empty_does_not_suggest_it(tmp_path: Path) -> None:
    assert "--encoding latin-1" in message(written(tmp_path, b"caf\xe9 \x93\x81"))


def test_a060_smart_quotes_on_another_line_do_not(tmp_path: Path) -> None:
    assert "--encoding latin-1" in message(written(tmp_path, b"caf\xe9\n\x93quoted\x94"))


def test_a060_windows_1252_read_as_latin_1_is_reported_and_read(tmp_path: Path) -> None:
    found: list[Problem] = []
    with open_text(written(tmp_path, b"\x93x\x94"), "latin-1", report=found.append) as stream:
        assert stream.read() == "\x93x\x94"
    assert [(problem.severity, problem.code) for problem in found] == [("warning", "ENC-CONTROLS")]


def test_latin_1_without_controls_is_not_reported(tmp_path: Path) -> None:
    found: list[Problem] = []
    with open_text(written(tmp_path, b"caf\xe9"), "latin-1", report=found.append):
        assert not found


def test_a_file_cut_within_a_letter_is_told_from_a_foreign_encoding(tmp_path: Path) -> None:
    assert "it ends within a letter, byte 0xE2 at offset 3" in message(written(tmp_path, b"abc\xe2\x82"))


@pytest.mark.parametrize(
    "encoding",
    [
        "klingon",
        "hex",
        "rot13",
        "zlib",
        "base64",
        "idna",
        "punycode",
        "unicode-escape",
        "undefined",
        "",
        "a\0",
        "x" * 9999,
    ],
)
def test_what_is_no_encoding_of_text_is_refused(tmp_path: Path, encoding: str) -> None:
    said = message(written(tmp_path, b"x"), encoding)
    assert "there is no encoding" in said
    assert said.endswith("try utf-8, latin-1 or cp1252")
    assert len(said) < 400


def test_an_empty_file_is_an_empty_text(tmp_path: Path) -> None:
    assert read(written(tmp_path, b"")) == ("", "utf-8")


UNMARKED = st.binary(max_size=60).filter(lambda data: not data.startswith((b"\xff\xfe", b"\xfe\xff")))


def fault_in(data: bytes) -> int | None:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return None


@given(UNMARKED.filter(lambda data: fault_in(data) is None))
def test_good_bytes_are_given_back_exactly(data: bytes) -> None:
    text = as_text(io.BytesIO(data), "x")
    mark = b"\xef\xbb\xbf" if text.encoding == "utf-8-sig" else b""
    assert mark + text.read().encode() == data


@given(UNMARKED.filter(lambda data: fault_in(data) is not None))
def test_bad_bytes_are_refused_with_their_first_fault(data: bytes) -> None:
    with pytest.raises(InputError, match=f"at offset {fault_in(data)}"):
        as_text(io.BytesIO(data), "x")
