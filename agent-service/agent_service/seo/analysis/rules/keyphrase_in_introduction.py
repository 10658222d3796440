"""The first paragraph contains the keyphrase (Yoast, "Keyphrase in introduction")."""

from agent_service.seo.analysis.document import Block
from agent_service.seo.analysis.finding import Finding, Range, Subject

ID = "keyphrase_in_introduction"
GOOD = Range("percent", min=100)
# All its words, but not as a phrase.
SCATTERED = 50


def keyphrase_in_introduction(subject: Subject) -> Finding:
    paragraphs = subject.document.paragraphs
    if not paragraphs:
        return Finding(ID, "bad", 0, GOOD, "Begin with a paragraph that has the keyphrase.")
    return _judge(subject, paragraphs[0])


def _judge(subject: Subject, first: Block) -> Finding:
    if subject.keyphrase.occurrences(first.terms):
        return Finding(ID, "good", 100, GOOD, "The first paragraph has the keyphrase.")
    if subject.keyphrase.covered_by(first.visible):
        message = "Use the keyphrase in the first paragraph as one phrase."
        return Finding(ID, "ok", SCATTERED, GOOD, message, (first.span,))
    message = "Put the keyphrase into the first paragraph."
    return Finding(ID, "bad", 0, GOOD, message, (first.span,))
