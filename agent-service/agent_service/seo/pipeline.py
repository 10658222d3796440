"""Brief → outline → sections → meta → analysis → at most one rewrite → result."""

from functools import partial

from agent_service.contracts.analysis import Analysis
from agent_service.contracts.requests import ArticleRequest, BriefRequest, SeoRequest
from agent_service.contracts.results import ArticleResult, BriefResult
from agent_service.contracts.stages import Brief, Meta, Outline, Rewrite, Section
from agent_service.provider.prompt import Prompt
from agent_service.seo import prompts
from agent_service.seo.article import Article
from agent_service.seo.cleaning import to_brief, to_meta, to_outline, to_section
from agent_service.seo.drafts import BriefDraft, MetaDraft, OutlineDraft, RewriteDraft
from agent_service.seo.html import render_html
from agent_service.seo.report import RewriteOutcome, failing_checks, write_report
from agent_service.seo.rewriting import apply_draft, find_targets, rewrite_instruction
from agent_service.seo.stage_run import StageRun

# Thinking counts into these, so they are several times what the answers need.
JSON_TOKENS = 8_000
SECTION_TOKENS = 8_000
REWRITE_TOKENS = 24_000

# Sections of about this many words stay below the 300 words between subheadings.
WORDS_PER_SECTION = 200
INTRODUCTION_WORDS = 90
# brief, outline, meta, analysis, rewrite, reanalysis
STAGES_BESIDE_SECTIONS = 6


async def run_brief(request: BriefRequest, run: StageRun) -> BriefResult:
    return BriefResult(brief=await _brief(request, run))


async def run_article(request: ArticleRequest, run: StageRun) -> ArticleResult:
    run.expect(STAGES_BESIDE_SECTIONS + 1 + planned_sections(request.input.word_target))
    brief = await _brief(request, run)
    outline = await _outline(request, run, brief)
    run.expect(STAGES_BESIDE_SECTIONS + 1 + len(outline.sections))
    sections = await _sections(request, run, brief, outline)
    meta = await _meta(request, run, brief, outline, sections)
    draft = Article(tuple(sections), meta)
    return await _finish(request, run, brief, draft)


def planned_sections(word_target: int) -> int:
    """Sections besides the introduction: two at least, twelve at most."""
    return min(12, max(2, round((word_target - INTRODUCTION_WORDS) / WORDS_PER_SECTION)))


async def _brief(request: SeoRequest, run: StageRun) -> Brief:
    async def work() -> Brief:
        prompt = _prompt(request, prompts.BRIEF, JSON_TOKENS, BriefDraft)
        return to_brief(await run.ask_json("brief", prompt, BriefDraft))

    return await run.stage("brief", request.completed_stages.brief, work)


async def _outline(request: ArticleRequest, run: StageRun, brief: Brief) -> Outline:
    async def work() -> Outline:
        words = request.input.word_target
        instruction = prompts.outline_instruction(brief, planned_sections(words), words)
        prompt = _prompt(request, instruction, JSON_TOKENS, OutlineDraft)
        return to_outline(await run.ask_json("outline", prompt, OutlineDraft))

    return await run.stage("outline", request.completed_stages.outline, work)


async def _sections(
    request: ArticleRequest, run: StageRun, brief: Brief, outline: Outline
) -> list[Section]:
    """One after another: each is told what the earlier ones said."""
    written: list[Section] = []
    for number in range(1, len(outline.sections) + 2):
        finished = request.completed_stages.sections.get(number)
        work = partial(_write_section, request, run, brief, outline, tuple(written))
        written.append(await run.stage(f"section.{number}", finished, work))
    return written


async def _write_section(
    request: ArticleRequest,
    run: StageRun,
    brief: Brief,
    outline: Outline,
    written: tuple[Section, ...],
) -> Section:
    number = len(written) + 1
    if number == 1:
        heading = None
        instruction = prompts.introduction_instruction(INTRODUCTION_WORDS)
    else:
        planned = outline.sections[number - 2]
        heading = planned.heading
        words = (request.input.word_target - INTRODUCTION_WORDS) // len(outline.sections)
        instruction = prompts.section_instruction(number, planned, words)
    context = _article_context(brief, outline, written)
    prompt = _prompt(request, instruction, SECTION_TOKENS, context=context)
    return to_section(heading, await run.ask_text(f"section.{number}", prompt))
