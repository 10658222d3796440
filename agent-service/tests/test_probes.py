"""/health and /ready."""

import asyncio

import httpx2

from agent_service.app import create_app
from agent_service.readiness import ProviderProbe
from agent_service.settings import Settings
from tests.conftest import ClientFor, make_settings
from tests.fake_provider import FakeProvider

# Port 9 (discard) is closed on every machine this runs on.
NOWHERE = "http://127.0.0.1:9"


async def test_health_is_ok_without_a_token_even_when_the_provider_is_down(
    client_for: ClientFor,
) -> None:
    async with client_for(create_app(make_settings(NOWHERE))) as client:
        answer = await client.get("/health")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "version": "0.1.0"}


async def test_ready_when_the_provider_answers_anything_below_500(
    client_for: ClientFor, settings: Settings, provider: FakeProvider
) -> None:
    provider.status = 401
    async with client_for(create_app(settings)) as client:
        answer = await client.get("/ready")
    assert answer.status_code == 200
    assert answer.json()["status"] == "ready"


async def test_not_ready_is_a_problem_that_says_why_and_names_no_address(
    client_for: ClientFor,
) -> None:
    async with client_for(create_app(make_settings(NOWHERE))) as client:
        answer = await client.get("/ready")
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["retry-after"] == "5"
    assert answer.json()["detail"] == "The model provider can't be reached."
    assert "127.0.0.1" not in answer.text


async def test_not_ready_when_the_provider_fails(
    client_for: ClientFor, settings: Settings, provider: FakeProvider
) -> None:
    provider.status = 503
    async with client_for(create_app(settings)) as client:
        answer = await client.get("/ready")
    assert answer.status_code == 503
    assert answer.json()["detail"] == "The model provider answers 503."


async def test_many_ready_probes_at_once_ask_the_provider_once(
    client_for: ClientFor, settings: Settings, provider: FakeProvider
) -> None:
    async with client_for(create_app(settings)) as client:
        answers = await asyncio.gather(*(client.get("/ready") for _ in range(10)))
    assert {answer.status_code for answer in answers} == {200}
    assert len(provider.requests) == 1


async def test_a_silent_provider_is_given_up_at_the_deadline(provider: FakeProvider) -> None:
    provider.silent = True
    async with httpx2.AsyncClient() as client:
        readiness = await ProviderProbe(client, provider.url, deadline_seconds=0.05).check()
    assert not readiness.ready
    assert readiness.reason == "The model provider did not answer within 0.05 s."
