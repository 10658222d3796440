"""No three consecutive sentences with the same first word (Yoast, "Consecutive sentences")."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from agent_service.seo.analysis.document import Block, Sentence
from agent_service.seo.analysis.finding import Finding, Range, Subject
from agent_service.seo.analysis.spans import Span

GOOD = Range("count", max=2)


def sentence_starts(subject: Subject) -> Finding:
    """Measures the longest run; a heading ends a run."""
    runs = [run for part in _parts(subject.document.blocks) for run in _runs(part)]
    longest = max((len(run) for run in runs), default=0)
    long = [run for run in runs if len(run) > 2]
    if not long:
        message = "Sentences begin in different ways."
        return Finding("sentence_starts", "good", longest, GOOD, message)
    message = f"Begin differently: {longest} sentences in a row start with the same word."
    spans = tuple(Span(run[0].span.start, run[-1].span.end) for run in long)
    return Finding("sentence_starts", "bad", longest, GOOD, message, spans)


def _parts(blocks: Sequence[Block]) -> Iterator[list[Sentence]]:
    """The sentences between two headings."""
    for is_heading, part in groupby(blocks, key=lambda block: block.kind == "heading"):
        if not is_heading:
            yield [sentence for block in part for sentence in block.sentences]


def _runs(sentences: list[Sentence]) -> Iterator[list[Sentence]]:
    for _, run in groupby(sentences, key=lambda sentence: sentence.words[0].text.casefold()):
        yield list(run)
