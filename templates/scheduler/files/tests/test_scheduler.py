"""Jobs: when they are due, and what becomes of them."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from typer.testing import CliRunner

from app.cli import jobs
from app.components.scheduler import run
from app.components.scheduler.job import Job, at, every
from app.core.config import ConfigError
from tests.conftest import Configure

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Direct(Job):
    """A job that is done where it is due, however jobs are done otherwise."""

    async def run(self, due: datetime) -> None:
        assert due.tzinfo is UTC
        await cast(Callable[[], Awaitable[None]], self.do)()


def job(name: str, do: Callable[[], Awaitable[None]]) -> Job:
    return Direct(name, every(seconds=1), cast(Any, do))


async def nothing() -> None:
    """Does just that."""


def test_times_are_utc_and_the_same_whenever_one_asks() -> None:
    nightly = Job("night", at("30 3 * * *"), cast(Any, nothing))
    night = datetime(2026, 3, 5, 3, 30, tzinfo=UTC)
    assert nightly.next_after(NOON) == night
    assert nightly.next_after(night) == night + timedelta(days=1)
    with pytest.raises(ValueError, match="say mon-fri"):
        at("0 9 * * 1")
    often = Job("often", every(minutes=5), cast(Any, nothing))
    for seconds in (0, 1, 299):
        assert often.next_after(NOON + timedelta(seconds=seconds)) == NOON + timedelta(minutes=5)


async def test_a_job_is_run_when_due_and_again_after_it_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    stop, began = asyncio.Event(), datetime.now(UTC)
    runs: list[datetime] = []

    async def fails() -> None:
        runs.append(datetime.now(UTC))
        if len(runs) == 2:
            stop.set()
        raise ValueError("as it must")

    monkeypatch.setattr(run, "JOBS", [job("fails", fails)])
    await asyncio.wait_for(run.work(stop), 20)
    assert len(runs) == 2
    assert began.replace(microsecond=0) < runs[0] < runs[1]


async def test_an_error_beside_a_job_costs_it_a_while_and_not_its_life(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stop, tries = asyncio.Event(), []

    async def break_down(*_: object) -> None:
        tries.append(1)
        if len(tries) >= 2:
            stop.set()
        raise OSError("the database is away")

    monkeypatch.setattr(run, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(run, "_follow_while_well", break_down)
    monkeypatch.setattr(run, "JOBS", [job("unlucky", nothing)])
    await asyncio.wait_for(run.work(stop), 20)
    assert len(tries) >= 2


async def test_what_runs_too_long_is_broken_off(
    monkeypatch: pytest.MonkeyPatch, configure: Configure
) -> None:
    configure(scheduler_grace_seconds=0.05)
    stop, ends = asyncio.Event(), []

    async def lasts() -> None:
        stop.set()
        try:
            await asyncio.sleep(60)
        finally:
            ends.append(1)

    monkeypatch.setattr(run, "JOBS", [job("lasts", lasts)])
    await asyncio.wait_for(run.work(stop), 20)
    assert ends == [1]


async def test_without_jobs_it_waits_to_be_stopped() -> None:
    stop = asyncio.Event()
    working = asyncio.create_task(run.work(stop))
    await asyncio.sleep(0.05)
    assert not working.done()
    stop.set()
    await asyncio.wait_for(working, 20)


def test_jobs_are_listed_and_run_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "There are no jobs" in CliRunner().invoke(jobs.jobs_cli, ["list"]).stdout
    ran = []

    async def note() -> None:
        ran.append(1)

    monkeypatch.setattr(jobs, "JOBS", [job("note", note)])
    assert "UTC  note" in CliRunner().invoke(jobs.jobs_cli, ["list"]).stdout
    assert CliRunner().invoke(jobs.jobs_cli, ["run", "note"]).stdout == "note is done.\n"
    assert ran == [1]
    missing = CliRunner().invoke(jobs.jobs_cli, ["run", "nothing"])
    assert isinstance(missing.exception, ConfigError)
