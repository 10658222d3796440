"""What is asked of the model, ordered so that the stable part comes first and is cached."""

from dataclasses import dataclass

from anthropic import transform_schema
from anthropic.types import OutputConfigParam, TextBlockParam
from anthropic.types.message_create_params import MessageCreateParamsBase
from pydantic import BaseModel


@dataclass(frozen=True)
class Prompt:
    """`context` only grows at its end, so that each stage reads what the last one cached."""

    system: str
    context: tuple[str, ...]
    instruction: str
    max_tokens: int
    # The answer is JSON of this shape, or free text.
    answer: type[BaseModel] | None = None

    def params(self, model: str, task_id: str) -> MessageCreateParamsBase:
        content = [*_context(self.context), _text(self.instruction)]
        params: MessageCreateParamsBase = {
            "model": model,
            "max_tokens": self.max_tokens,
            "system": [_cached(self.system)],
            "messages": [{"role": "user", "content": content}],
            # Lets a call whose reply was lost be found in the provider's records.
            "metadata": {"user_id": task_id},
        }
        if self.answer is not None:
            params["output_config"] = _json_output(self.answer)
        return params


def _context(parts: tuple[str, ...]) -> list[TextBlockParam]:
    """Breakpoints after the first part and after the last; the API allows four in all."""
    last = len(parts) - 1
    return [_cached(part) if at in (0, last) else _text(part) for at, part in enumerate(parts)]


def _text(text: str) -> TextBlockParam:
    return {"type": "text", "text": text}


def _cached(text: str) -> TextBlockParam:
    return {"type": "text", "text": text, "cache_control": {"type": "ephemeral"}}


def _json_output(answer: type[BaseModel]) -> OutputConfigParam:
    return {"format": {"type": "json_schema", "schema": transform_schema(answer)}}
