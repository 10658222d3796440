"""Says honestly what the article reached and what it did not."""

from typing import Literal

from agent_service.contracts.analysis import Analysis
from agent_service.contracts.results import FailingCheck

RewriteOutcome = Literal["none", "applied", "discarded"]

_REWRITE = {
    "none": "Nothing had to be rewritten.",
    "applied": "One rewrite raised the score from {before} to {after}.",
    "discarded": "One rewrite did not raise the score of {before}, so the draft was kept.",
}


def failing_checks(analysis: Analysis) -> list[FailingCheck]:
    return [
        FailingCheck(id=check.id, status=check.status, message=check.message)
        for check in analysis.checks
        if check.status != "good"
    ]


def write_report(delivered: Analysis, score_before: int, rewrite: RewriteOutcome) -> str:
    """`delivered` is the analysis of the article as it is handed over."""
    failing = failing_checks(delivered)
    passed = len(delivered.checks) - len(failing)
    lines = [
        f"{passed} of {len(delivered.checks)} checks pass; the score is {delivered.score} of 100.",
        _REWRITE[rewrite].format(before=score_before, after=delivered.score),
    ]
    if failing:
        lines.append("Still failing:")
        lines.extend(f"- {check.message}" for check in failing)
    lines.append("A person should check the facts before publishing.")
    return "\n".join(lines)
