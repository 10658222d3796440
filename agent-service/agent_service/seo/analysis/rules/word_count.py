"""At least 300 words (Yoast, "Text length", regular posts)."""

from agent_service.seo.analysis.finding import Finding, Range, Subject

GOOD = Range("words", min=300)
SLACK_WORDS = 50


def word_count(subject: Subject) -> Finding:
    words = subject.document.word_count
    message = f"Add at least {300 - words} words." if words < 300 else "The text is long enough."
    return Finding("word_count", GOOD.status(words, SLACK_WORDS), words, GOOD, message)
