"""At least 30 % of sentences with a transition word (Yoast, "Transition words")."""

from agent_service.seo.analysis.finding import Finding, Range, Subject, percent, spans_of
from agent_service.seo.analysis.transitions import has_transition

GOOD = Range("percent", min=30)
# Yoast calls 20 % and more acceptable.
SLACK = 10


def transition_words(subject: Subject) -> Finding:
    sentences = subject.document.sentences
    without = [one for one in sentences if not has_transition([word.text for word in one.words])]
    linked = len(sentences) - len(without)
    share = percent(linked, len(sentences))
    if GOOD.holds(share):
        message = "Enough sentences are linked to their neighbours."
        return Finding("transition_words", "good", share, GOOD, message)
    message = (
        f"Link more sentences with words such as “because”, “however” or “for example”: "
        f"{linked} of {len(sentences)} have one."
    )
    return Finding(
        "transition_words", GOOD.status(share, SLACK), share, GOOD, message, spans_of(without)
    )
