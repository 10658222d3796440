"""Meta description of 121-156 characters: results show about 156 (Yoast, "Meta description")."""

from agent_service.seo.analysis.finding import Finding, Range, Subject

GOOD = Range("characters", min=121, max=156)
# A snippet this much off still reads as one.
SLACK_CHARACTERS = 20


def meta_description(subject: Subject) -> Finding:
    length = len(subject.meta_description.strip())
    status = GOOD.status(length, SLACK_CHARACTERS) if length else "bad"
    return Finding("meta_description", status, length, GOOD, _message(length))


def _message(length: int) -> str:
    if length == 0:
        return "Write a meta description of 121 to 156 characters."
    if length < 121:
        return f"Lengthen the meta description by at least {121 - length} characters."
    if length > 156:
        return f"Shorten the meta description by at least {length - 156} characters."
    return "The meta description has the right length."
