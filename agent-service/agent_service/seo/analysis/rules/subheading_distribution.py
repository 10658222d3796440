"""A subheading at least every 300 words (Yoast, "Subheading distribution")."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from agent_service.seo.analysis.document import Block
from agent_service.seo.analysis.finding import Finding, Range, Subject
from agent_service.seo.analysis.spans import Span

GOOD = Range("words", max=300)
# Yoast calls up to 350 words acceptable.
SLACK_WORDS = 50


@dataclass(frozen=True, slots=True)
class _Stretch:
    words: int
    span: Span


def subheading_distribution(subject: Subject) -> Finding:
    """Measures the longest stretch without a heading; a text of up to 300 words needs none."""
    stretches = _stretches(subject.document.blocks)
    longest = max((stretch.words for stretch in stretches), default=0)
    status = GOOD.status(longest, SLACK_WORDS) if stretches else "bad"
    if not stretches:
        message = "There is no text to measure."
    elif status == "good":
        message = "Subheadings divide the text well."
    else:
        message = f"Add a subheading: {longest} words stand without one."
    spans = tuple(stretch.span for stretch in stretches if stretch.words > 300)
    return Finding("subheading_distribution", status, longest, GOOD, message, spans)


def _stretches(blocks: Sequence[Block]) -> list[_Stretch]:
    found = []
    for is_heading, group in groupby(blocks, key=lambda block: block.kind == "heading"):
        part = list(group)
        if not is_heading:
            words = sum(len(block.words) for block in part)
            found.append(_Stretch(words, Span(part[0].span.start, part[-1].span.end)))
    return [stretch for stretch in found if stretch.words]
