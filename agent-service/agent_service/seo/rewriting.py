"""Which parts of an article a failing check is about, and the one rewrite of just those."""

import json
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from agent_service.contracts.analysis import Analysis, Check
from agent_service.contracts.stages import Rewrite, Section
from agent_service.seo.article import Article
from agent_service.seo.cleaning import to_heading, to_meta, to_section
from agent_service.seo.drafts import RewriteDraft, RewrittenSectionDraft

META_CHECKS = frozenset({"title_width", "meta_description", "slug_keyphrase", "keyphrase_in_title"})


@dataclass(frozen=True)
class Targets:
    """What to rewrite and why; nothing else may change."""

    sections: tuple[int, ...]
    meta: bool
    failing: tuple[Check, ...]


def find_targets(article: Article, analysis: Analysis) -> Targets:
    failing = tuple(check for check in analysis.checks if check.status != "good")
    numbers: set[int] = set()
    for check in failing:
        if check.id not in META_CHECKS:
            numbers |= _sections_of(check, article)
    meta = any(check.id in META_CHECKS for check in failing)
    return Targets(tuple(sorted(numbers)), meta, failing)


def _sections_of(check: Check, article: Article) -> set[int]:
    """Where the check points; one that points nowhere asks for more, so the body has to grow."""
    if check.positions:
        ends = article.section_ends()
        last = len(ends)
        return {min(bisect_right(ends, start) + 1, last) for start, _ in check.positions}
    if check.id == "keyphrase_in_introduction":
        return {1}
    return set(range(2, len(article.sections) + 1)) or {1}


def rewrite_instruction(article: Article, targets: Targets, keyphrase: str) -> str:
    faults = "\n".join(f"- {check.id}: {check.message}" for check in targets.failing)
    sections = {number: _shown(article.sections[number - 1]) for number in targets.sections}
    meta = article.meta.model_dump(exclude={"json_ld"}) if targets.meta else None
    return (
        f"A checker found these faults in the finished article:\n{faults}\n\n"
        f"The keyphrase is {_json(keyphrase)}. Rewrite only what follows, so that the faults go "
        "away and the meaning stays. Return every section given here with its number, heading "
        f"(empty for section 1) and text, and no others:\n{_json(sections)}\n\n"
        + (f"Rewrite meta, too:\n{_json(meta)}" if meta else "Return null as meta.")
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def apply_draft(article: Article, targets: Targets, draft: RewriteDraft, phrase: str) -> Rewrite:
    """What was not asked for is ignored, and so is an empty text."""
    usable = (one for one in draft.sections if one.markdown.strip())
    sections = dict(_rewritten(article, targets.sections, usable))
    meta = to_meta(draft.meta, phrase) if targets.meta and draft.meta is not None else None
    return Rewrite(sections=sections, meta=meta)


def _rewritten(
    article: Article, allowed: Iterable[int], drafts: Iterable[RewrittenSectionDraft]
) -> Iterable[tuple[str, Section]]:
    for draft in drafts:
        if draft.number in allowed:
            old = article.sections[draft.number - 1]
            heading = (to_heading(draft.heading) or old.heading) if old.heading else None
            yield str(draft.number), to_section(heading, draft.markdown)


def _shown(section: Section) -> dict[str, str]:
    return {"heading": section.heading or "", "markdown": section.markdown}
