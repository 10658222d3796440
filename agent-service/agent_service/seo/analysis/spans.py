"""Places in a text, and their translation for JavaScript."""

from bisect import bisect_left
from typing import NamedTuple


class Span(NamedTuple):
    """[start, end) in code points, as Python counts."""

    start: int
    end: int


class Utf16Offsets:
    """Python counts code points, JavaScript UTF-16 units: an emoji is one here and two there."""

    def __init__(self, text: str) -> None:
        self._wide = [index for index, char in enumerate(text) if char > "\uffff"]

    def translate(self, spans: list[Span]) -> list[tuple[int, int]]:
        """`spans` may come in any order."""
        return [(self._offset(span.start), self._offset(span.end)) for span in spans]

    def _offset(self, index: int) -> int:
        return index + bisect_left(self._wide, index)
