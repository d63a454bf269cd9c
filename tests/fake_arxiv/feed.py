"""What the fake arXiv says, in the words and the order of the real one."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tests.fake_arxiv.papers import Paper

_NOW = "2026-04-12T22:09:33Z"
_HEAD = (
    "<?xml version='1.0' encoding='UTF-8'?>\n"
    '<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom"'
    ' xmlns="http://www.w3.org/2005/Atom">\n'
)


def feed(entries: Iterable[str], total: int, asked: Mapping[str, str]) -> str:
    """A feed of some of ``total`` entries."""
    said = "&".join(
        f"{name}={asked.get(name, '')}" for name in ("search_query", "id_list", "start", "max_results")
    )
    address = f"https://arxiv.org/api/query?{said}"
    return (
        f"{_HEAD}"
        f"  <id>https://arxiv.org/api/fake</id>\n"
        f"  <title>arXiv Query: {escape(said)}</title>\n"
        f"  <updated>{_NOW}</updated>\n"
        f'  <link href={quoteattr(address)} type="application/atom+xml"/>\n'
        f"{_counts(int(asked.get('max_results', 10)), total, int(asked.get('start', 0)))}"
        f"{''.join(entries)}"
        "</feed>\n"
    )


def entry(paper: Paper, number: int) -> str:
    """One version of a paper."""
    version = paper.versions[number - 1]
    name = f"{paper.id}v{number}"
    pdf = (
        f'    <link href="https://arxiv.org/pdf/{name}" rel="related" type="application/pdf" title="pdf"/>\n'
        if version.has_pdf
        else ""
    )
    categories = "".join(
        f'    <category term={quoteattr(each)} scheme="http://arxiv.org/schemas/atom"/>\n'
        for each in paper.categories
    )
    authors = "".join(
        f"    <author>\n      <name>{escape(each)}</name>\n    </author>\n" for each in paper.authors
    )
    return (
        "  <entry>\n"
        f"    <id>http://arxiv.org/abs/{name}</id>\n"
        f"    <title>{escape(version.title or paper.title)}</title>\n"
        f"    <updated>{version.updated}</updated>\n"
        f'    <link href="https://arxiv.org/abs/{name}" rel="alternate" type="text/html"/>\n'
        f"{pdf}"
        f"    <summary>{escape(paper.abstract)}</summary>\n"
        f"{categories}"
        f"    <published>{paper.published}</published>\n"
        f"{_perhaps('comment', version.comment)}"
        f"    <arxiv:primary_category term={quoteattr(paper.categories[0])}/>\n"
        f"{_perhaps('journal_ref', paper.journal_ref)}"
        f"{authors}"
        f"{_doi(paper.doi)}"
        "  </entry>\n"
    )


def error(message: str) -> str:
    """The feed that tells what is wrong with a request."""
    address = f"https://arxiv.org/api/errors#{message.replace(' ', '_')}"
    return (
        f"{_HEAD}"
        "  <id>https://arxiv.org/</id>\n"
        "  <title>arXiv Search Results</title>\n"
        f"  <updated>{_NOW}</updated>\n"
        f"{_counts(1, 1, 0)}"
        "  <entry>\n"
        f"    <id>{escape(address)}</id>\n"
        "    <title>Error</title>\n"
        f"    <updated>{_NOW}</updated>\n"
        f'    <link href={quoteattr(address)} rel="alternate" type="text/html"/>\n'
        f"    <summary>{escape(message)}</summary>\n"
        "    <author>\n      <name>arXiv api core</name>\n    </author>\n"
        "  </entry>\n"
        "</feed>\n"
    )


def _counts(per_page: int, total: int, start: int) -> str:
    return (
        f"  <opensearch:itemsPerPage>{per_page}</opensearch:itemsPerPage>\n"
        f"  <opensearch:totalResults>{total}</opensearch:totalResults>\n"
        f"  <opensearch:startIndex>{start}</opensearch:startIndex>\n"
    )


def _perhaps(name: str, text: str) -> str:
    return f"    <arxiv:{name}>{escape(text)}</arxiv:{name}>\n" if text else ""


def _doi(doi: str) -> str:
    if not doi:
        return ""
    address = quoteattr(f"https://doi.org/{doi}")
    return f'    <arxiv:doi>{escape(doi)}</arxiv:doi>\n    <link rel="related" href={address} title="doi"/>\n'
