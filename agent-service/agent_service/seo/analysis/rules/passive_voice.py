"""At most 10 % of sentences in passive voice (Yoast, "Passive voice")."""

from agent_service.seo.analysis.finding import Finding, Range, Subject, percent, spans_of
from agent_service.seo.analysis.passive import is_passive

GOOD = Range("percent", max=10)
# Yoast calls up to 15 % acceptable.
SLACK = 5


def passive_voice(subject: Subject) -> Finding:
    sentences = subject.document.sentences
    passive = [one for one in sentences if is_passive([word.text for word in one.words])]
    share = percent(len(passive), len(sentences))
    if not sentences:
        return Finding("passive_voice", "bad", 0, GOOD, "There are no sentences to measure.")
    if GOOD.holds(share):
        return Finding("passive_voice", "good", share, GOOD, "Most sentences are active.")
    message = f"Say who does it: {len(passive)} of {len(sentences)} sentences are passive."
    return Finding(
        "passive_voice", GOOD.status(share, SLACK), share, GOOD, message, spans_of(passive)
    )
