"""An article in sections that knows where each one stands."""

from dataclasses import dataclass

from agent_service.contracts.analysis import Analysis
from agent_service.contracts.stages import Meta, Rewrite, Section
from agent_service.seo.analysis.analyze import analyze


@dataclass(frozen=True)
class Article:
    """Section 1 is the introduction."""

    sections: tuple[Section, ...]
    meta: Meta

    @property
    def markdown(self) -> str:
        return "\n\n".join(_section_markdown(section) for section in self.sections) + "\n"

    def analyze(self, keyphrase: str) -> Analysis:
        return analyze(
            self.markdown,
            title=self.meta.title,
            meta_description=self.meta.description,
            slug=self.meta.slug,
            keyphrase=keyphrase,
        )

    def section_ends(self) -> list[int]:
        """Where each section ends, in UTF-16 units as positions are counted."""
        ends, offset = [], 0
        for section in self.sections:
            offset += _utf16_length(_section_markdown(section)) + len("\n\n")
            ends.append(offset)
        return ends

    def with_rewrite(self, rewrite: Rewrite) -> "Article":
        sections = tuple(
            rewrite.sections.get(str(number), section)
            for number, section in enumerate(self.sections, start=1)
        )
        return Article(sections, rewrite.meta or self.meta)


def _section_markdown(section: Section) -> str:
    if section.heading is None:
        return section.markdown
    return f"## {section.heading}\n\n{section.markdown}"


def _utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
