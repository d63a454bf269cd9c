"""The tables, as classes for ``select()``; migrations make them, ``metadata.create_all`` never does.

with library.session() as session:
    for paper in session.scalars(select(Paper).where(Paper.issued_year == 2015)):
        print(paper.key, paper.title, *paper.authors, *paper.applications)
"""

from __future__ import annotations

from dlbib.store.models.applications import Application, Citation, Link
from dlbib.store.models.base import Base, Instant, Meta
from dlbib.store.models.identity import BoundRecord, Decision, Filing, ReservedKey
from dlbib.store.models.imports import ImportedFile, SetAside
from dlbib.store.models.jobs import Job, JobItem, JobKind, Pace, Part, State
from dlbib.store.models.journal import Image, Operation
from dlbib.store.models.parts import Contribution, Identifier, Key, Record, Tag, work_tags
from dlbib.store.models.works import Paper, Resource, Work

__all__ = [
    "Application",
    "Base",
    "BoundRecord",
    "Citation",
    "Contribution",
    "Decision",
    "Filing",
    "Identifier",
    "Image",
    "ImportedFile",
    "Instant",
    "Job",
    "JobItem",
    "JobKind",
    "Key",
    "Link",
    "Meta",
    "Operation",
    "Pace",
    "Paper",
    "Part",
    "Record",
    "ReservedKey",
    "Resource",
    "SetAside",
    "State",
    "Tag",
    "Work",
    "work_tags",
]
