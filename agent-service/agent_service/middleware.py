"""What every request passes, outermost first: context, authentication, then the body's size.

Plain ASGI, because Starlette's BaseHTTPMiddleware hides a client's disconnect from streams.
"""

import hashlib
import hmac
import logging
import re
import time
import uuid

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from agent_service.logs import request_id_var
from agent_service.problems import Problem, internal_error

log = logging.getLogger("agent_service.requests")

# Printable and short: an id goes into headers and log lines.
_REQUEST_ID = re.compile(r"[A-Za-z0-9._:-]{1,128}")

# A 3,000-word article with everything its stages said is about 200 kB.
MOST_BODY_BYTES = 2 * 1024 * 1024

PUBLIC_PATHS = frozenset({"/health", "/ready"})


class RequestContext:
    """Gives a request its id, writes its one log line, and turns a crash into a clean 500."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = accepted_request_id(Headers(scope=scope).get("x-request-id"))
        reset = request_id_var.set(request_id)
        try:
            await self._handle(scope, receive, send, request_id)
        finally:
            request_id_var.reset(reset)

    async def _handle(self, scope: Scope, receive: Receive, send: Send, request_id: str) -> None:
        started = time.perf_counter()
        status: int | None = None

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["x-request-id"] = request_id
            await send(message)

        try:
            await self._app(scope, receive, send_with_id)
        except Exception as error:  # noqa: BLE001 - the last place that can answer
            problem = internal_error(error)
            # Half an answer can't be taken back: returning now makes the server cut the connection.
            if status is None:
                await problem(scope, receive, send_with_id)
        finally:
            fields = {
                "method": scope["method"],
                "path": scope["path"],
                "status": status,
                "duration_ms": round((time.perf_counter() - started) * 1000, 1),
            }
            quiet = scope["path"] in PUBLIC_PATHS
            log.log(logging.DEBUG if quiet else logging.INFO, "request", extra=fields)


class ServiceTokenRequired:
    """Everything but the probes needs the token, unknown addresses too: strangers learn nothing."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app = app
        self._digest = _digest(token.encode())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in PUBLIC_PATHS or self._allowed(scope):
            await self._app(scope, receive, send)
            return
        detail = "This address needs the service token as a bearer token."
        headers = {"www-authenticate": "Bearer"}
        await Problem(401, "unauthenticated", detail, headers=headers)(scope, receive, send)

    def _allowed(self, scope: Scope) -> bool:
        scheme, _, token = Headers(scope=scope).get("authorization", "").partition(" ")
        # Digests have one length, so the comparison tells nothing about the token's.
        presented = _digest(token.encode())
        return hmac.compare_digest(presented, self._digest) and scheme.lower() == "bearer"


class BodyLimit:
    """Refuses bodies above the limit, whether they announce their length or not."""

    def __init__(self, app: ASGIApp, most_bytes: int = MOST_BODY_BYTES) -> None:
        self._app = app
        self._most_bytes = most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isdigit() and int(announced) > self._most_bytes:
            await Problem(413, "body_too_large", "The body is too large.")(scope, receive, send)
            return
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._most_bytes:
                raise HTTPException(413)
            return message

        await self._app(scope, counted, send)


def accepted_request_id(offered: str | None) -> str:
    """The caller's id if it is harmless, else a new one."""
    return offered if offered and _REQUEST_ID.fullmatch(offered) else uuid.uuid4().hex


def _digest(value: bytes) -> bytes:
    return hashlib.sha256(value).digest()
