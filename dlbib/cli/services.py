"""What commands share that ask a metadata service: their options, and how they tell what came of it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from dlbib.cli.failures import PARTLY, REMOTE, say_problems
from dlbib.cli.output import print_json, print_table, say
from dlbib.cli.progress import drawn_progress

if TYPE_CHECKING:
    from dlbib.fetching import Manner
    from dlbib.library.enriching import Asking
    from dlbib.library.reports import EnrichReport
    from dlbib.providers.transport import Notice
    from dlbib.store.jobs import Answered

OfflineOption = Annotated[
    bool, typer.Option("--offline", help="Ask nobody: take what the cache has, however old.")
]
RefreshOption = Annotated[bool, typer.Option("--refresh", help="Take nothing from the cache.")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Ask, but change nothing in the library.")]
UrlOption = Annotated[
    str,
    typer.Option(
        "--arxiv-url",
        metavar="URL",
        envvar="DLBIB_ARXIV_URL",
        show_default="arXiv itself",
        help="Another server that speaks arXiv's protocol: the whole endpoint, http://127.0.0.1:8000/api/query.",
    ),
]
DelayOption = Annotated[
    float | None,
    typer.Option(
        "--arxiv-delay",
        envvar="DLBIB_ARXIV_DELAY_S",
        hidden=True,
        help="Seconds; for a server on this machine.",
    ),
]
ContactOption = Annotated[
    str,
    typer.Option(
        "--contact",
        metavar="EMAIL",
        envvar="DLBIB_CONTACT",
        show_default=False,
        help="An address that arXiv can write to if something goes wrong.",
    ),
]

ProxyOption = Annotated[
    str,
    typer.Option(
        "--proxy",
        metavar="URL",
        envvar="DLBIB_PROXY",
        show_default=False,
        help="Ask by way of this proxy: http://proxy.example.org:3128. No other setting is looked at.",
    ),
]


def manner(
    url: str, delay_s: float | None, contact: str, proxy: str, *, offline: bool, refresh: bool
) -> Manner:
    """How to ask, from the options."""
    return {
        "url": url,
        "delay_s": delay_s,
        "contact": contact,
        "proxy": proxy,
        "offline": offline,
        "refresh": refresh,
    }


@contextlib.contextmanager
def asking(how: Manner, *, dry_run: bool) -> Iterator[Asking]:
    """How to ask, with a progress bar for the time of the block; what stops it says how to go on."""
    try:
        with drawn_progress() as progress:
            told = {**how, "dry_run": dry_run, "progress": progress, "report": _notice}
            yield cast("Asking", told)
    except BaseException as error:
        for note in getattr(error, "__notes__", ()):  # here, for typer keeps nothing of an interruption
            say(note)
        raise


def _notice(notice: Notice) -> None:
    say(notice.text)


def tell(report: EnrichReport, *, as_json: bool, dry_run: bool, every: bool = False) -> int:
    """Print what came of it, of ``every`` outcome or where there is news; gives the exit code."""
    code = _code(report)
    if as_json:
        print_json({**_plain(report), "dry_run": dry_run, "exit_code": code})
    else:
        rows = [_row(each) for each in report.outcomes if every or _is_news(each, report)]
        print_table(("asked", "outcome", "key", "work", "why"), rows, whole=3)
    say_problems(report.problems)
    say(summary(report, dry_run=dry_run))
    if report.stopped:
        say(f"dlbib: error: {report.stopped}")
    if report.job and not report.is_complete:
        counts = report.counts
        say(
            f"{counts['asked'] - counts['unknown']} of {counts['asked']} done; resume: dlbib enrich --resume {report.job}"
        )
    return code


def summary(report: EnrichReport, *, dry_run: bool) -> str:
    """A line of numbers that add up."""
    counts, changes = report.counts, report.changes
    asked = (
        f"asked {counts['asked']} = found {counts['found']} + not found {counts['not_found']}"
        f" + invalid {counts['invalid']} + unknown {counts['unknown']}"
    )
    would = "would be " if dry_run else ""
    done = ", ".join(f"{number} {would}{what}" for what, number in changes.items() if number)
    return f"{asked}; works: {done}" if done else asked


def _code(report: EnrichReport) -> int:
    if not report.is_complete:
        return REMOTE
    counts = report.counts
    return PARTLY if counts["not_found"] or counts["invalid"] else 0


def _is_news(each: Answered, report: EnrichReport) -> bool:
    """Whether there is something to say of an outcome that the summary doesn't say."""
    if each.status == "unknown":
        return each.reason != report.stopped
    return each.status != "found" or each.change != "unchanged" or bool(each.reason)


def _row(each: Answered) -> tuple[str, ...]:
    candidates = "; ".join(f"{c.identifier} {c.title!r} ({c.authors}, {c.year})" for c in each.candidates)
    why = f"{each.reason}: {candidates}" if candidates else each.reason
    return (each.asked, each.status.replace("_", " "), each.key, each.change, why)


def _plain(report: EnrichReport) -> dict[str, Any]:
    outcomes = []
    for each in report.outcomes:
        said = asdict(each)
        del said["work_id"], said["problems"]
        outcomes.append(said)
    return {
        "job": report.job,
        "counts": report.counts,
        "works": report.changes,
        "outcomes": outcomes,
        "problems": [asdict(each) for each in report.problems],
        "stopped": report.stopped,
    }
