"""The streams inside an OLE file (.xls, .et, .doc): sectors chained by an allocation table."""

from __future__ import annotations

import struct

_HEADER = 512
_END = 0xFFFFFFFA
"""Sector numbers from here on are marks: free, end of chain, table."""
_ROOT, _STREAM = 5, 2
_ENTRY = 128


def read_stream(data: bytes, names: tuple[str, ...]) -> bytes | None:
    """Return the first stream of one of these names; None where there is none, or the file is damaged."""
    try:
        return _File(data).stream(names)
    except (struct.error, IndexError, ValueError):
        return None


class _File:
    """The parts of the file that every stream is found through."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.size = 1 << (struct.unpack_from("<H", data, 30)[0] & 0x0F)
        self.mini_size = 1 << (struct.unpack_from("<H", data, 32)[0] & 0x0F)
        self.first_directory, self.cutoff = struct.unpack_from("<I4xI", data, 48)
        self.first_mini, self.mini_count, self.first_master, self.master_count = struct.unpack_from(
            "<4I", data, 60
        )
        if self.size < _HEADER:
            raise ValueError("sectors of an OLE file have 512 bytes at least")
        self.table = self._numbers(self._table_sectors())

    def _sector(self, number: int) -> bytes:
        start = _HEADER + number * self.size if self.size == _HEADER else (number + 1) * self.size
        return self.data[start : start + self.size]

    def _numbers(self, sectors: list[int]) -> list[int]:
        """Return the 32-bit numbers that these sectors hold."""
        content = b"".join(self._sector(number) for number in sectors)
        return list(struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4]))

    def _table_sectors(self) -> list[int]:
        """Return the sectors of the allocation table: 109 in the header, the rest chained."""
        found = [number for number in struct.unpack_from("<109I", self.data, 76) if number < _END]
        following, left = self.first_master, self.master_count
        while following < _END and left > 0 and len(found) < len(self.data) // self.size + 2:
            numbers = self._numbers([following])
            found += [number for number in numbers[:-1] if number < _END]
            following, left = numbers[-1], left - 1
        return found

    def _chain(self, first: int, table: list[int]) -> list[int]:
        """Return the sectors of a chain; one that runs in a circle ends."""
        found: list[int] = []
        while first < _END and first < len(table) and len(found) <= len(table):
            found.append(first)
            first = table[first]
        return found

    def _content(self, first: int, size: int) -> bytes:
        return b"".join(self._sector(number) for number in self._chain(first, self.table))[:size]

    def stream(self, names: tuple[str, ...]) -> bytes | None:
        """Return the first stream of one of these names."""
        directory = self._content(self.first_directory, len(self.data))
        root: tuple[int, int] | None = None
        for start in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", directory, start + 64)
            name = directory[start : start + max(0, min(length, 64) - 2)].decode(
                "utf-16-le", errors="replace"
            )
            first, size = struct.unpack_from("<II", directory, start + 116)
            if kind == _ROOT:
                root = first, size
            elif kind == _STREAM and name in names:
                return (
                    self._small(first, size, root)
                    if size < self.cutoff and root
                    else self._content(first, size)
                )
        return None

    def _small(self, first: int, size: int, root: tuple[int, int]) -> bytes:
        """Return a stream kept in the short sectors of the root."""
        table = self._numbers(self._chain(self.first_mini, self.table))
        store = self._content(*root)
        numbers = self._chain(first, table)
        parts = [store[number * self.mini_size : (number + 1) * self.mini_size] for number in numbers]
        return b"".join(parts)[:size]
