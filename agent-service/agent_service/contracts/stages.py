"""What stages produce: sent in `stage.completed`, and back in `completed_stages`."""

from typing import Annotated, Any

from pydantic import Field, StringConstraints

from agent_service.contracts.base import Contract

Line = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Lines = Annotated[list[Line], Field(max_length=20)]
Markdown = Annotated[str, StringConstraints(min_length=1, max_length=100_000)]
# One introduction and at most twelve sections with a heading.
MOST_SECTIONS = 13


class Brief(Contract):
    search_intent: Line
    reader: Line
    angle: Line
    questions: Lines
    related_phrases: Lines
    # What the model claims from memory and a person should look up.
    facts_to_check: Lines


class OutlineSection(Contract):
    heading: Line
    points: Lines


class Outline(Contract):
    """Section 1 of the article is the introduction, without a heading; these are 2, 3, …"""

    introduction: Lines
    sections: list[OutlineSection] = Field(min_length=1, max_length=12)


class Section(Contract):
    """Null heading: the introduction. The heading is not repeated in the markdown."""

    heading: Line | None
    markdown: Markdown


class Meta(Contract):
    title: str = Field(min_length=1, max_length=300)
    description: str = Field(min_length=1, max_length=1000)
    slug: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=100)
    # schema.org Article; author, publisher, image and dates are the publishing site's to add.
    json_ld: dict[str, Any]


class Rewrite(Contract):
    """Only what the rewrite changed, by section number; null meta was left alone."""

    sections: dict[Annotated[str, Field(pattern=r"^[1-9]\d?$")], Section]
    meta: Meta | None
