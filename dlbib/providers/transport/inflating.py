"""Bodies of answers, unpacked as they come and never more than they may be."""

from __future__ import annotations

import zlib
from typing import Final

from dlbib.providers.transport.failures import Unusable

MOST_BYTES: Final = 32 * 2**20
"""The most that a body may hold, unpacked."""

MOST_RATIO: Final = 200
"""How often as large as it came a body may be unpacked; what has less than `_ANY_RATIO` bytes may be all."""

_ANY_RATIO: Final = 2**20
_GZIP: Final = 16 + zlib.MAX_WBITS


class Inflater:
    """Takes the pieces of a body as they come and gives the whole; raises `Unusable` where it can't be one."""

    def __init__(self, encoding: str) -> None:
        self._came = 0
        self._body = bytearray()
        name = encoding.strip().lower()
        if name not in {"", "identity", "gzip", "x-gzip"}:
            reason = f"its body is packed as {encoding[:40]!r}, which was not asked for"
            raise Unusable(reason)
        self._gzip = None if name in {"", "identity"} else zlib.decompressobj(_GZIP)

    def add(self, piece: bytes) -> None:
        """Take a piece."""
        self._came += len(piece)
        if self._gzip is None:
            self._body += piece
            self._require_size()
            return
        while piece:
            piece = self._unpack(piece)

    def _unpack(self, piece: bytes) -> bytes:
        """Unpack a piece, so far as it may be; gives what is left of it."""
        if self._gzip is None or self._gzip.eof:  # another member follows
            self._gzip = zlib.decompressobj(_GZIP)
        try:
            self._body += self._gzip.decompress(piece, MOST_BYTES + 1 - len(self._body))
        except zlib.error as error:
            reason = "its body is no gzip"
            raise Unusable(reason) from error
        self._require_size()
        return self._gzip.unused_data if self._gzip.eof else self._gzip.unconsumed_tail

    def _require_size(self) -> None:
        size = len(self._body)
        if size > MOST_BYTES:
            reason = f"its body is larger than {MOST_BYTES // 2**20} MiB"
            raise Unusable(reason, tries=2)
        if size > _ANY_RATIO and size > MOST_RATIO * self._came:
            reason = f"its body unpacks to more than {MOST_RATIO} times its size"
            raise Unusable(reason, tries=2)

    def whole(self) -> bytes:
        """The body, when all of it has come."""
        if self._gzip is not None and self._came and not self._gzip.eof:
            reason = "its packed body is cut short"
            raise Unusable(reason)
        return bytes(self._body)
