"""Which runs of which job have been: what makes each of them once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import CursorResult, delete, exists, func, update
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from app.components.scheduler.settings import SchedulerSettings
from app.core.config import settings
from app.core.db import session_scope
from app.core.engine import insert
from app.models.base import utc_now
from app.models.job_run import JobRun


@dataclass(frozen=True)
class Run:
    """One run: a job, and the moment it is due."""

    job: str
    due: datetime


async def claim(run: Run) -> bool:
    """Note that this process runs it; False when another one did."""
    async with session_scope() as session:
        note = insert(JobRun).values(job=run.job, due=run.due, begun_at=utc_now()).on_conflict_do_nothing()
        result: CursorResult[tuple[()]] = await (await session.connection()).execute(note)
    return result.rowcount == 1


async def end(run: Run, error: str | None = None) -> None:
    """Note that it is over, and what went wrong."""
    values = {"ended_at": utc_now(), "error": error and error[:1000]}
    this = (col(JobRun.job) == run.job, col(JobRun.due) == run.due)
    async with session_scope() as session:
        await (await session.connection()).execute(update(JobRun).where(*this).values(values))


async def last_due(job: str) -> datetime | None:
    """The latest moment a job was run for."""
    async with session_scope() as session:
        return (await session.exec(select(func.max(JobRun.due)).where(JobRun.job == job))).one()


async def begun_and_not_ended(job: str) -> list[Run]:
    """What a process before this one began and did not live to end."""
    open_runs = select(JobRun.due).where(JobRun.job == job, col(JobRun.ended_at).is_(None))
    async with session_scope() as session:
        return [Run(job, due) for due in await session.exec(open_runs)]


async def forget_old_runs() -> None:
    """Take away notes of long ago; the last run of each job stays, for what comes after it."""
    before = utc_now() - timedelta(days=settings(SchedulerSettings).job_run_days)
    newer = aliased(JobRun)
    has_newer = exists().where(col(newer.job) == JobRun.job, col(newer.due) > JobRun.due)
    async with session_scope() as session:
        await (await session.connection()).execute(delete(JobRun).where(col(JobRun.due) < before, has_newer))
