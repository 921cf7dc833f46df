"""Each run once, whichever process it is that has the lead."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from app.components.scheduler import run
from app.components.scheduler.lead import Lead
from app.components.scheduler.runs import Run, begun_and_not_ended, claim, end, forget_old_runs, last_due
from tests.test_scheduler import job

NOW = datetime.now(UTC).replace(microsecond=0)
A_RUN = Run("report", NOW)


async def test_of_many_processes_one_runs_it() -> None:
    assert sorted(await asyncio.gather(*(claim(A_RUN) for _ in range(8)))) == [False] * 7 + [True]
    assert await claim(Run("report", NOW + timedelta(minutes=1)))
    assert await claim(Run("other", NOW))


async def test_a_run_is_open_until_it_has_ended() -> None:
    await claim(A_RUN)
    assert await begun_and_not_ended("report") == [A_RUN]
    await end(A_RUN, "it broke")
    assert await begun_and_not_ended("report") == []
    assert await last_due("report") == NOW
    assert await last_due("other") is None


async def test_old_runs_are_forgotten_but_for_the_last_of_each_job() -> None:
    long_ago = NOW - timedelta(days=40)
    for due in (long_ago, long_ago + timedelta(days=1)):
        await claim(Run("report", due))
    await forget_old_runs()
    assert not await claim(Run("report", long_ago + timedelta(days=1)))
    assert await claim(Run("report", long_ago))


async def test_the_lead_is_one_process_s_until_it_gives_it_up() -> None:
    first, second = Lead(), Lead()
    assert await first.take()
    assert await first.holds()
    assert not await second.take()
    await first.give_up()
    assert await second.take()
    await second.give_up()


async def test_what_was_missed_is_made_up_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    stop = asyncio.Event()
    runs = []
    await claim(Run("missed", NOW - timedelta(seconds=30)))

    async def note() -> None:
        runs.append(1)
        if len(runs) == 2:
            stop.set()

    monkeypatch.setattr(run, "JOBS", [job("missed", note)])
    await asyncio.wait_for(run.work(stop), 20)
    # One for all that was missed, and the next one at its time.
    assert runs == [1, 1]
    assert await begun_and_not_ended("missed") == []
