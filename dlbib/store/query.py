"""The query language: text to a tree of terms.

    author:graves year:2013..2016 -tag:read (has:doi or has:arxiv) "recurrent neural"

Terms stand side by side and all must hold; ``or`` parts alternatives, ``-`` or ``not`` refuses,
parentheses group, quotes keep white space. A word without a field is looked for in the full text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dlbib.errors import InvalidQueryError

_MAX_LENGTH = 10_000
_MAX_DEPTH = 50
_MAX_TERMS = 200  # SQLite takes conditions nested a thousand deep, and each term nests some

_TOKEN = re.compile(
    r"""
        (?P<open>\() | (?P<close>\))
      | (?P<minus>-(?=[^\s)]))
      | (?P<address>https?://[^\s()"]+)
      | (?P<bare>[A-Za-z][\w-]*):(?=[\s)]|$)
      | (?:(?P<field>[A-Za-z][\w-]*):)?(?:"(?P<quoted>[^"]*)"|(?P<word>[^\s()"]+))
    """,
    re.VERBOSE,
)
_LONELY_OR = "'or' stands between two terms; one is missing"
_SPACE = re.compile(r"\s*")


@dataclass(frozen=True, slots=True)
class Term:
    """One condition: ``field`` is empty for the full text; ``position`` is zero-based in the query."""

    field: str
    value: str
    position: int = 0


@dataclass(frozen=True, slots=True)
class Not:
    """What must not hold."""

    node: Node


@dataclass(frozen=True, slots=True)
class All:
    """What must hold together; everything when empty."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """Alternatives, two or more."""

    nodes: tuple[Node, ...]


Node = Term | Not | All | Any


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    position: int
    field: str = ""
    value: str = ""


def parse(query: str) -> Node:
    """The tree of ``query``; ``All(())`` when it is blank.

    Raises `InvalidQueryError` with the position of what can't be understood.
    """
    if len(query) > _MAX_LENGTH:
        message = f"the query is longer than {_MAX_LENGTH} characters"
        raise InvalidQueryError(message, query[:80], 0)
    tokens = _tokens(query)
    if sum(token.kind == "term" for token in tokens) > _MAX_TERMS:
        message = f"the query has more than {_MAX_TERMS} terms"
        raise InvalidQueryError(message, query[:80], 0)
    parser = _Parser(query, tokens)
    node = parser.alternatives(0)
    parser.expect_end()
    return node


def _tokens(query: str) -> list[_Token]:
    found: list[_Token] = []
    position = _after_space(query, 0)
    while position < len(query):
        match = _TOKEN.match(query, position)
        if match is None:
            msg = 'a quote that is never closed; add a "'
            raise InvalidQueryError(msg, query, position)
        found.append(_token(match, query))
        position = _after_space(query, match.end())
    return found


def _after_space(query: str, position: int) -> int:
    match = _SPACE.match(query, position)
    return match.end() if match else position


def _token(match: re.Match[str], query: str) -> _Token:
    start = match.start()
    for kind in ("open", "close", "minus"):
        if match[kind]:
            return _Token(kind, start)
    if match["bare"]:
        message = f"nothing follows {match['bare']}:; write {match['bare']}:value"
        raise InvalidQueryError(message, query, start)
    if match["address"]:
        return _Token("term", start, "url", match["address"])
    word: str | None = match["word"]
    if word is not None and not match["field"] and word.lower() in {"or", "not", "and"}:
        return _Token(word.lower(), start)
    return _Token("term", start, (match["field"] or "").lower(), match["quoted"] if word is None else word)


class _Parser:
    """Recursive descent over the tokens of one query."""

    def __init__(self, query: str, tokens: list[_Token]) -> None:
        self._query = query
        self._tokens = tokens
        self._next = 0

    def _peek(self) -> str:
        return self._tokens[self._next].kind if self._next < len(self._tokens) else "end"

    def _fail(self, message: str) -> InvalidQueryError:
        at_end = self._next >= len(self._tokens)
        position = len(self._query) if at_end else self._tokens[self._next].position
        return InvalidQueryError(message, self._query, position)

    def expect_end(self) -> None:
        if self._peek() != "end":
            msg = "a closing parenthesis that closes nothing; remove it"
            raise self._fail(msg)

    def alternatives(self, depth: int) -> Node:
        if depth > _MAX_DEPTH:
            msg = f"parentheses nested deeper than {_MAX_DEPTH}"
            raise self._fail(msg)
        nodes = [self._together(depth)]
        while self._peek() == "or":
            if nodes[-1] == All(()):
                raise self._fail(_LONELY_OR)
            self._next += 1
            if self._peek() in {"end", "close", "or"}:
                raise self._fail(_LONELY_OR)
            nodes.append(self._together(depth))
        return nodes[0] if len(nodes) == 1 else Any(tuple(nodes))

    def _together(self, depth: int) -> Node:
        nodes: list[Node] = []
        while self._peek() not in {"end", "close", "or"}:
            if self._peek() == "and":
                self._next += 1
                continue
            nodes.append(self._factor(depth))
        return nodes[0] if len(nodes) == 1 else All(tuple(nodes))

    def _factor(self, depth: int) -> Node:
        negated = False
        while self._peek() in {"minus", "not"}:
            negated = not negated
            self._next += 1
        if self._peek() in {"end", "close", "or", "and"}:
            msg = "'not' stands before a term; none follows"
            raise self._fail(msg)
        node = self._group(depth) if self._peek() == "open" else self._term()
        return Not(node) if negated else node

    def _group(self, depth: int) -> Node:
        self._next += 1
        node = self.alternatives(depth + 1)
        if self._peek() != "close":
            msg = "a parenthesis that is never closed; add a )"
            raise self._fail(msg)
        self._next += 1
        return node

    def _term(self) -> Node:
        token = self._tokens[self._next]
        self._next += 1
        return Term(token.field, token.value, token.position)
