"""The brief: the whole of `seo.brief`, and the first stage of `seo.article`."""

from agent_service.contracts.requests import BriefRequest, SeoRequest
from agent_service.contracts.results import BriefResult
from agent_service.contracts.stages import Brief
from agent_service.provider.prompt import Prompt
from agent_service.seo import prompts
from agent_service.seo.cleaning import to_brief
from agent_service.seo.drafts import BriefDraft
from agent_service.seo.stage_run import StageRun

# Thinking counts, too, so this is several times what the answer needs.
BRIEF_TOKENS = 8_000


async def run_brief(request: BriefRequest, run: StageRun) -> BriefResult:
    run.expect(1)
    return BriefResult(brief=await brief_stage(request, run))


async def brief_stage(request: SeoRequest, run: StageRun) -> Brief:
    async def work() -> Brief:
        prompt = Prompt(
            system=prompts.SYSTEM,
            context=(prompts.wish_context(request.input),),
            instruction=prompts.BRIEF,
            max_tokens=BRIEF_TOKENS,
            answer=BriefDraft,
        )
        return to_brief(await run.ask_json("brief", prompt, BriefDraft))

    return await run.model_stage("brief", request.completed_stages.brief, work)
