"""Brief → outline → sections → meta → analysis → at most one rewrite → result."""

from functools import partial

from agent_service.contracts.analysis import Analysis
from agent_service.contracts.requests import ArticleRequest
from agent_service.contracts.results import ArticleResult
from agent_service.contracts.stages import Brief, Meta, Outline, Rewrite, Section
from agent_service.provider.prompt import Prompt
from agent_service.seo import prompts
from agent_service.seo.article import Article
from agent_service.seo.brief import brief_stage
from agent_service.seo.cleaning import to_meta, to_outline, to_section
from agent_service.seo.drafts import Draft, MetaDraft, OutlineDraft, RewriteDraft
from agent_service.seo.html import render_html
from agent_service.seo.report import RewriteOutcome, failing_checks, write_report
from agent_service.seo.rewriting import Targets, apply_draft, find_targets, rewrite_instruction
from agent_service.seo.stage_run import StageRun

# Thinking counts, too, so these are several times what the answers need.
ANSWER_TOKENS = 8_000
REWRITE_TOKENS = 24_000

INTRODUCTION_WORDS = 90
# Sections of about this size stay below the 300 words between subheadings.
WORDS_PER_SECTION = 200
FEWEST_SECTIONS, MOST_SECTIONS = 2, 12
# brief, outline, introduction, meta, analysis, rewrite, reanalysis
STAGES_BESIDE_SECTIONS = 7


async def run_article(request: ArticleRequest, run: StageRun) -> ArticleResult:
    run.expect(STAGES_BESIDE_SECTIONS + planned_sections(request.input.word_target))
    brief = await brief_stage(request, run)
    writer = _Writer(request, run, brief)
    draft = await writer.write()
    return await _finish(writer, draft)


def planned_sections(word_target: int) -> int:
    """Sections besides the introduction."""
    wanted = round((word_target - INTRODUCTION_WORDS) / WORDS_PER_SECTION)
    return min(MOST_SECTIONS, max(FEWEST_SECTIONS, wanted))


class _Writer:
    """The model's stages; each knows what was decided and written before it."""

    def __init__(self, request: ArticleRequest, run: StageRun, brief: Brief) -> None:
        self.keyphrase = request.input.keyphrase
        self.finished = request.completed_stages
        self.run = run
        self.brief = brief
        self._words = request.input.word_target
        self._wish = prompts.wish_context(request.input)

    async def write(self) -> Article:
        outline = await self.run.model_stage("outline", self.finished.outline, self._outline)
        self.run.expect(STAGES_BESIDE_SECTIONS + len(outline.sections))
        sections: tuple[Section, ...] = ()
        for number in range(1, len(outline.sections) + 2):
            work = partial(self._section, outline, sections)
            finished = self.finished.sections.get(number)
            sections += (await self.run.model_stage(f"section.{number}", finished, work),)
        work_meta = partial(self._meta, outline, sections)
        meta = await self.run.model_stage("meta", self.finished.meta, work_meta)
        return Article(sections, meta)

    async def rewrite(self, article: Article, targets: Targets) -> Rewrite:
        instruction = rewrite_instruction(article, targets, self.keyphrase)
        context = (self._wish, prompts.article_context(article.markdown))
        prompt = self._prompt(instruction, context, RewriteDraft, REWRITE_TOKENS)
        draft = await self.run.ask_json("rewrite", prompt, RewriteDraft)
        return apply_draft(article, targets, draft, self.keyphrase)

    async def _outline(self) -> Outline:
        sections = planned_sections(self._words)
        instruction = prompts.outline_instruction(self.brief, sections, self._words)
        prompt = self._prompt(instruction, (self._wish,), OutlineDraft)
        return to_outline(await self.run.ask_json("outline", prompt, OutlineDraft))

    async def _section(self, outline: Outline, written: tuple[Section, ...]) -> Section:
        number = len(written) + 1
        heading: str | None = None
        instruction = prompts.introduction_instruction(INTRODUCTION_WORDS)
        if written:
            planned = outline.sections[number - 2]
            heading = planned.heading
            words = (self._words - INTRODUCTION_WORDS) // len(outline.sections)
            instruction = prompts.section_instruction(number, planned, words)
        prompt = self._prompt(instruction, self._context(outline, written))
        return to_section(heading, await self.run.ask_text(f"section.{number}", prompt))

    async def _meta(self, outline: Outline, written: tuple[Section, ...]) -> Meta:
        prompt = self._prompt(prompts.META, self._context(outline, written), MetaDraft)
        return to_meta(await self.run.ask_json("meta", prompt, MetaDraft), self.keyphrase)

    def _context(self, outline: Outline, written: tuple[Section, ...]) -> tuple[str, ...]:
        """Grows by one part from section to section."""
        parts = (
            prompts.written_context(number, section.markdown)
            for number, section in enumerate(written, start=1)
        )
        return (self._wish, prompts.plan_context(self.brief, outline), *parts)

    def _prompt(
        self,
        instruction: str,
        context: tuple[str, ...],
        answer: type[Draft] | None = None,
        max_tokens: int = ANSWER_TOKENS,
    ) -> Prompt:
        return Prompt(prompts.SYSTEM, context, instruction, max_tokens, answer)


async def _finish(writer: _Writer, draft: Article) -> ArticleResult:
    """A rewrite is delivered only if it scores higher than the draft."""
    before = await _analysis("analysis", writer, draft, writer.finished.analysis)
    targets = find_targets(draft, before)
    if not targets.failing:
        # The two stages that are not needed.
        await writer.run.advance(2)
        return _result(writer.brief, draft, before, before.score, "none")
    work = partial(writer.rewrite, draft, targets)
    rewrite = await writer.run.model_stage("rewrite", writer.finished.rewrite, work)
    rewritten = draft.with_rewrite(rewrite)
    after = await _analysis("reanalysis", writer, rewritten, writer.finished.reanalysis)
    if after.score > before.score:
        return _result(writer.brief, rewritten, after, before.score, "applied")
    return _result(writer.brief, draft, before, before.score, "discarded")


async def _analysis(
    name: str, writer: _Writer, article: Article, finished: Analysis | None
) -> Analysis:
    async def work() -> Analysis:
        return article.analyze(writer.keyphrase)

    return await writer.run.stage(name, finished, work)


def _result(
    brief: Brief, article: Article, analysis: Analysis, score_before: int, rewrite: RewriteOutcome
) -> ArticleResult:
    return ArticleResult(
        markdown=article.markdown,
        html=render_html(article.markdown),
        meta=article.meta,
        brief=brief,
        analysis=analysis,
        score_before=score_before,
        score_after=analysis.score,
        rewrite=rewrite,
        failing=failing_checks(analysis),
        report=write_report(analysis, score_before, rewrite),
    )
