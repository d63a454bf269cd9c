from __future__ import annotations

import ast
import importlib
import subprocess
import sys
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


def test_an_import_loads_neither_the_database_nor_the_formats() -> None:
    code = "import sys, dlbib; print(*sorted({name.partition('.')[0] for name in sys.modules}), *sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    ).stdout.split()  # ourselves
    assert {"sqlalchemy", "pydantic", "dlbib.formats", "dlbib.library"}.isdisjoint(loaded)


def test_every_public_name_is_loaded_from_where_it_is_at_home() -> None:
    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    imported = {
        (alias.name, node.module)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("dlbib.")
        for alias in node.names
    }
    assert {name for name, _ in imported} == set(dlbib.__all__)
    for name, module in imported:
        assert getattr(dlbib, name) is getattr(importlib.import_module(str(module)), name)


def test_there_is_nothing_public_by_another_name() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'reed'"):
        dlbib.reed  # type: ignore[attr-defined]  # noqa: B018  # that it isn't there is the point
    assert set(dlbib.__all__) <= set(dir(dlbib))
