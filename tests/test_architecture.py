from __future__ import annotations

import ast
from pathlib import Path

import pytest

import dlbib

PACKAGE = Path(dlbib.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
NAMES = [str(module.relative_to(PACKAGE)) for module in MODULES]


def test_the_public_names_are_sorted_and_all_there() -> None:
    assert dlbib.__all__ == sorted(dlbib.__all__)
    assert all(hasattr(dlbib, name) for name in dlbib.__all__)


def test_every_public_name_says_what_it_is() -> None:
    assert [name for name in dlbib.__all__ if not getattr(dlbib, name).__doc__] == []


@pytest.mark.parametrize("module", MODULES, ids=NAMES)
def test_a_module_is_short_enough_to_be_read(module: Path) -> None:
    assert len(module.read_text(encoding="utf-8").splitlines()) < 400


@pytest.mark.parametrize("module", MODULES, ids=NAMES)
def test_a_function_is_short_enough_to_be_seen_whole(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]
    long = [f.name for f in functions if (f.end_lineno or 0) - f.body[0].lineno >= 50]
    assert long == []


@pytest.mark.parametrize("module", MODULES, ids=NAMES)
def test_nothing_runs_text_as_code_or_keeps_state_in_pickles(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    calls = {n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
    imports = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    assert calls.isdisjoint({"eval", "exec", "compile", "__import__"})
    assert imports.isdisjoint({"pickle", "shelve", "marshal", "subprocess"})
