"""Background tasks: how they are sent and run, and what becomes of those that fail."""

import asyncio

import pytest
from taskiq import BrokerMessage

from app.components.worker import queue as queues
from app.components.worker.broker import find_tasks, ping, queue, task
from app.components.worker.queue import HeldMessage
from app.components.worker.results import TaskFailedError
from app.components.worker.retries import LONGEST_WAIT_SECONDS, PermanentError, wait_seconds
from app.components.worker.run import LettingGo
from app.components.worker.status import dead_tasks, forget, queue_status, requeue
from app.components.worker.stream import GROUP, WAITING, open_stream, renew, take_over, tasks_in
from app.core.redis import redis
from tests.conftest import Configure
from tests.plugins.worker import Worker, outcome, until


async def is_idle() -> bool:
    status = await queue_status()
    return (status.waiting, status.running, status.later) == (0, 0, 0)


async def test_a_task_is_run_and_what_it_comes_to_can_be_had(worker: Worker) -> None:
    sent_before = await ping.kiq()
    async with worker():
        assert (await outcome(sent_before)).return_value == "pong"
        await until(is_idle)
    assert await redis().xlen(WAITING) == 0


async def test_arguments_arrive_as_the_types_they_are(worker: Worker) -> None:
    seen: list[tuple[int, list[str], bool]] = []

    @task()
    async def note(count: int, words: list[str], *, loud: bool = False) -> None:
        seen.append((count, words, loud))

    async with worker():
        sent = await note.kiq(3, ["a", "é"], loud=True)
        await outcome(sent)
    assert seen == [(3, ["a", "é"], True)]


async def test_a_failure_is_tried_again_and_only_the_last_one_told(worker: Worker) -> None:
    tries = []

    @task(retries=2, first_wait=0.02)
    async def fails_twice() -> int:
        tries.append(1)
        if len(tries) < 3:
            raise ConnectionError("not yet")
        return len(tries)

    async with worker():
        sent = await fails_twice.kiq()
        assert (await outcome(sent)).return_value == 3
    assert await dead_tasks() == []


async def test_what_fails_to_the_last_is_laid_aside_and_can_be_sent_again(worker: Worker) -> None:
    broken = True

    @task(retries=1, first_wait=0.02)
    async def fails(who: str) -> str:
        if broken:
            raise ValueError(f"no {who}")
        return who

    async with worker():
        sent = await fails.kiq(who="ada")
        result = await outcome(sent)
        with pytest.raises(TaskFailedError, match="ValueError: no ada"):
            result.raise_for_error()
        await until(is_idle)
        [dead] = await dead_tasks()
        assert (dead.arguments, dead.why) == ({"args": [], "kwargs": {"who": "ada"}}, "ValueError: no ada")

        broken = False
        await redis().delete(f"tasks:result:{sent.task_id}")
        assert await requeue(dead.id)
        assert (await outcome(sent)).return_value == "ada"
    assert await dead_tasks() == []
    assert not await requeue(dead.id)


async def test_a_failure_for_good_is_not_tried_again(worker: Worker) -> None:
    tries = []

    @task(retries=5)
    async def hopeless() -> None:
        tries.append(1)
        raise PermanentError("there is no such customer")

    async with worker():
        await outcome(await hopeless.kiq())
    assert len(tries) == 1
    [dead] = await dead_tasks()
    assert await forget(dead.id)
    assert not await forget(dead.id)


async def test_a_task_that_takes_too_long_is_stopped(worker: Worker) -> None:
    @task(retries=0, time_limit=0.05)
    async def lasts() -> None:
        await asyncio.sleep(60)

    async with worker():
        result = await outcome(await lasts.kiq())
    assert isinstance(result.error, TaskFailedError)
    assert "TimeoutError" in str(result.error)


async def has_dead_tasks() -> bool:
    return bool(await dead_tasks())


async def test_what_is_no_task_is_laid_aside_and_cannot_be_sent_again(worker: Worker) -> None:
    await queue.kick(BrokerMessage(task_id="x", task_name="x", message=b"\xff not a message", labels={}))
    async with worker():
        await until(has_dead_tasks)
    [dead] = await dead_tasks()
    assert "no task of that name" in dead.why
    assert await redis().xlen(WAITING) == 0
    assert [await requeue(one) for one in (dead.id, "no id", "99-1")] == [False] * 3


async def test_an_unknown_task_waits_for_a_worker_that_knows_it(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    @task()
    async def newer() -> None: ...

    await newer.kiq()
    queue.local_task_registry.pop(newer.task_name)

    async def is_put_off() -> bool:
        return (await queue_status()).later == 1

    async with worker():
        await until(is_put_off)
    assert await dead_tasks() == []
    monkeypatch.setattr(queues, "STRANGE_TIMES", 0)
    await newer.kiq()
    async with worker():
        await until(has_dead_tasks)


async def test_what_is_sent_again_is_what_was_sent(worker: Worker) -> None:
    seen: list[list[int]] = []

    @task(retries=1, first_wait=0.02)
    async def uses_up(items: list[int]) -> None:
        seen.append(list(items))
        items.clear()
        if len(seen) == 1:
            raise ConnectionError

    async with worker():
        await outcome(await uses_up.kiq([1, 2, 3]))
    assert seen == [[1, 2, 3]] * 2


async def test_what_cannot_be_acknowledged_is_let_go_of() -> None:
    async def fails() -> None:
        raise ConnectionError("Redis is away")

    queue.held.add(b"1-1")
    data = queue.formatter.dumps(ping.kicker()._prepare_message()).message  # noqa: SLF001, as it is sent
    with pytest.raises(ConnectionError):
        await LettingGo(queue, max_async_tasks=1).callback(HeldMessage(data=data, ack=fails, entry=b"1-1"))
    assert queue.held == set()


async def test_a_task_behind_many_that_are_worked_on_is_taken_over() -> None:
    await open_stream()
    for _ in range(25):
        await ping.kiq()
        await redis().xreadgroup(GROUP, "alive", {WAITING: ">"}, count=1)
    await ping.kiq()
    await redis().xreadgroup(GROUP, "killed", {WAITING: ">"}, count=1)
    await asyncio.sleep(0.1)
    *entries, last = [entry for entry, _ in tasks_in(await redis().xrange(WAITING))]
    await renew("alive", entries)
    # What is not one's own is not renewed, or it would be taken back.
    await renew("alive", [last])
    found = await take_over("new", 0.1, set())
    assert found is not None
    assert found[0][0] == last
    assert await take_over("new", 0.1, {last}) is None


async def test_what_a_dead_worker_held_is_taken_over(worker: Worker, configure: Configure) -> None:
    configure(task_lease_seconds=0.2)
    sent = await ping.kiq()
    await _take_and_die("killed")
    async with worker():
        assert (await outcome(sent)).return_value == "pong"


async def test_what_takes_its_workers_down_is_laid_aside(worker: Worker, configure: Configure) -> None:
    configure(task_lease_seconds=0.05, task_deliveries=2)
    await ping.kiq()
    await _take_and_die("first")
    for name in ("second", "third"):
        await asyncio.sleep(0.06)
        await redis().xautoclaim(WAITING, "workers", name, 50)
    await asyncio.sleep(0.06)

    async with worker():
        await until(has_dead_tasks)
    assert "did not live" in (await dead_tasks())[0].why


async def _take_and_die(name: str) -> None:
    await open_stream()
    assert await redis().xreadgroup("workers", name, {WAITING: ">"}, count=1)


async def test_what_does_not_end_in_time_is_handed_back(worker: Worker, configure: Configure) -> None:
    configure(worker_grace_seconds=0.05)
    began = asyncio.Event()

    @task()
    async def lasts() -> None:
        began.set()
        await asyncio.sleep(60)

    async with worker():
        await lasts.kiq()
        await began.wait()
    status = await queue_status()
    assert (status.waiting, status.running) == (1, 0)


async def test_a_lease_is_renewed_while_the_task_runs(worker: Worker, configure: Configure) -> None:
    configure(task_lease_seconds=0.1)
    runs = []

    @task()
    async def lasts() -> None:
        runs.append(1)
        await asyncio.sleep(0.5)

    async with worker():
        sent = await lasts.kiq()
        await asyncio.sleep(0.3)
        answer = await redis().xautoclaim(WAITING, "workers", "another", 100)
        assert answer[1] == []
        assert (await queue_status()).workers[0]["running"] == 1
        await outcome(sent)
    assert runs == [1]


async def test_a_worker_outlives_a_redis_that_forgets_everything(worker: Worker) -> None:
    async with worker():
        assert (await outcome(await ping.kiq())).return_value == "pong"
        await redis().flushdb()
        assert (await outcome(await ping.kiq())).return_value == "pong"


def test_each_wait_is_about_twice_as_long_up_to_an_hour() -> None:
    for tried, longest in [(1, 5), (2, 10), (3, 20), (30, LONGEST_WAIT_SECONDS)]:
        assert longest / 2 <= wait_seconds(5, tried) <= longest


def test_tasks_of_services_are_found() -> None:
    find_tasks()
    assert ping.task_name in queue.get_all_tasks()
