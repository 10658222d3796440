"""A model that does what it is asked, well enough to pass the analysis."""

import json
from typing import Any

from tests.seo.samples import KEYPHRASE, META, SLUG, TITLE, paragraph

BRIEF = {
    "search_intent": "Learn to make cold brew coffee at home",
    "reader": "People without a coffee machine",
    "angle": "Calm and exact",
    "questions": ["Which ratio works?"],
    "related_phrases": ["coffee ratio"],
    "facts_to_check": ["Steeping takes twelve hours"],
}
OUTLINE = {
    "introduction": ["What it is"],
    "sections": [
        {"heading": "Why cold brew coffee tastes soft", "points": ["Acids"]},
        {"heading": "## The grind\n", "points": ["Coarse"]},
    ],
}
META_DRAFT = {"title": TITLE, "description": META, "slug": SLUG}


def asked_for(body: dict[str, Any]) -> str:
    """Which stage a request belongs to, by the shape it wants."""
    schema = body.get("output_config", {}).get("format", {}).get("schema", {})
    properties = set(schema.get("properties", {}))
    by_property = {
        "search_intent": "brief",
        "introduction": "outline",
        "slug": "meta",
        "meta": "rewrite",
    }
    return next((stage for name, stage in by_property.items() if name in properties), "section")


def instruction(body: dict[str, Any]) -> str:
    text: str = body["messages"][0]["content"][-1]["text"]
    return text


def section_text(body: dict[str, Any]) -> str:
    if "the introduction" in instruction(body):
        return f"{KEYPHRASE.capitalize()} is kind to beginners. " + paragraph(60)
    return f"## A heading nobody asked for\n\n{paragraph(130)}"


def answer(body: dict[str, Any]) -> str:
    stage = asked_for(body)
    if stage == "section":
        return section_text(body)
    fixed = {"brief": BRIEF, "outline": OUTLINE, "meta": META_DRAFT}
    return json.dumps(fixed.get(stage, {"sections": [], "meta": None}))
