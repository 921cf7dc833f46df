"""Background tasks from the command line: `uv run app tasks --help`."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Annotated, TypeVar

import typer
from redis.exceptions import RedisError
from taskiq.exceptions import TaskiqResultTimeoutError

from app.components.worker.broker import ping
from app.components.worker.status import dead_tasks, queue_status
from app.components.worker.status import forget as forget_one
from app.components.worker.status import requeue as requeue_one
from app.core.config import ConfigError
from app.core.redis import close_redis, unreachable

T = TypeVar("T")
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
Ids = Annotated[list[str] | None, typer.Argument(help="Which, as `tasks dead` lists them.")]
All = Annotated[bool, typer.Option("--all", help="All that were laid aside.")]
PATIENCE_SECONDS = 10
tasks_cli = typer.Typer(help="Look after background tasks.", no_args_is_help=True)


@tasks_cli.command()
def status(as_json: AsJson = False) -> None:
    """Say what waits, what runs, and which workers are there."""
    found = _run(queue_status)
    if as_json:
        typer.echo(json.dumps(asdict(found)))
        return
    names = ", ".join(str(worker["name"]) for worker in found.workers)
    typer.echo(f"waiting {found.waiting}, running {found.running}, later {found.later}, dead {found.dead}")
    typer.echo(f"workers: {names}" if names else "No worker is there: start one with `make worker`.")


@tasks_cli.command()
def dead(as_json: AsJson = False) -> None:
    """List the tasks that were laid aside, the oldest first."""
    found = _run(dead_tasks)
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False))
        return
    for one in found:
        typer.echo(f"{one.id}  {one.name}  {json.dumps(one.arguments, ensure_ascii=False)}  {one.why}")


@tasks_cli.command()
def requeue(ids: Ids = None, everything: All = False) -> None:
    """Send tasks again that were laid aside."""
    _each(ids, requeue_one, "Sent again", everything=everything)


@tasks_cli.command()
def forget(ids: Ids = None, everything: All = False) -> None:
    """Throw tasks away that were laid aside."""
    _each(ids, forget_one, "Threw away", everything=everything)


@tasks_cli.command(name="ping")
def send_ping() -> None:
    """Send a task through and wait for its answer."""

    async def send() -> float:
        began = time.monotonic()
        sent = await ping.kiq()
        await sent.wait_result(check_interval=0.01, timeout=PATIENCE_SECONDS)
        return time.monotonic() - began

    try:
        typer.echo(f"A task went through in {_run(send) * 1000:.0f} ms.")
    except TaskiqResultTimeoutError as error:
        raise ConfigError("No worker took the task: start one with `make worker`.") from error


def _each(
    ids: list[str] | None, do: Callable[[str], Awaitable[bool]], done: str, *, everything: bool
) -> None:
    async def work() -> tuple[list[str], list[str]]:
        chosen = [one.id for one in await dead_tasks()] if everything else ids or []
        outcomes = {one: await do(one) for one in chosen}
        return [one for one in chosen if outcomes[one]], [one for one in chosen if not outcomes[one]]

    met, missing = _run(work)
    typer.echo(f"{done} {len(met)} task(s).")
    if missing:
        raise ConfigError(f"There is no such task: {', '.join(missing)}; `app tasks dead` lists them.")


def _run(work: Callable[[], Awaitable[T]]) -> T:
    async def run() -> T:
        try:
            return await work()
        finally:
            await close_redis()

    try:
        return asyncio.run(run())
    except (RedisError, OSError) as error:
        raise ConfigError(unreachable(error)) from error
