"""Signals: the first one asks streams to stop between stages, the second ends the wait."""

import signal

import uvicorn

from agent_service.server import Server
from agent_service.shutdown import StopFlag


def test_the_first_signal_asks_and_the_second_insists() -> None:
    stop = StopFlag()
    server = Server(uvicorn.Config("unused", log_config=None), stop)
    server.handle_exit(signal.SIGTERM, None)
    assert (stop.requested, server.should_exit, server.force_exit) == (True, True, False)
    server.handle_exit(signal.SIGTERM, None)
    assert server.force_exit
