"""The slug contains the keyphrase (Yoast, "Keyphrase in slug").

Only the words that carry the topic are needed: "how to brew tea" may become "brew-tea".
"""

from agent_service.seo.analysis.finding import Finding, Range, Subject, percent
from agent_service.seo.analysis.keyphrase import folded_terms

GOOD = Range("percent", min=100)
# More than half of the topic's words: a long keyphrase makes a long slug.
SLACK = 49.9


def slug_keyphrase(subject: Subject) -> Finding:
    wanted = subject.keyphrase.content_terms
    missing = wanted - folded_terms(subject.slug)
    share = percent(len(wanted) - len(missing), len(wanted))
    status = GOOD.status(share, SLACK) if wanted else "bad"
    return Finding("slug_keyphrase", status, share, GOOD, _message(sorted(missing)))


def _message(missing: list[str]) -> str:
    if not missing:
        return "The slug contains the keyphrase."
    return f"Put these words of the keyphrase into the slug: {', '.join(missing)}."
