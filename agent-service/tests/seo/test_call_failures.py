"""Every way a model call can end badly has a class, a code, and an honest line on the bill."""

import json
import logging

import pytest
from fastapi import FastAPI

from agent_service.app import create_app
from agent_service.seo import article_pipeline
from agent_service.settings import Settings
from agent_service.timing import Timing
from tests import ideal_model
from tests.conftest import make_settings
from tests.fake_provider import USAGE, FakeProvider, Fault
from tests.seo.requests import calls_of, failure_of, outputs_of, request_body, run_to_end

# Long enough for a busy machine to get the events before the silence across.
IMPATIENT = Timing(idle_seconds=0.5)
SPEND_LIMIT = {
    "type": "rate_limit_error",
    "message": "limit",
    "details": {"error_code": "enforced_spend_limit_reached"},
}


@pytest.fixture
def app(settings: Settings) -> FastAPI:
    return create_app(settings)


@pytest.mark.parametrize(
    ("fault", "expected", "code"),
    [
        (Fault("status", status=400), "fatal", "model_refused_request"),
        (Fault("status", status=401), "fatal", "model_access_denied"),
        (Fault("status", status=404), "fatal", "model_not_found"),
        (Fault("status", status=413), "fatal", "model_refused_request"),
        (Fault("status", status=429), "retry", "model_rate_limited"),
        (Fault("status", status=429, error=SPEND_LIMIT), "fatal", "spend_limit_reached"),
        (Fault("status", status=500), "retry", "model_overloaded"),
        (Fault("status", status=529), "retry", "model_overloaded"),
    ],
)
async def test_a_refused_call_is_classified_once_and_costs_nothing(
    app: FastAPI, provider: FakeProvider, fault: Fault, expected: str, code: str
) -> None:
    provider.faults.append(fault)
    events = await run_to_end(app, request_body())
    failure = failure_of(events)
    assert (failure.class_, failure.code) == (expected, code)
    assert calls_of(events) == []
    assert len(provider.calls) == 1
    assert "secret cause" not in failure.message


@pytest.mark.parametrize(
    ("fault", "code", "outcome"),
    [
        (Fault("silent"), "model_stalled", "unknown"),
        (Fault("stall", after=0), "model_stalled", "unknown"),
        (Fault("stall", after=3), "model_stalled", "interrupted"),
        (Fault("cut", after=3), "model_connection_lost", "interrupted"),
        (Fault("early_end", after=0), "model_connection_lost", "unknown"),
        (Fault("early_end", after=4), "model_connection_lost", "interrupted"),
        (Fault("early_end", after=6), "model_connection_lost", "interrupted"),
        (Fault("garbage", after=3), "model_connection_lost", "interrupted"),
        (Fault("error_event", after=3), "model_overloaded", "interrupted"),
    ],
)
async def test_a_call_that_breaks_off_is_worth_a_retry_and_is_reported_as_what_is_known(
    settings: Settings, provider: FakeProvider, fault: Fault, code: str, outcome: str
) -> None:
    quiet = fault.kind in ("silent", "stall")
    app = create_app(settings, timing=IMPATIENT if quiet else Timing())
    provider.faults.append(fault)
    events = await run_to_end(app, request_body())
    failure = failure_of(events)
    assert (failure.class_, failure.code) == ("retry", code)
    (call,) = calls_of(events)
    assert call.outcome == outcome
    assert (call.message_id is None) == (outcome == "unknown")
    assert outputs_of(events) == {}
    assert len(provider.calls) == 1
    if outcome == "interrupted" and fault.after < 6:
        assert call.usage == USAGE


async def test_an_error_inside_a_stream_that_will_not_pass_is_fatal(
    app: FastAPI, provider: FakeProvider
) -> None:
    error = {"type": "invalid_request_error", "message": "no"}
    provider.faults.append(Fault("error_event", after=2, error=error))
    failure = failure_of(await run_to_end(app, request_body()))
    assert (failure.class_, failure.code) == ("fatal", "model_refused_request")


@pytest.mark.parametrize(
    ("stop_reason", "expected", "code"),
    [
        ("max_tokens", "fatal", "output_truncated"),
        ("refusal", "fatal", "model_refused"),
        ("model_context_window_exceeded", "fatal", "context_exceeded"),
        ("pause_turn", "retry", "unexpected_stop"),
        ("something_new", "retry", "unexpected_stop"),
    ],
)
async def test_an_answer_that_did_not_end_by_itself_is_never_a_success_but_is_paid(
    app: FastAPI, provider: FakeProvider, stop_reason: str, expected: str, code: str
) -> None:
    provider.faults.append(Fault("stop", stop_reason=stop_reason))
    events = await run_to_end(app, request_body())
    failure = failure_of(events)
    assert (failure.class_, failure.code) == (expected, code)
    (call,) = calls_of(events)
    assert (call.outcome, call.stop_reason) == ("completed", stop_reason)
    assert outputs_of(events) == {}


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7),
        ({"retry-after": "3600"}, 3600),
        ({"retry-after-ms": "250", "retry-after": "1"}, 0.25),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-1"}, None),
        ({}, None),
    ],
)
async def test_the_providers_own_delay_is_passed_on(
    app: FastAPI, provider: FakeProvider, headers: dict[str, str], seconds: float | None
) -> None:
    provider.faults.append(Fault("status", status=429, headers=headers))
    failure = failure_of(await run_to_end(app, request_body()))
    assert failure.retry_after_seconds == seconds


async def test_an_unreachable_provider_is_worth_a_retry_and_no_call_was_made() -> None:
    app = create_app(make_settings("http://127.0.0.1:9"))
    events = await run_to_end(app, request_body())
    assert failure_of(events).code == "model_unreachable"
    assert calls_of(events) == []


async def test_the_deadline_ends_a_call_that_keeps_talking(
    settings: Settings, provider: FakeProvider
) -> None:
    timing = Timing(idle_seconds=30, call_deadline_seconds=0.2)
    provider.faults.append(Fault("stall", after=3))
    events = await run_to_end(create_app(settings, timing=timing), request_body())
    assert failure_of(events).code == "model_stalled"


@pytest.mark.parametrize(
    "answer",
    ["", "not json", "[]", '{"title": "x"}', json.dumps({**ideal_model.BRIEF, "angle": " "})],
)
async def test_an_answer_in_the_wrong_shape_is_paid_and_worth_a_retry(
    app: FastAPI, provider: FakeProvider, answer: str
) -> None:
    provider.answer = lambda _body: answer
    events = await run_to_end(app, request_body())
    failure = failure_of(events)
    assert (failure.class_, failure.code) == ("retry", "invalid_answer")
    assert len(calls_of(events)) == 1


async def test_what_a_database_could_not_store_is_removed_from_answers(
    app: FastAPI, provider: FakeProvider
) -> None:
    dirty = {**ideal_model.BRIEF, "angle": "calm\x00 \ud83d exact"}
    provider.answer = lambda _body: json.dumps(dirty)
    events = await run_to_end(app, request_body("seo.brief"))
    assert outputs_of(events)["brief"]["angle"] == "calm ? exact"


async def test_finished_stages_survive_a_failure_and_a_retry_pays_only_the_rest(
    app: FastAPI, provider: FakeProvider
) -> None:
    calls_that_work = [Fault("stop", stop_reason="end_turn")] * 3
    provider.faults.extend([*calls_that_work, Fault("cut", after=3)])
    first = await run_to_end(app, request_body())
    kept = outputs_of(first)
    assert list(kept) == ["brief", "outline", "section.1"]
    provider.calls.clear()
    await run_to_end(app, request_body(completed_stages=kept))
    assert len(provider.calls) == 3


async def test_a_bug_ends_the_stream_with_an_id_that_the_log_holds(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_markdown: str) -> str:
        raise RuntimeError("secret cause")

    monkeypatch.setattr(article_pipeline, "render_html", broken)
    failure = failure_of(await run_to_end(app, request_body()))
    assert (failure.class_, failure.code) == ("retry", "internal")
    assert "secret cause" not in failure.message
    (line,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert vars(line)["error_id"] in failure.message
