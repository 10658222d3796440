"""One JSON object per line on stdout, with the request's id and without secrets."""

import json
import logging
import re
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Final

REDACTED: Final = "[redacted]"

request_id_var: ContextVar[str | None] = ContextVar("request_id", default=None)

_SECRET_NAME = re.compile(r"authorization|api[-_]?key|token$|password|secret|cookie", re.IGNORECASE)
_SECRET_SHAPE = re.compile(r"(?i:bearer)\s+[^\s\"',;]+|sk-ant-[A-Za-z0-9_-]+")
# What every LogRecord has; the rest came in by `extra`.
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "color_message"}


class Redactor:
    """Removes known secret values, things shaped like secrets, and fields named like secrets."""

    def __init__(self, secrets: tuple[str, ...]) -> None:
        # Longest first, so that a secret containing another is not left half-visible.
        self._secrets = sorted(filter(None, secrets), key=len, reverse=True)

    def text(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, REDACTED)
        return _SECRET_SHAPE.sub(REDACTED, text)

    def value(self, value: object) -> object:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {str(key): self.field(str(key), item) for key, item in value.items()}
        if isinstance(value, list | tuple | set | frozenset):
            return [self.value(item) for item in value]
        if value is None or isinstance(value, bool | int | float):
            return value
        return self.text(str(value))

    def field(self, name: str, value: object) -> object:
        return REDACTED if _SECRET_NAME.search(name) else self.value(value)


class JsonFormatter(logging.Formatter):
    """Formats a record as one line; `extra` fields keep their names."""

    def __init__(self, redactor: Redactor) -> None:
        super().__init__()
        self._redactor = redactor

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "msg": self._redactor.text(record.getMessage()),
        }
        if (request_id := request_id_var.get()) is not None:
            line["request_id"] = request_id
        for name, value in vars(record).items():
            if name not in _STANDARD:
                line[name] = self._redactor.field(name, value)
        if record.exc_info:
            line["exception"] = self._redactor.text(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)


def configure_logging(level: str, secrets: tuple[str, ...]) -> None:
    """Send everything, uvicorn's lines too, to stdout in one shape."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonFormatter(Redactor(secrets)))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for name in ("httpx2", "httpcore2", "anthropic"):
        # Their info lines repeat URLs and, at debug, bodies: a customer's text.
        logging.getLogger(name).setLevel(logging.WARNING)
