"""Paragraphs of at most 150 words (Yoast, "Paragraph length")."""

from agent_service.seo.analysis.finding import Finding, Range, Subject, spans_of

GOOD = Range("words", max=150)
# Yoast calls up to 200 words acceptable.
SLACK_WORDS = 50


def paragraph_length(subject: Subject) -> Finding:
    paragraphs = subject.document.paragraphs
    if not paragraphs:
        return Finding("paragraph_length", "bad", 0, GOOD, "Write in paragraphs.")
    longest = max(len(paragraph.words) for paragraph in paragraphs)
    status = GOOD.status(longest, SLACK_WORDS)
    if status == "good":
        return Finding("paragraph_length", status, longest, GOOD, "No paragraph is too long.")
    long = [paragraph for paragraph in paragraphs if not GOOD.holds(len(paragraph.words))]
    message = f"Split {len(long)} long paragraphs; the longest has {longest} words."
    return Finding("paragraph_length", status, longest, GOOD, message, spans_of(long))
