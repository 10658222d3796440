"""The title contains the keyphrase (Yoast, "Keyphrase in SEO title")."""

from agent_service.seo.analysis.finding import Finding, Range, Subject

GOOD = Range("percent", min=100)
# All its words, but not as a phrase.
SCATTERED = 50


def keyphrase_in_title(subject: Subject) -> Finding:
    if subject.keyphrase.stands_in(subject.title):
        return Finding("keyphrase_in_title", "good", 100, GOOD, "The title has the keyphrase.")
    if subject.keyphrase.covered_by(subject.title):
        message = "Use the keyphrase in the title as one phrase; its words stand apart now."
        return Finding("keyphrase_in_title", "ok", SCATTERED, GOOD, message)
    message = "Put the keyphrase into the title, near its beginning."
    return Finding("keyphrase_in_title", "bad", 0, GOOD, message)
