"""Requests and reading of answers that tests share."""

from typing import Any

from fastapi import FastAPI

from agent_service.contracts.events import (
    EVENT,
    Call,
    Event,
    Failure,
    Result,
    StageCompleted,
    Unfinished,
)
from agent_service.contracts.results import ArticleResult
from tests.conftest import AUTH, open_client
from tests.seo.samples import KEYPHRASE

TASK_ID = "01938f4e-7b1a-7cc2-9d43-0242ac120002"
Body = dict[str, Any]


def request_body(kind: str = "seo.article", **changes: Any) -> Body:
    wish = {"keyphrase": KEYPHRASE, "language": "en", "word_target": 300}
    base = {"version": 1, "task_id": TASK_ID, "kind": kind, "input": wish}
    return {**base, "model": "claude-sonnet-5-5", **changes}


async def run_once(app: FastAPI, body: Body) -> list[Event]:
    """Every event of one stream, parsed by the contract."""
    path = f"/v1/{body['kind'].replace('.', '/')}"
    async with open_client(app) as client:
        answer = await client.post(path, headers=AUTH, json=body)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/x-ndjson"
    return [EVENT.validate_json(line) for line in answer.text.splitlines()]


async def run_to_end(app: FastAPI, body: Body) -> list[Event]:
    """As the worker does it: asks again, with what is completed, while the work is unfinished."""
    events = await run_once(app, body)
    while isinstance(events[-1], Unfinished):
        completed = {**body.get("completed_stages", {}), **outputs_of(events)}
        events += await run_once(app, {**body, "completed_stages": completed})
    return events


def article_of(events: list[Event]) -> ArticleResult:
    last = events[-1]
    assert isinstance(last, Result), last
    assert isinstance(last.output, ArticleResult)
    return last.output


def failure_of(events: list[Event]) -> Failure:
    last = events[-1]
    assert isinstance(last, Failure), last
    return last


def calls_of(events: list[Event]) -> list[Call]:
    return [event for event in events if isinstance(event, Call)]


def outputs_of(events: list[Event]) -> Body:
    """What a worker would send back as `completed_stages`."""
    return {event.stage: event.output for event in events if isinstance(event, StageCompleted)}
