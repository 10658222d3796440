"""A markdown text taken apart so that every part still knows its place in the source."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from agent_service.seo.analysis.markdown_blocks import RawBlock, read_blocks
from agent_service.seo.analysis.sentences import split_sentences
from agent_service.seo.analysis.spans import Span

BlockKind = Literal["heading", "paragraph", "item", "cell"]

# "well-known" and "don't" are one word each.
_WORD = re.compile(r"[^\W_]+(?:['’‑-][^\W_]+)*")
# For matching a keyphrase "well-known" is two terms, so that "known" finds it.
_TERM = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Sentence:
    words: tuple[Word, ...]
    span: Span


@dataclass(frozen=True)
class Block:
    """A heading, paragraph, list item or table cell; `level` is 1-6 for headings, else 0."""

    kind: BlockKind
    level: int
    span: Span
    # As long as the source between the span's ends: markup is blanked out, not removed.
    visible: str = field(repr=False)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return self._find(_WORD)

    @cached_property
    def terms(self) -> tuple[Word, ...]:
        return self._find(_TERM)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Empty for headings, cells, and list items that are not written as sentences."""
        if self.kind in ("heading", "cell"):
            return ()
        return tuple(self._sentences())

    def _sentences(self) -> list[Sentence]:
        fragment_allowed = self.kind == "paragraph"
        starts = [word.span.start for word in self.words]
        found = []
        for start, end, closed in split_sentences(self.visible):
            span = Span(self.span.start + start, self.span.start + end)
            words = self.words[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
            if words and (closed or fragment_allowed):
                found.append(Sentence(words, span))
        return found

    def _find(self, pattern: re.Pattern[str]) -> tuple[Word, ...]:
        offset = self.span.start
        return tuple(
            Word(match.group(), Span(offset + match.start(), offset + match.end()))
            for match in pattern.finditer(self.visible)
        )


@dataclass(frozen=True)
class Document:
    source: str = field(repr=False)
    blocks: tuple[Block, ...] = field(repr=False)

    @cached_property
    def word_count(self) -> int:
        """Headings, lists and tables count; code, image descriptions and addresses don't."""
        return sum(len(block.words) for block in self.blocks)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(sentence for block in self.blocks for sentence in block.sentences)

    @cached_property
    def paragraphs(self) -> tuple[Block, ...]:
        return tuple(block for block in self.blocks if block.kind == "paragraph" and block.words)

    @cached_property
    def subheadings(self) -> tuple[Block, ...]:
        """H2 and H3, the ones a keyphrase belongs into."""
        headings = (block for block in self.blocks if block.kind == "heading" and block.words)
        return tuple(block for block in headings if block.level in (2, 3))


def parse_document(markdown: str) -> Document:
    return Document(markdown, tuple(_block(markdown, raw) for raw in read_blocks(markdown)))


def _block(markdown: str, raw: RawBlock) -> Block:
    start, end = raw.parts[0].start, raw.parts[-1].end
    visible = [" "] * (end - start)
    for part in raw.parts:
        visible[part.start - start : part.end - start] = markdown[part.start : part.end]
    return Block(raw.kind, raw.level, Span(start, end), blank_markup("".join(visible)))


# Each alternative can only run to the next bracket, so the scan stays linear on any input.
_MARKUP = re.compile(
    r"""
      !\[[^\[\]]*\](?:\([^()]*\)|\[[^\[\]]*\])?    # image: its description is not body text
    | (?<=\])\([^()]*\)                            # a link's address, its text stays
    | (?<=\])\[[^\[\]]*\]                          # a link's reference
    | <[^<>]*>                                     # tag, comment or address
    | &\#?[A-Za-z0-9]{1,31};                       # entity
    | \\(?=[^\w\s])                                # escape
    | (?<!\w)_++ | (?<!_)_++(?!\w)                 # emphasis, but not snake_case
    | [*~`\[\]]+
    """,
    re.VERBOSE,
)


def blank_markup(text: str) -> str:
    """Spaces instead of inline markup: same length, so positions stay true."""
    return _MARKUP.sub(lambda match: " " * len(match.group()), text)
