"""The careful step from a model's answer to our contracts: cut, tidied, or refused."""

import re
from typing import Any, TypeVar

from pydantic import ValidationError

from agent_service.contracts.base import Contract
from agent_service.contracts.stages import MOST_SECTIONS, Brief, Meta, Outline, Section
from agent_service.seo.drafts import BriefDraft, MetaDraft, OutlineDraft, invalid_answer
from agent_service.seo.json_ld import article_json_ld
from agent_service.seo.plain_text import one_line, slugify

MOST_LINES = 20

Shape = TypeVar("Shape", bound=Contract)

_FIRST_HEADING = re.compile(r"\A\s*#{1,6}[ \t][^\n]*(?:\n|\Z)")
_MAJOR_HEADING = re.compile(r"^#{1,2}(?=[ \t])", re.MULTILINE)


def to_brief(draft: BriefDraft) -> Brief:
    return _build(
        Brief,
        search_intent=one_line(draft.search_intent),
        reader=one_line(draft.reader),
        angle=one_line(draft.angle),
        questions=_lines(draft.questions),
        related_phrases=_lines(draft.related_phrases),
        facts_to_check=_lines(draft.facts_to_check),
    )


def to_outline(draft: OutlineDraft) -> Outline:
    """Surplus sections are cut; one without a heading is left out."""
    sections = [
        {"heading": heading, "points": _lines(section.points)}
        for section in draft.sections
        if (heading := to_heading(section.heading))
    ]
    return _build(
        Outline,
        introduction=_lines(draft.introduction),
        sections=sections[: MOST_SECTIONS - 1],
    )


def to_section(heading: str | None, text: str) -> Section:
    """Without a heading of its own in front; H1 and H2 inside become H3."""
    body = _FIRST_HEADING.sub("", text).strip()
    return _build(Section, heading=heading, markdown=_MAJOR_HEADING.sub("###", body))


def to_meta(draft: MetaDraft, keyphrase: str) -> Meta:
    title = one_line(draft.title, 300)
    description = one_line(draft.description, 1000)
    return _build(
        Meta,
        title=title,
        description=description,
        # A keyphrase in another script leaves nothing of a slug.
        slug=slugify(draft.slug) or slugify(keyphrase) or "article",
        json_ld=article_json_ld(title, description, keyphrase),
    )


def to_heading(text: str) -> str:
    """Plain text on one line, whatever markers came with it."""
    return one_line(text.strip().lstrip("#"), 200).strip("* ")


def _lines(texts: list[str]) -> list[str]:
    return [line for text in texts if (line := one_line(text))][:MOST_LINES]


def _build(shape: type[Shape], **values: Any) -> Shape:
    try:
        return shape.model_validate(values)
    except ValidationError:
        raise invalid_answer() from None
