"""Keyphrase in 30-75 % of H2 and H3 (Yoast, "Keyphrase in subheading")."""

from agent_service.seo.analysis.document import Block
from agent_service.seo.analysis.finding import Finding, Range, Subject, percent, spans_of

ID = "keyphrase_in_subheadings"
GOOD = Range("percent", min=30, max=75)
SLACK = 10
# Below this length a text needs no subheadings (see subheading_distribution).
SHORT_TEXT_WORDS = 300


def keyphrase_in_subheadings(subject: Subject) -> Finding:
    """A heading counts when it has all of the keyphrase's topic words."""
    headings = subject.document.subheadings
    if not headings:
        return _without_headings(subject)
    having = [heading for heading in headings if subject.keyphrase.covered_by(heading.visible)]
    share = percent(len(having), len(headings))
    # One heading can only have 0 or 100 %.
    only_one = len(headings) == 1 and bool(having)
    status = "good" if only_one else GOOD.status(share, SLACK)
    if status == "good":
        return Finding(ID, "good", share, GOOD, "The keyphrase stands in enough subheadings.")
    too_few = share < 30
    at_fault = [heading for heading in headings if (heading in having) != too_few]
    message = _message(len(having), len(headings), too_few=too_few)
    return Finding(ID, status, share, GOOD, message, spans_of(at_fault))


def _without_headings(subject: Subject) -> Finding:
    if 0 < subject.document.word_count <= SHORT_TEXT_WORDS:
        return Finding(ID, "good", 0, GOOD, "A text this short needs no subheadings.")
    message = "Add subheadings, and use the keyphrase in a third of them."
    return Finding(ID, "bad", 0, GOOD, message, spans_of(_first(subject)))


def _first(subject: Subject) -> tuple[Block, ...]:
    return subject.document.paragraphs[:1]


def _message(having: int, total: int, *, too_few: bool) -> str:
    if too_few:
        return f"Use the keyphrase in more subheadings: {having} of {total} have it, 30 % should."
    return f"Reword some subheadings: {having} of {total} have the keyphrase, 75 % are enough."
