"""The two kinds of SEO work, each a stream of events."""

import logging
import uuid
from collections.abc import Awaitable, Callable
from typing import TypeVar

from fastapi import APIRouter

from agent_service.contracts.events import Failure, Result, Unfinished
from agent_service.contracts.requests import ArticleRequest, BriefRequest
from agent_service.contracts.results import ArticleResult, BriefResult
from agent_service.event_stream import Emit, EventStream
from agent_service.failures import AgentError
from agent_service.seo.article_pipeline import run_article
from agent_service.seo.brief import run_brief
from agent_service.seo.stage_run import EnoughCalled, StageRun
from agent_service.state import AppState, StateDep

log = logging.getLogger("agent_service.seo")

router = APIRouter(prefix="/v1/seo")

Request = TypeVar("Request", BriefRequest, ArticleRequest)
Pipeline = Callable[[Request, StageRun], Awaitable[ArticleResult | BriefResult]]


@router.post("/brief", response_class=EventStream, status_code=200)
async def brief(request: BriefRequest, state: StateDep) -> EventStream:
    return _stream(request, state, run_brief)


@router.post("/article", response_class=EventStream, status_code=200)
async def article(request: ArticleRequest, state: StateDep) -> EventStream:
    return _stream(request, state, run_article)


def _stream(request: Request, state: AppState, pipeline: Pipeline[Request]) -> EventStream:
    async def produce(emit: Emit) -> None:
        run = StageRun(state.model_client, emit, model=request.model, task_id=request.task_id)
        fields = {"task_id": request.task_id, "kind": request.kind}
        try:
            await emit(Result(output=await pipeline(request, run)))
            log.info("task finished", extra=fields)
        except EnoughCalled:
            await emit(Unfinished())
        except AgentError as error:
            log.warning("task failed", extra={**fields, "code": error.event.code})
            await emit(error.event)
        except Exception as error:  # noqa: BLE001 - the stream must end with a reason
            await emit(_internal(error, fields))

    return EventStream(produce, state.timing.heartbeat_seconds)


def _internal(error: Exception, fields: dict[str, str]) -> Failure:
    error_id = uuid.uuid4().hex
    log.error("task broke", extra={**fields, "error_id": error_id}, exc_info=error)
    message = f"Something failed on our side (error {error_id})."
    return Failure(class_="retry", code="internal", message=message)
