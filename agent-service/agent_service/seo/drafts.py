"""The shapes asked of the model. Looser than contracts: the API takes no length limits."""

import json
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict

from agent_service.failures import AgentError, retry
from agent_service.provider.call_record import storable


class Draft(BaseModel):
    model_config = ConfigDict(extra="forbid")


class BriefDraft(Draft):
    search_intent: str
    reader: str
    angle: str
    questions: list[str]
    related_phrases: list[str]
    facts_to_check: list[str]


class OutlineSectionDraft(Draft):
    heading: str
    points: list[str]


class OutlineDraft(Draft):
    introduction: list[str]
    sections: list[OutlineSectionDraft]


class MetaDraft(Draft):
    title: str
    description: str
    slug: str


class RewrittenSectionDraft(Draft):
    number: int
    heading: str
    markdown: str


class RewriteDraft(Draft):
    sections: list[RewrittenSectionDraft]
    meta: MetaDraft | None


Shape = TypeVar("Shape", bound=Draft)


def read_draft(answer: str, shape: type[Shape]) -> Shape:
    """The answer in its shape, or a failure worth a retry."""
    try:
        return shape.model_validate(_storable(json.loads(answer)))
    except (ValueError, RecursionError):
        raise invalid_answer() from None


def invalid_answer() -> AgentError:
    return retry("invalid_answer", "Claude answered in a form we can't use.")


def _storable(value: Any) -> Any:
    """Escapes in JSON can bring back what the stream was cleaned of."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, dict):
        return {storable(str(key)): _storable(item) for key, item in value.items()}
    return value
