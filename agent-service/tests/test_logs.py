"""Log lines are JSON, carry the request id, and never a secret."""

import json
import logging
import sys
from typing import Any

import pytest

from agent_service.logs import REDACTED, JsonFormatter, Redactor, request_id_var

SECRET = "very-secret-service-token-0123456789"


def line(msg: str, *args: object, **fields: Any) -> dict[str, Any]:
    record = logging.LogRecord("test", logging.INFO, __file__, 1, msg, args, None)
    vars(record).update(fields)
    text = JsonFormatter(Redactor((SECRET,))).format(record)
    assert "\n" not in text
    parsed: dict[str, Any] = json.loads(text)
    return parsed


def test_a_line_has_time_level_logger_and_message() -> None:
    said = line("hello %s", "there")
    assert said["level"] == "info"
    assert said["logger"] == "test"
    assert said["msg"] == "hello there"
    assert said["time"].endswith("+00:00")


def test_a_line_carries_the_request_id_while_there_is_one() -> None:
    assert "request_id" not in line("outside")
    reset = request_id_var.set("abc")
    try:
        assert line("inside")["request_id"] == "abc"
    finally:
        request_id_var.reset(reset)


@pytest.mark.parametrize(
    "text",
    [
        f"token is {SECRET}!",
        "authorization: Bearer abc.def",
        "authorization: bearer abc.def",
        "key sk-ant-api03-abc.def",
    ],
)
def test_secrets_are_removed_from_messages_fields_and_nested_values(text: str) -> None:
    said = json.dumps(line(text, note=text, nested={"deep": [text, (text,)]}))
    assert SECRET not in said
    assert "abc" not in said
    assert said.count(REDACTED) == 4


@pytest.mark.parametrize("name", ["authorization", "api_key", "x-api-key", "password", "Cookie"])
def test_fields_named_like_secrets_are_removed_whatever_they_hold(name: str) -> None:
    said = line("hello", headers={name: "plain"}, **{name: "plain"})
    assert said[name] == said["headers"][name] == REDACTED


def test_token_counts_are_not_mistaken_for_secrets() -> None:
    assert line("call", input_tokens=12, max_tokens=100)["input_tokens"] == 12


def test_secrets_are_removed_from_exceptions() -> None:
    try:
        raise ValueError(f"bad {SECRET}")
    except ValueError:
        said = line("failed", exc_info=sys.exc_info())
    assert "ValueError" in said["exception"]
    assert SECRET not in said["exception"]
