"""The golden files: made from a real run against the ideal model, read by pytest and by TypeScript.

`python -m tests.golden` writes them anew after a deliberate change of the contract; then format
them with the repository's formatter.
"""

import asyncio
import json
from pathlib import Path
from typing import Any

from agent_service.app import create_app
from agent_service.contracts.events import Call, Event, Failure, Heartbeat, StageCompleted
from tests import ideal_model
from tests.conftest import make_settings
from tests.fake_provider import FakeProvider
from tests.seo.requests import outputs_of, request_body, run_to_end
from tests.seo.samples import paragraph

FOLDER = Path(__file__).parents[2] / "shared/src/contracts/golden/agent"

_WISH = {
    "keyphrase": "cold brew coffee",
    "audience": "People who brew at home",
    "tone": "Calm and exact",
    "language": "en",
    "word_target": 300,
    "notes": "Mention that a jar is enough.",
}
_BAD_META = {"title": "Tea", "description": "Short.", "slug": "tea"}
# The emoji makes JavaScript's offsets differ from Python's.
_BAD_SECTION = "😀 Beans matter. Beans are hard. Beans are old. " + paragraph(120)
_REWRITE = {
    "sections": [{"number": 3, "heading": "The grind", "markdown": paragraph(130)}],
    "meta": ideal_model.META_DRAFT,
}


def write_all() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.json"):
        old.unlink()
    for name, content in asyncio.run(_contents()).items():
        text = json.dumps(content, ensure_ascii=False, indent=2)
        (FOLDER / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")


async def _contents() -> dict[str, Any]:
    with FakeProvider() as provider:
        provider.answer = _answer
        app = create_app(make_settings(provider.url))
        brief = await run_to_end(app, request_body("seo.brief", input=_WISH))
        article = await run_to_end(app, request_body(input=_WISH))
    outputs = outputs_of(article)
    kept = {stage: outputs[stage] for stage in ("brief", "outline", "section.1")}
    return {
        "request.brief": request_body("seo.brief", input=_WISH),
        "request.article": request_body(input=_WISH),
        "request.article-resumed": request_body(input=_WISH, completed_stages=kept),
        "request.article-finished": request_body(input=_WISH, completed_stages=outputs),
        **{f"event.{_name(event)}": _dump(event) for event in [*article[:-1], *_RARE]},
        "event.result.brief": _dump(brief[-1]),
        "event.result.article": _dump(article[-1]),
    }


def _answer(body: dict[str, Any]) -> str:
    """Weak meta data and a dull section, so that the rewrite has something to do."""
    stage = ideal_model.asked_for(body)
    if stage == "section" and "The grind" in ideal_model.instruction(body):
        return _BAD_SECTION
    changed = {"meta": _BAD_META, "rewrite": _REWRITE}
    return json.dumps(changed[stage]) if stage in changed else ideal_model.answer(body)


_RARE: list[Event] = [
    Heartbeat(),
    Call(
        stage="section.2",
        outcome="interrupted",
        provider_request_id="req_8",
        message_id="msg_8",
        model="claude-sonnet-5-5",
        usage={"input_tokens": 10, "output_tokens": 1},
        stop_reason=None,
        simulated=False,
    ),
    Call(
        stage="section.2",
        outcome="unknown",
        provider_request_id=None,
        message_id=None,
        model="claude-sonnet-5-5",
        usage=None,
        stop_reason=None,
        simulated=False,
    ),
    Failure(
        class_="retry",
        code="model_rate_limited",
        message="Claude asks us to slow down.",
        retry_after_seconds=7,
    ),
    Failure(class_="fatal", code="model_refused", message="Claude declined to write this."),
]


def _name(event: Event) -> str:
    """One file per type and variant; of equal names the last one stays."""
    parts = [event.type.replace(".", "-")]
    if isinstance(event, StageCompleted):
        parts.append(event.stage.partition(".")[0])
    elif isinstance(event, Call):
        parts.append(event.outcome)
    elif isinstance(event, Failure):
        parts.append(event.class_)
    return ".".join(parts)


def _dump(event: Event) -> Any:
    return json.loads(event.model_dump_json())


if __name__ == "__main__":
    write_all()
