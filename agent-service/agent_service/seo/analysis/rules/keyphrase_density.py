"""Keyphrase density 0.5-3 % (Yoast, "Keyphrase density"): occurrences per hundred words."""

import math

from agent_service.seo.analysis.finding import Finding, Range, Subject
from agent_service.seo.analysis.spans import Span

GOOD = Range("percent", min=0.5, max=3)
# One occurrence more or less in a short text moves the density by about this much.
SLACK = 0.2


def keyphrase_density(subject: Subject) -> Finding:
    document = subject.document
    blocks = (subject.keyphrase.occurrences(block.terms) for block in document.blocks)
    places = [place for block in blocks for place in block]
    words = document.word_count
    exact = 100 * len(places) / words if words else 0.0
    status = GOOD.status(exact, SLACK) if places else "bad"
    spans: tuple[Span, ...] = tuple(places) if exact > 3 else ()
    message = _message(len(places), words, exact)
    return Finding("keyphrase_density", status, round(exact, 2), GOOD, message, spans)


def _message(count: int, words: int, density: float) -> str:
    if density < 0.5:
        wanted = max(1, math.ceil(words * 0.005))
        return f"Use the keyphrase {wanted - count} more times: {count} in {words} words is few."
    if density > 3:
        surplus = count - math.floor(words * 0.03)
        return f"Replace the keyphrase {surplus} times: {count} in {words} words is a lot."
    return f"The keyphrase stands {count} times in {words} words."
