"""RFC 9457 problem details: the only shape of an error answer."""

import logging
import uuid
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

from agent_service.logs import request_id_var

log = logging.getLogger("agent_service.problems")

# The codes are those of the TypeScript side where it has the same case.
_SAID = {
    400: ("invalid_json", "The body could not be read as JSON."),
    404: ("not_found", "There is nothing at this address."),
    405: ("method_not_allowed", "This address does not take that method."),
    413: ("body_too_large", "The body is too large."),
}


class Problem(JSONResponse):
    """`type` stays about:blank: `code` is what programs switch on, `detail` is for people."""

    media_type = "application/problem+json"

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        **extra: object,
    ) -> None:
        body = {
            "type": "about:blank",
            "title": HTTPStatus(status).phrase,
            "status": status,
            "code": code,
            "detail": detail,
            "request_id": request_id_var.get(),
            **extra,
        }
        super().__init__(body, status_code=status, headers=dict(headers or {}))


def internal_error(error: Exception) -> Problem:
    """A clean 500 whose error id finds the log line; the cause stays in the log."""
    error_id = uuid.uuid4().hex
    log.error("request failed", extra={"error_id": error_id}, exc_info=error)
    detail = "Something failed on our side; the error id finds it in the log."
    return Problem(500, "internal", detail, error_id=error_id)


def install_problem_handlers(app: FastAPI) -> None:
    app.add_exception_handler(HTTPException, _http_problem)
    app.add_exception_handler(RequestValidationError, _validation_problem)


async def _http_problem(_request: Request, error: Exception) -> Problem:
    if not isinstance(error, HTTPException):
        return internal_error(error)
    if error.status_code >= 500:
        return internal_error(error)
    code, detail = _SAID.get(error.status_code, ("invalid_request", "The request is not valid."))
    return Problem(error.status_code, code, detail, headers=error.headers)


async def _validation_problem(_request: Request, error: Exception) -> Problem:
    if not isinstance(error, RequestValidationError):
        return internal_error(error)
    errors = [
        {"field": field_name(item["loc"]), "message": item["msg"].removeprefix("Value error, ")}
        for item in error.errors()
    ]
    first = errors[0]
    detail = f"{first['field']}: {first['message']}."
    return Problem(422, "invalid_request", detail, errors=errors)


def field_name(location: Sequence[Any]) -> str:
    """('body', 'input', 'keyphrase') reads `input.keyphrase`; an empty place is the body itself."""
    parts = [str(part) for part in location if part != "body"]
    return ".".join(parts) or "body"
