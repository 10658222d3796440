"""The real process: started, answering, stopped by signal."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest

from tests.fake_provider import FakeProvider

ROOT = Path(__file__).parent.parent
TOKEN = "process-test-token-" + "y" * 32

Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start() -> Iterator[Start]:
    running: list[subprocess.Popen[str]] = []

    def run(**environment: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "agent_service"],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        return process

    yield run
    for process in running:
        process.kill()
        process.communicate()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_the_service_answers_then_stops_cleanly_on_sigterm_with_json_lines_only(
    start: Start, provider: FakeProvider
) -> None:
    port = free_port()
    process = start(
        AGENT_SERVICE_TOKEN=TOKEN, AGENT_PORT=str(port), AGENT_ANTHROPIC_BASE_URL=provider.url
    )
    assert process.stdout is not None
    lines = [json.loads(process.stdout.readline())]
    while "running on" not in lines[-1]["msg"]:
        lines.append(json.loads(process.stdout.readline()))

    base = f"http://127.0.0.1:{port}"
    assert httpx2.get(f"{base}/health").json()["status"] == "ok"
    assert httpx2.get(f"{base}/ready").json()["status"] == "ready"
    answer = httpx2.get(f"{base}/nowhere", headers={"authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 404

    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=10)
    assert process.returncode == 0
    assert err == ""
    said = [json.loads(line) for line in out.splitlines()]
    assert any(line.get("path") == "/nowhere" and line["status"] == 404 for line in said)
    assert TOKEN not in out


def test_a_bad_environment_stops_the_boot_with_one_sentence(start: Start) -> None:
    process = start(AGENT_SERVICE_TOKEN="too-short")
    out, err = process.communicate(timeout=10)
    assert process.returncode == 2
    assert out == ""
    assert err.startswith("agent-service can't start: AGENT_SERVICE_TOKEN is not valid")
    assert err.count("\n") == 1


def test_a_taken_port_ends_the_process_with_an_error(start: Start, provider: FakeProvider) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = start(
            AGENT_SERVICE_TOKEN=TOKEN,
            AGENT_PORT=str(taken.getsockname()[1]),
            AGENT_ANTHROPIC_BASE_URL=provider.url,
        )
        out, _ = process.communicate(timeout=10)
    assert process.returncode != 0
    assert "address already in use" in out
