"""What holds for every request: token, request id, problems, a clean 500."""

import json
import logging

import pytest
from fastapi import FastAPI
from pydantic import BaseModel, Field

from agent_service.app import create_app
from agent_service.settings import Settings
from tests.conftest import AUTH, TOKEN, ClientFor


class Word(BaseModel):
    text: str = Field(max_length=3)


class Body(BaseModel):
    word: Word


@pytest.fixture
def app(settings: Settings) -> FastAPI:
    """The real app with two routes that only misbehave."""
    app = create_app(settings)

    @app.post("/words")
    async def words(body: Body) -> str:
        return body.word.text

    @app.get("/crash")
    async def crash() -> None:
        raise RuntimeError("the cause, with a customer's text")

    return app


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Bearer wrong",
        f"Basic {TOKEN}",
        f"Bearer {TOKEN[:-1]}",
        f"Bearer {TOKEN}x",
        "Bearer ünï",
    ],
)
async def test_without_the_exact_token_every_address_answers_401(
    client_for: ClientFor, app: FastAPI, header: str | None
) -> None:
    headers = [] if header is None else [(b"authorization", header.encode())]
    async with client_for(app) as client:
        for path in ("/words", "/openapi.json", "/nowhere", "/health/", "/ready/x"):
            answer = await client.get(path, headers=headers)
            assert answer.status_code == 401, path
            assert answer.headers["www-authenticate"] == "Bearer"
            assert answer.json()["code"] == "unauthenticated"


async def test_an_unknown_address_is_a_problem(client_for: ClientFor, app: FastAPI) -> None:
    async with client_for(app) as client:
        answer = await client.get("/nowhere", headers=AUTH)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "not_found"


async def test_a_wrong_method_is_a_problem_that_says_which_is_right(
    client_for: ClientFor, app: FastAPI
) -> None:
    async with client_for(app) as client:
        answer = await client.get("/words", headers=AUTH)
    assert answer.status_code == 405
    assert answer.headers["allow"] == "POST"
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_bad_body_names_the_field_and_does_not_repeat_the_value(
    client_for: ClientFor, app: FastAPI
) -> None:
    async with client_for(app) as client:
        answer = await client.post("/words", headers=AUTH, json={"word": {"text": "private"}})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["errors"][0]["field"] == "word.text"
    assert "private" not in answer.text


async def test_a_body_that_is_not_json_is_a_problem(client_for: ClientFor, app: FastAPI) -> None:
    headers = {**AUTH, "content-type": "application/json"}
    async with client_for(app) as client:
        answer = await client.post("/words", headers=headers, content=b"{nope")
    assert answer.status_code == 422
    assert answer.json()["code"] == "invalid_request"


async def test_a_crash_answers_an_error_id_that_the_log_holds_and_no_cause(
    client_for: ClientFor, app: FastAPI, caplog: pytest.LogCaptureFixture
) -> None:
    async with client_for(app) as client:
        answer = await client.get("/crash", headers={**AUTH, "x-request-id": "abc-1"})
    body = answer.json()
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-request-id"] == body["request_id"] == "abc-1"
    assert "customer" not in json.dumps(body)
    assert "Traceback" not in answer.text
    (line,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert vars(line)["error_id"] == body["error_id"]
    assert line.exc_info is not None


async def test_a_harmless_request_id_is_kept(client_for: ClientFor, app: FastAPI) -> None:
    async with client_for(app) as client:
        answer = await client.get("/health", headers={"x-request-id": "task-7:attempt.2"})
    assert answer.headers["x-request-id"] == "task-7:attempt.2"


@pytest.mark.parametrize("offered", ["", "two words", "x" * 129, "a\tb", 'a"b'])
async def test_any_other_request_id_is_replaced(
    client_for: ClientFor, app: FastAPI, offered: str
) -> None:
    async with client_for(app) as client:
        answer = await client.get("/health", headers={"x-request-id": offered})
    assert len(answer.headers["x-request-id"]) == 32
    assert answer.headers["x-request-id"] != offered


async def test_the_openapi_document_tells_of_both_kinds_of_work(
    client_for: ClientFor, app: FastAPI
) -> None:
    async with client_for(app) as client:
        answer = await client.get("/openapi.json", headers=AUTH)
    paths = answer.json()["paths"]
    assert {"/v1/seo/brief", "/v1/seo/article"} <= set(paths)
    assert "application/x-ndjson" in str(paths["/v1/seo/article"]["post"]["responses"]["200"])
