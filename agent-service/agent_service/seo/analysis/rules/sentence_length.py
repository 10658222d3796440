"""At most 25 % of sentences over 20 words (Yoast, "Sentence length")."""

from agent_service.seo.analysis.finding import Finding, Range, Subject, percent, spans_of

GOOD = Range("percent", max=25)
# Yoast calls up to 30 % acceptable.
SLACK = 5
LONG_SENTENCE_WORDS = 20


def sentence_length(subject: Subject) -> Finding:
    sentences = subject.document.sentences
    long = [one for one in sentences if len(one.words) > LONG_SENTENCE_WORDS]
    share = percent(len(long), len(sentences))
    if not sentences:
        return Finding("sentence_length", "bad", 0, GOOD, "There are no sentences to measure.")
    if GOOD.holds(share):
        return Finding("sentence_length", "good", share, GOOD, "Sentences are short enough.")
    message = f"Split long sentences: {len(long)} of {len(sentences)} have more than 20 words."
    return Finding(
        "sentence_length", GOOD.status(share, SLACK), share, GOOD, message, spans_of(long)
    )
