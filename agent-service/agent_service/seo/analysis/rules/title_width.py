"""Title at most 600 px: wider ones are cut off in results (Yoast, "SEO title width")."""

from agent_service.seo.analysis.finding import Finding, Range, Subject
from agent_service.seo.analysis.width import text_width_px

GOOD = Range("pixels", min=1, max=600)
# About two letters; the cut then takes only the last word.
SLACK_PX = 20


def title_width(subject: Subject) -> Finding:
    width = round(text_width_px(subject.title.strip()))
    status = GOOD.status(width, SLACK_PX) if width else "bad"
    return Finding("title_width", status, width, GOOD, _message(width))


def _message(width: int) -> str:
    if width == 0:
        return "Write a title."
    if width > 600:
        return f"Shorten the title by {width - 600} px, or results will cut it off."
    return "The title fits into a result."
