"""Markdown's blocks by CommonMark's rules, each with the source ranges of its text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

from agent_service.seo.analysis.spans import Span

# Only the block structure: inline markup has no positions in markdown-it, so it isn't asked.
_PARSER = MarkdownIt("commonmark").enable("table")
_PARSER.core.ruler.enableOnly(["normalize", "block"])

# The line ends markdown-it knows; str.splitlines would also split at U+2028 and others.
_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class RawBlock:
    kind: Literal["heading", "paragraph", "item", "cell"]
    level: int
    # One per line that has text; never empty.
    parts: tuple[Span, ...]


def read_blocks(markdown: str) -> Iterator[RawBlock]:
    """In reading order; code blocks and raw HTML have no text and don't appear."""
    lines = _Lines(markdown)
    opened: list[Token] = []
    for token in _PARSER.parse(markdown):
        if token.nesting == 1:
            opened.append(token)
        elif token.nesting == -1:
            opened.pop()
        elif token.type == "inline" and token.map is not None:
            parts = lines.locate(token.content, token.map[0], token.map[1])
            if parts:
                yield _raw_block(opened, parts)


def _raw_block(opened: list[Token], parts: tuple[Span, ...]) -> RawBlock:
    parent = opened[-1]
    if parent.type == "heading_open":
        return RawBlock("heading", int(parent.tag[1]), parts)
    if parent.type in ("th_open", "td_open"):
        return RawBlock("cell", 0, parts)
    in_list = any(token.type == "list_item_open" for token in opened)
    return RawBlock("item" if in_list else "paragraph", 0, parts)


class _Lines:
    """Finds a block's text in its source lines, past list and quote markers."""

    def __init__(self, markdown: str) -> None:
        self._markdown = markdown
        ends = [(match.start(), match.end()) for match in _LINE_END.finditer(markdown)]
        starts = [0, *(end for _, end in ends)]
        stops = [*(start for start, _ in ends), len(markdown)]
        self._spans = [Span(start, stop) for start, stop in zip(starts, stops, strict=True)]
        # Cells share a line: each search goes on where the last one ended.
        self._cursors = [span.start for span in self._spans]

    def locate(self, content: str, first: int, end: int) -> tuple[Span, ...]:
        texts = content.split("\n")
        numbers = range(first, min(end, len(self._spans)))
        found = (self._find(text, number) for text, number in zip(texts, numbers, strict=False))
        return tuple(span for span in found if span is not None)

    def _find(self, text: str, number: int) -> Span | None:
        line, text = self._spans[number], text.strip()
        if not text:
            return None
        start = self._markdown.find(text, self._cursors[number], line.end)
        if start < 0:
            # The parser changed the text (tabs, NUL): the rest of the line is close enough.
            rest = Span(self._cursors[number], line.end)
            return rest if rest.start < rest.end else None
        self._cursors[number] = start + len(text)
        return Span(start, start + len(text))
