"""A model provider small enough to hold in the head: streams answers, and breaks when told to."""

import json
import socket
import struct
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal, Self

from tests.ideal_model import answer

Body = dict[str, Any]
# What a client sees first of every answer.
USAGE = {"input_tokens": 10, "cache_read_input_tokens": 5, "output_tokens": 1}


@dataclass(frozen=True)
class Fault:
    """One call goes wrong. `after` counts the events that still get through."""

    kind: Literal["status", "silent", "stall", "cut", "early_end", "error_event", "garbage", "stop"]
    after: int = 0
    status: int = 500
    headers: dict[str, str] = field(default_factory=dict)
    error: Body = field(default_factory=lambda: {"type": "api_error", "message": "secret cause"})
    stop_reason: str = "max_tokens"


class FakeProvider:
    """A real socket, so that the service's own HTTP client is what is tested."""

    def __init__(self) -> None:
        self.status = 404
        self.silent = False
        self.requests: list[str] = []
        self.calls: list[Body] = []
        self.faults: deque[Fault] = deque()
        self.answer: Callable[[Body], str] = answer
        self.client_gone = threading.Event()
        self.waiting = threading.Event()
        self.released = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.released.set()
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                provider.requests.append(self.path)
                if provider.silent:
                    provider.released.wait()
                    return
                self.send_response(provider.status)
                self.send_header("content-length", "0")
                self.end_headers()

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                provider.calls.append(body)
                fault = provider.faults.popleft() if provider.faults else None
                try:
                    _Reply(provider, self, body, fault).send()
                except ConnectionError:
                    provider.client_gone.set()

            def log_message(self, *_: object) -> None:
                """Tests read the service's output; the fake stays quiet."""

        return Handler


class _Reply:
    def __init__(
        self,
        provider: FakeProvider,
        handler: BaseHTTPRequestHandler,
        body: Body,
        fault: Fault | None,
    ) -> None:
        self._provider = provider
        self._handler = handler
        self._body = body
        self._fault = fault

    def send(self) -> None:
        fault = self._fault
        if fault is not None and fault.kind == "status":
            self._send_status(fault)
            return
        if fault is not None and fault.kind == "silent":
            self._wait_for_the_client()
            return
        self._handler.send_response(200)
        self._handler.send_header("content-type", "text/event-stream")
        self._handler.send_header("request-id", f"req_{len(self._provider.calls)}")
        self._handler.send_header("x-simulated", "true")
        self._handler.end_headers()
        stop_reason = fault.stop_reason if fault and fault.kind == "stop" else "end_turn"
        for index, event in enumerate(self._events(stop_reason)):
            if fault is not None and fault.kind != "stop" and index == fault.after:
                self._break(fault)
                return
            self._event(event)

    def _send_status(self, fault: Fault) -> None:
        text = json.dumps({"type": "error", "error": fault.error}).encode()
        self._handler.send_response(fault.status)
        for name, value in {**fault.headers, "content-type": "application/json"}.items():
            self._handler.send_header(name, value)
        self._handler.send_header("content-length", str(len(text)))
        self._handler.end_headers()
        self._handler.wfile.write(text)

    def _break(self, fault: Fault) -> None:
        if fault.kind == "stall":
            self._wait_for_the_client()
        elif fault.kind == "error_event":
            self._event({"type": "error", "error": fault.error})
        elif fault.kind == "garbage":
            self._handler.wfile.write(b"event: message_delta\ndata: {nope\n\n")
        elif fault.kind == "cut":
            # Close with a reset instead of a clean end.
            linger = struct.pack("ii", 1, 0)
            self._handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self._handler.connection.close()

    def _wait_for_the_client(self) -> None:
        """Until the client hangs up, cleanly or not."""
        self._provider.waiting.set()
        with suppress(ConnectionError):
            self._handler.connection.recv(1)
        self._provider.client_gone.set()

    def _event(self, event: Body) -> None:
        text = f"event: {event['type']}\ndata: {json.dumps(event)}\n\n"
        self._handler.wfile.write(text.encode())

    def _events(self, stop_reason: str) -> Iterator[Body]:
        text = self._provider.answer(self._body)
        number = len(self._provider.calls)
        message = {
            "id": f"msg_{number}",
            "type": "message",
            "role": "assistant",
            "model": self._body["model"],
            "content": [],
            "stop_reason": None,
            "stop_sequence": None,
            "usage": USAGE,
        }
        yield {"type": "message_start", "message": message}
        empty = {"type": "text", "text": ""}
        yield {"type": "content_block_start", "index": 0, "content_block": empty}
        half = len(text) // 2
        for part in (text[:half], text[half:]):
            delta = {"type": "text_delta", "text": part}
            yield {"type": "content_block_delta", "index": 0, "delta": delta}
        yield {"type": "content_block_stop", "index": 0}
        ending = {"stop_reason": stop_reason, "stop_sequence": None}
        yield {"type": "message_delta", "delta": ending, "usage": {"output_tokens": 20}}
        yield {"type": "message_stop"}
