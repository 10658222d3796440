"""Signals: the first one lets open streams end, the second ends the wait."""

import signal

import uvicorn

from agent_service.server import Server


def test_the_first_signal_asks_and_the_second_insists() -> None:
    server = Server(uvicorn.Config("unused", log_config=None))
    server.handle_exit(signal.SIGTERM, None)
    assert (server.should_exit, server.force_exit) == (True, False)
    server.handle_exit(signal.SIGTERM, None)
    assert server.force_exit
