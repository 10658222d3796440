"""A request that breaks its contract is refused before anything costs money."""

from typing import Any

import pytest
from fastapi import FastAPI

from agent_service.app import create_app
from agent_service.middleware import MOST_BODY_BYTES
from agent_service.settings import Settings
from tests.conftest import AUTH, ClientFor
from tests.fake_provider import FakeProvider
from tests.seo.requests import request_body
from tests.seo.samples import KEYPHRASE

WISH = {"keyphrase": KEYPHRASE, "language": "en", "word_target": 300}


@pytest.fixture
def app(settings: Settings) -> FastAPI:
    return create_app(settings)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"version": 2}, "version"),
        ({"task_id": "../x"}, "task_id"),
        ({"kind": "seo.brief"}, "kind"),
        ({"model": "Claude Sonnet"}, "model"),
        ({"extra": 1}, "extra"),
        ({"input": {**WISH, "keyphrase": ""}}, "input.keyphrase"),
        ({"input": {**WISH, "keyphrase": "?!"}}, "input.keyphrase"),
        ({"input": {**WISH, "keyphrase": "x" * 81}}, "input.keyphrase"),
        ({"input": {**WISH, "language": "de"}}, "input.language"),
        ({"input": {**WISH, "word_target": 299}}, "input.word_target"),
        ({"input": {**WISH, "word_target": 3001}}, "input.word_target"),
        ({"input": {**WISH, "word_target": "300"}}, "input.word_target"),
        ({"input": {**WISH, "notes": "x" * 4001}}, "input.notes"),
        ({"completed_stages": {"nonsense": {}}}, "completed_stages.nonsense"),
        ({"completed_stages": {"section.0": {}}}, "completed_stages"),
        ({"completed_stages": {"brief": {}}}, "completed_stages.brief.search_intent"),
    ],
)
async def test_a_bad_field_is_named_and_nothing_is_called(
    app: FastAPI,
    client_for: ClientFor,
    provider: FakeProvider,
    changes: dict[str, Any],
    field: str,
) -> None:
    async with client_for(app) as client:
        answer = await client.post("/v1/seo/article", headers=AUTH, json=request_body(**changes))
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert field in [error["field"] for error in answer.json()["errors"]]
    assert provider.calls == []


async def test_work_needs_the_token(app: FastAPI, client_for: ClientFor) -> None:
    async with client_for(app) as client:
        answer = await client.post("/v1/seo/article", json=request_body())
    assert answer.status_code == 401


@pytest.mark.parametrize("announced", [True, False])
async def test_a_body_above_the_limit_is_refused(
    app: FastAPI, client_for: ClientFor, announced: bool
) -> None:
    too_much = b"x" * (MOST_BODY_BYTES + 1)

    async def chunks() -> Any:
        yield too_much[:1000]
        yield too_much[1000:]

    async with client_for(app) as client:
        content = too_much if announced else chunks()
        headers = {**AUTH, "content-type": "application/json"}
        answer = await client.post("/v1/seo/article", headers=headers, content=content)
    assert answer.status_code == 413
    assert answer.json()["code"] == "body_too_large"


@pytest.mark.parametrize("body", [b"[" * 100_000, b"\xff\xfe", b'{"version": NaN}', b'"\\ud800"'])
async def test_a_hostile_body_is_refused_cleanly(
    app: FastAPI, client_for: ClientFor, body: bytes
) -> None:
    headers = {**AUTH, "content-type": "application/json"}
    async with client_for(app) as client:
        answer = await client.post("/v1/seo/brief", headers=headers, content=body)
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"
