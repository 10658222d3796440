"""What is known about one call while its stream runs: enough for the bill at any moment."""

from typing import Any

import httpx2
from anthropic.types import RawMessageStreamEvent

from agent_service.contracts.events import Call

# Far above any article; a stream that goes on is broken.
MOST_CHARACTERS = 400_000


class CallRecord:
    def __init__(self, stage: str, model: str) -> None:
        self._stage = stage
        self._model = model
        self._request_id: str | None = None
        self._message_id: str | None = None
        self._usage: dict[str, Any] | None = None
        self._simulated = False
        self._parts: list[str] = []
        self._characters = 0
        self.stop_reason: str | None = None
        self.ended = False

    @property
    def text(self) -> str:
        return "".join(self._parts)

    @property
    def started(self) -> bool:
        """The provider accepted the request: its answer began."""
        return self._request_id is not None or self._usage is not None

    @property
    def too_long(self) -> bool:
        return self._characters > MOST_CHARACTERS

    def opened(self, headers: httpx2.Headers) -> None:
        self._request_id = headers.get("request-id")
        self._simulated = headers.get("x-simulated") == "true"

    def add(self, event: RawMessageStreamEvent) -> str:
        """Note the event; the answer's new text, empty for most events."""
        if event.type == "message_start":
            self._message_id = event.message.id
            self._model = event.message.model
            self._usage = event.message.usage.to_dict()
        elif event.type == "message_delta":
            self.stop_reason = event.delta.stop_reason
            # Cumulative: later numbers replace earlier ones.
            said = event.usage.to_dict()
            self._usage = {**(self._usage or {}), **_without_none(said)}
        elif event.type == "message_stop":
            self.ended = True
        elif event.type == "content_block_delta" and event.delta.type == "text_delta":
            return self._add_text(event.delta.text)
        return ""

    def _add_text(self, delta: str) -> str:
        text = storable(delta)
        self._parts.append(text)
        self._characters += len(text)
        return text

    def event(self) -> Call:
        outcome = "completed" if self.ended else "interrupted" if self._usage else "unknown"
        return Call.model_validate(
            {
                "stage": self._stage,
                "outcome": outcome,
                "provider_request_id": self._request_id,
                "message_id": self._message_id,
                "model": self._model,
                "usage": self._usage,
                "stop_reason": self.stop_reason,
                "simulated": self._simulated,
            }
        )


def storable(text: str) -> str:
    """Without NUL, which jsonb refuses, and lone surrogates, which UTF-8 does."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def _without_none(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
