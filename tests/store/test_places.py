from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import URL

from dlbib.errors import LibraryError
from dlbib.store.places import parse_place

SECRET = "S3CRET"  # noqa: S105  # nobody's


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("thesis.db", "thesis.db"),
        ("/tmp/a b.db", "/tmp/a b.db"),  # noqa: S108  # nothing is opened
        ("sqlite:///thesis.db", "thesis.db"),
        ("sqlite+pysqlite:////home/me/thesis.db", "/home/me/thesis.db"),
        ("file:thesis.db", "file:thesis.db"),
    ],
)
def test_a_path_or_its_url_leads_to_a_file(text: str, path: str) -> None:
    assert parse_place(text).path == Path(path)


def test_a_path_object_is_never_taken_for_a_url() -> None:
    assert parse_place(Path("postgresql://here")).path == Path("postgresql://here")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "PostgreSQL", "postgresql+psycopg"])
def test_postgresql_is_reached_by_one_driver(scheme: str) -> None:
    url = parse_place(f"{scheme}://me@example.org/thesis").url
    assert url is not None
    assert url.drivername == "postgresql+psycopg"


@pytest.mark.parametrize(
    "text",
    [
        f"postgresql://me:{SECRET}@example.org/thesis",
        f"postgresql://example.org/thesis?user=me&password={SECRET}",
        f"postgresql://example.org/thesis?sslpassword={SECRET}&sslmode=require",
        f"postgresql://example.org/thesis?PASSWORD={SECRET}",
        f"postgresql:///thesis?password={SECRET}&password={SECRET}2",
        f"postgresql://me:{SECRET}%2F@example.org/thesis",
    ],
)
def test_a_password_is_never_shown(text: str) -> None:
    place = parse_place(text)
    assert SECRET not in f"{place} {place!r}"
    assert "thesis" in str(place)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\0b",
        "sqlite://",
        "sqlite:///:memory:",
        f"sqlite:///thesis.db?key={SECRET}",
        f"sqlite://me:{SECRET}@host/thesis.db",
        f"mysql://me:{SECRET}@example.org/thesis",
        f"postgresql+asyncpg://me:{SECRET}@example.org/thesis",
        f"postgresql://me:{SECRET}@example.org:port/thesis",
        f"postgresql://me:{SECRET}@{SECRET}@example.org/thesis",
        f"postgresql://me:{SECRET}@[::1/thesis",
        f"https://me:{SECRET}@example.org/thesis.db",
        f"postgresql:me:{SECRET}@example.org/thesis",
        f" postgresql://me:{SECRET}@example.org/thesis",
        f"Postgres:/me:{SECRET}@example.org/thesis",
    ],
)
def test_other_places_are_refused_in_one_line_without_a_secret(text: str) -> None:
    with pytest.raises(LibraryError) as caught:
        parse_place(text)
    message = str(caught.value)
    assert "postgresql://USER@HOST/DATABASE" in message
    assert SECRET not in message
    assert "\n" not in message


def test_what_a_server_says_is_told_without_the_password() -> None:
    place = parse_place(f"postgresql://me:{SECRET}@example.org/thesis")
    assert place.redacted(f"no such password: {SECRET}") == "no such password: ***"


@given(st.text(min_size=1))
def test_any_password_is_kept_out_of_sight(password: str) -> None:
    url = URL.create("postgresql", "me", f"<{password}>", "example.org", database="thesis")
    place = parse_place(url.render_as_string(hide_password=False))
    assert place.secrets == (f"<{password}>",)
    assert str(place) == "postgresql://me:***@example.org/thesis"
