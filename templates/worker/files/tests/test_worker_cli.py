"""The worker's process and its commands, as a person starts them."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
from typer.testing import CliRunner

from app.cli.tasks import tasks_cli
from app.components.worker.run import run_worker
from app.components.worker.status import dead_tasks
from app.core.config import ROOT, ConfigError
from app.core.redis import close_redis, redis
from tests.conftest import Configure


def tasks(*arguments: str) -> str:
    """What `app tasks …` prints."""
    result = CliRunner().invoke(tasks_cli, arguments)
    if result.exception is not None:
        raise result.exception
    return result.stdout


@pytest.fixture
def process(redis_url: str, database_url: str) -> Iterator[subprocess.Popen[str]]:
    """A worker of its own, ready for tasks."""
    assert redis_url
    assert database_url
    command = [sys.executable, "-c", "from app.cli.main import main; main()", "worker"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, env=os.environ) as started:  # noqa: S603, this app
        assert started.stderr is not None
        for line in started.stderr:
            if "worker_started" in line:
                break
        yield started
        started.kill()


def test_a_worker_takes_a_task_and_stops_when_told(process: subprocess.Popen[str]) -> None:
    assert "went through" in tasks("ping")
    assert "workers: " in tasks("status")
    process.send_signal(signal.SIGTERM)
    _, log = process.communicate(timeout=20)
    assert process.returncode == 0, log
    assert "Traceback" not in log


def test_without_a_worker_nothing_is_counted_and_nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "No worker is there" in tasks("status")
    expected = {"waiting": 0, "running": 0, "later": 0, "dead": 0, "workers": []}
    assert json.loads(tasks("status", "--json")) == expected
    assert json.loads(tasks("dead", "--json")) == []
    monkeypatch.setattr("app.cli.tasks.PATIENCE_SECONDS", 0.1)
    with pytest.raises(ConfigError, match="No worker took the task"):
        tasks("ping")


def test_dead_letters_are_listed_and_thrown_away() -> None:
    async def lay_aside() -> list[str]:
        for _ in range(2):
            await redis().xadd("tasks:dead", {"data": b"{}", "why": "it broke"})
        found = await dead_tasks()
        await close_redis()
        return [one.id for one in found]

    first, _ = asyncio.run(lay_aside())
    assert tasks("dead").count("it broke") == 2
    assert json.loads(tasks("dead", "--json"))[0]["id"] == first
    assert "Threw away 1 task(s)." in tasks("forget", first)
    with pytest.raises(ConfigError, match=f"There is no such task: {first}"):
        tasks("forget", first)
    assert "Threw away 1 task(s)." in tasks("forget", "--all")
    assert "Sent again 0 task(s)." in tasks("requeue", "--all")


def test_worker_and_commands_say_that_redis_is_away(configure: Configure) -> None:
    configure(redis_url="redis://127.0.0.1:1/0")
    with pytest.raises(ConfigError, match=r"Redis does not answer at 127\.0\.0\.1:1"):
        tasks("status")
    with pytest.raises(ConfigError, match=r"Redis does not answer at 127\.0\.0\.1:1"):
        run_worker()
