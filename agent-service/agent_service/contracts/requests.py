"""What the worker asks for."""

from typing import Any, Literal

from pydantic import Field, model_validator

from agent_service.contracts.analysis import Analysis
from agent_service.contracts.base import Contract
from agent_service.contracts.stages import MOST_SECTIONS, Brief, Meta, Outline, Rewrite, Section

_SECTION_NUMBERS = frozenset(str(number) for number in range(1, MOST_SECTIONS + 1))


class CompletedStages(Contract):
    """Keys are stage names; `section.N` as in the events."""

    brief: Brief | None = None
    outline: Outline | None = None
    meta: Meta | None = None
    analysis: Analysis | None = None
    rewrite: Rewrite | None = None
    reanalysis: Analysis | None = None
    sections: dict[int, Section] = Field(default={}, exclude=True)

    @model_validator(mode="before")
    @classmethod
    def _gather_sections(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        numbered = {name: name.removeprefix("section.") for name in data if "section." in str(name)}
        wrong = next((name for name, n in numbered.items() if n not in _SECTION_NUMBERS), None)
        if wrong is not None or "sections" in data:
            raise ValueError(f"{wrong or 'sections'} is not the name of a stage")
        rest = {name: value for name, value in data.items() if name not in numbered}
        return {**rest, "sections": {int(n): data[name] for name, n in numbered.items()}}


class SeoInput(Contract):
    keyphrase: str = Field(min_length=1, max_length=80, pattern=r"[^\W_]")
    audience: str | None = Field(default=None, max_length=300)
    tone: str | None = Field(default=None, max_length=300)
    language: Literal["en"]
    word_target: int = Field(ge=300, le=3000)
    notes: str | None = Field(default=None, max_length=4000)


class SeoRequest(Contract):
    version: Literal[1]
    task_id: str = Field(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
    input: SeoInput
    model: str = Field(pattern=r"^[a-z0-9][a-z0-9.-]{0,63}$")
    # Stages finished by an earlier attempt: used as they are, not executed, not announced again.
    completed_stages: CompletedStages = CompletedStages()


class BriefRequest(SeoRequest):
    kind: Literal["seo.brief"]


class ArticleRequest(SeoRequest):
    kind: Literal["seo.article"]
