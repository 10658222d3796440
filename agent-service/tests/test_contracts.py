"""The golden files and the contracts say the same; TypeScript reads the same files."""

import json
from pathlib import Path
from typing import Any, get_args

import pytest
from fastapi import FastAPI
from pydantic import BaseModel

from agent_service.app import create_app
from agent_service.contracts.events import EVENT, Event
from agent_service.contracts.requests import ArticleRequest, BriefRequest
from agent_service.settings import Settings
from tests.golden import FOLDER
from tests.seo.requests import article_of, run_to_end

FILES = sorted(FOLDER.glob("*.json"))
REQUESTS: dict[str, type[BaseModel]] = {"seo.brief": BriefRequest, "seo.article": ArticleRequest}


def read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def named(prefix: str) -> list[Any]:
    return [pytest.param(path, id=path.stem) for path in FILES if path.name.startswith(prefix)]


@pytest.mark.parametrize("path", named("event."))
def test_an_event_means_the_same_after_a_round_trip(path: Path) -> None:
    content = read(path)
    event = EVENT.validate_json(path.read_bytes())
    assert json.loads(event.model_dump_json()) == content


@pytest.mark.parametrize("path", named("request."))
def test_a_request_is_understood_as_json_and_as_parsed_json(path: Path) -> None:
    content = read(path)
    shape = REQUESTS[content["kind"]]
    assert shape.model_validate_json(path.read_bytes()) == shape.model_validate(content)


def test_every_type_of_event_and_every_kind_of_request_has_a_golden_file() -> None:
    events = get_args(get_args(Event)[0])
    types = {shape.model_fields["type"].default for shape in events}
    assert {read(path)["type"] for path in FILES if path.name.startswith("event.")} == types
    kinds = {read(path)["kind"] for path in FILES if path.name.startswith("request.")}
    assert kinds == set(REQUESTS)


async def test_the_service_takes_back_every_stage_output_it_ever_sent(settings: Settings) -> None:
    """The finished request holds all stages, rewrite included: nothing is left to do."""
    app: FastAPI = create_app(settings)
    request = read(FOLDER / "request.article-finished.json")
    result = read(FOLDER / "event.result.article.json")
    article = article_of(await run_to_end(app, request))
    assert json.loads(article.model_dump_json()) == result["output"]


@pytest.mark.parametrize("path", named("event."))
def test_a_field_that_nobody_knows_is_refused(path: Path) -> None:
    with pytest.raises(ValueError, match="extra"):
        EVENT.validate_python({**read(path), "surprise": 1})
