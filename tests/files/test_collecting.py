from __future__ import annotations

import gc

import pytest

from dlbib.files.collecting import seldom_collected


@pytest.mark.parametrize("before", [(700, 10, 10), (90_000, 7, 7), (0, 10, 10)])
def test_python_looks_for_circles_as_often_as_before_whatever_happens(before: tuple[int, int, int]) -> None:
    was = gc.get_threshold()
    gc.set_threshold(*before)
    try:
        with pytest.raises(KeyError), seldom_collected():
            _fail(gc.get_threshold()[0] == (max(before[0], 50_000) if before[0] else 0))
        assert gc.get_threshold() == before
    finally:
        gc.set_threshold(*was)


def _fail(seldom: bool) -> None:  # noqa: FBT001  # what was seen
    assert seldom
    raise KeyError


def test_who_looks_seldom_already_is_not_taken_for_how_it_was_before() -> None:
    was = gc.get_threshold()
    first, second = seldom_collected(), seldom_collected()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    second.__exit__(None, None, None)  # as in another thread, which ends later
    assert gc.get_threshold() == was
