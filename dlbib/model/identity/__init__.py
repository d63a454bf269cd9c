"""When entries are the same work.

`judge` compares two and says why; `blocks` files one, so that its like are found; `partition` tells which
of many are one work, whatever the order in which they came. docs/decisions/identity.md tells the rules.
"""

from dlbib.model.identity.blocking import block_of, blocks, hints, sought
from dlbib.model.identity.judgements import (
    SAME_FROM,
    UNSURE_FROM,
    WEIGHTS,
    Duplicate,
    Judgement,
    Reason,
    Verdict,
)
from dlbib.model.identity.judging import compare, judge, same_work
from dlbib.model.identity.naming import ONE_WORK
from dlbib.model.identity.partitioning import Decisions, partition
from dlbib.model.identity.traits import Traits, traits_of

__all__ = [
    "ONE_WORK",
    "SAME_FROM",
    "UNSURE_FROM",
    "WEIGHTS",
    "Decisions",
    "Duplicate",
    "Judgement",
    "Reason",
    "Traits",
    "Verdict",
    "block_of",
    "blocks",
    "compare",
    "hints",
    "judge",
    "partition",
    "same_work",
    "sought",
    "traits_of",
]
