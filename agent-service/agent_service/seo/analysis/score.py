"""One number for many checks."""

from collections.abc import Iterable

from agent_service.contracts.analysis import CheckStatus

_POINTS: dict[CheckStatus, float] = {"good": 1.0, "ok": 0.5, "bad": 0.0}

# What decides whether a page is found and clicked counts three times, what decides whether it is
# read twice, style once. The weights are ours; search engines publish none.
WEIGHTS = {
    "title_width": 2,
    "meta_description": 2,
    "slug_keyphrase": 1,
    "keyphrase_density": 3,
    "keyphrase_in_title": 3,
    "keyphrase_in_introduction": 3,
    "keyphrase_in_subheadings": 2,
    "word_count": 3,
    "sentence_length": 2,
    "passive_voice": 1,
    "transition_words": 1,
    "paragraph_length": 2,
    "sentence_starts": 1,
    "subheading_distribution": 2,
}


def overall_score(results: Iterable[tuple[str, CheckStatus]]) -> int:
    """100 x (sum of weight x points) / (sum of weights), points 1 good, 0.5 ok, 0 bad, rounded."""
    listed = list(results)
    total = sum(WEIGHTS[check] for check, _ in listed)
    reached = sum(WEIGHTS[check] * _POINTS[status] for check, status in listed)
    return round(100 * reached / total) if total else 0
