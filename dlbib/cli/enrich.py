"""The commands that ask arXiv: enrich, add."""

from __future__ import annotations

from typing import Annotated

import typer

import dlbib
from dlbib.cli.commands import (
    FILL,
    ApplicationOption,
    Command,
    JsonOption,
    LibraryOption,
    QueryArgument,
    existing,
    greeted,
    query_text,
)
from dlbib.cli.services import (
    ContactOption,
    DelayOption,
    DryRunOption,
    OfflineOption,
    ProxyOption,
    RefreshOption,
    UrlOption,
    asking,
    manner,
    tell,
)


def enrich(
    query: QueryArgument = None,
    application: ApplicationOption = None,
    library: LibraryOption = None,
    url: UrlOption = "",
    delay_s: DelayOption = None,
    contact: ContactOption = "",
    proxy: ProxyOption = "",
    *,
    search: Annotated[
        bool,
        typer.Option("--search", help="Look for papers without an arXiv id too, by title and authors."),
    ] = False,
    resume: Annotated[
        bool,
        typer.Option("--resume", help="Go on with a job that was stopped: --resume J3, or the newest."),
    ] = False,
    offline: OfflineOption = False,
    refresh: RefreshOption = False,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
) -> int:
    """Ask arXiv what it knows of the works that have an arXiv id, and keep it beside what others say.

    What you said stays. A newer version than the one cited, or the published version, is told and not applied.
    """
    how = manner(url, delay_s, contact, proxy, offline=offline, refresh=refresh)
    words = query_text(query)
    with existing(library) as opened, asking(how, dry_run=dry_run) as told:
        report = opened.enrich(
            "" if resume else words,
            application=application,
            search=search,
            resume=(words or True) if resume else False,
            **told,
        )
    return tell(report, as_json=as_json, dry_run=dry_run)


def add(
    identifiers: Annotated[
        list[str],
        typer.Argument(
            metavar="ID...",
            help="arXiv ids in any form: 1706.03762, arXiv:hep-th/9901001v1, https://arxiv.org/abs/1706.03762.",
            show_default=False,
        ),
    ],
    application: Annotated[
        str | None,
        typer.Option(
            "--application", "-a", metavar="SLUG", help="Put them under this application.", show_default=False
        ),
    ] = None,
    tags: Annotated[
        list[str] | None,
        typer.Option("--tag", "-t", metavar="TAG", help="Tag them; may be repeated.", show_default=False),
    ] = None,
    library: LibraryOption = None,
    url: UrlOption = "",
    delay_s: DelayOption = None,
    contact: ContactOption = "",
    proxy: ProxyOption = "",
    *,
    offline: OfflineOption = False,
    refresh: RefreshOption = False,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
) -> int:
    """Add papers by their arXiv ids, as arXiv describes them; the library is created where there is none."""
    how = manner(url, delay_s, contact, proxy, offline=offline, refresh=refresh)
    with greeted(dlbib.open(library)) as opened, asking(how, dry_run=dry_run) as told:
        report = opened.add(*identifiers, application=application, tags=tags or (), **told)
    return tell(report, as_json=as_json, dry_run=dry_run, every=True)


COMMANDS = (Command("enrich", FILL, enrich), Command("add", FILL, add))
