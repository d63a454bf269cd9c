from __future__ import annotations

import gc

import pytest

from dlbib.library.importing.collecting import seldom_collected


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
