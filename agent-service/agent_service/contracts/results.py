"""What a finished task holds."""

from typing import Literal

from pydantic import Field

from agent_service.contracts.analysis import Analysis
from agent_service.contracts.base import Contract
from agent_service.contracts.stages import Brief, Meta


class FailingCheck(Contract):
    id: str
    status: Literal["ok", "bad"]
    message: str


class ArticleResult(Contract):
    kind: Literal["seo.article"] = "seo.article"
    markdown: str
    # Safe to show as it is: an allow-list of tags, http(s) links only, no images, no scripts.
    html: str
    meta: Meta
    brief: Brief
    # Of the article as delivered.
    analysis: Analysis
    score_before: int = Field(ge=0, le=100)
    score_after: int = Field(ge=0, le=100)
    # `none`: nothing failed. `discarded`: the rewrite scored no better, so the draft was kept.
    rewrite: Literal["none", "applied", "discarded"]
    failing: list[FailingCheck]
    # What passes and what still fails, in words for a person.
    report: str


class BriefResult(Contract):
    kind: Literal["seo.brief"] = "seo.brief"
    brief: Brief
