"""The worker's process and its commands, as a person starts them."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from app.core.config import ROOT
from app.core.redis import redis


def app(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from app.cli.main import main; main()", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=os.environ)  # noqa: S603, this app


@pytest.fixture
def process(redis_url: str, database_url: str) -> Iterator[subprocess.Popen[str]]:
    """A worker of its own, ready for tasks."""
    assert redis_url
    assert database_url
    command = [sys.executable, "-c", "from app.cli.main import main; main()", "worker"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, env=os.environ) as started:  # noqa: S603, this app
        yield started
        started.kill()


def test_a_worker_takes_a_task_and_stops_when_told(process: subprocess.Popen[str]) -> None:
    answer = app("tasks", "ping")
    assert answer.returncode == 0, answer.stderr
    assert "went through" in answer.stdout
    assert "workers: " in app("tasks", "status").stdout
    process.send_signal(signal.SIGTERM)
    _, log = process.communicate(timeout=20)
    assert process.returncode == 0, log
    assert "Traceback" not in log


def test_status_and_dead_letters_without_a_worker(redis_url: str) -> None:
    assert redis_url
    assert "No worker is there" in app("tasks", "status").stdout
    expected = {"waiting": 0, "running": 0, "later": 0, "dead": 0, "workers": []}
    assert json.loads(app("tasks", "status", "--json").stdout) == expected
    assert json.loads(app("tasks", "dead", "--json").stdout) == []


async def test_dead_letters_are_listed_sent_again_and_thrown_away() -> None:
    for _ in range(2):
        await redis().xadd("tasks:dead", {"data": b"{}", "why": "it broke"})
    listed = app("tasks", "dead")
    assert "it broke" in listed.stdout
    [first, _] = json.loads(app("tasks", "dead", "--json").stdout)
    assert "Threw away 1 task(s)." in app("tasks", "forget", first["id"]).stdout
    missing = app("tasks", "forget", first["id"])
    assert missing.returncode == 1
    assert f"There is no such task: {first['id']}" in missing.stderr
    assert "Threw away 1 task(s)." in app("tasks", "forget", "--all").stdout
    assert "Sent again 0 task(s)." in app("tasks", "requeue", "--all").stdout


def test_commands_say_that_redis_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")
    for command in (["tasks", "status"], ["worker"]):
        answer = app(*command)
        assert answer.returncode == 1
        assert "Redis does not answer at 127.0.0.1:1" in answer.stderr
        assert "Traceback" not in answer.stderr
