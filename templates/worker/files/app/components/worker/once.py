"""Once, though a task may be run twice."""

from datetime import timedelta

from sqlalchemy import CursorResult, delete
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from app.components.worker.settings import WorkerSettings
from app.core.config import settings
from app.core.db import session_scope
from app.core.engine import insert
from app.models.base import utc_now
from app.models.task_key import TaskKey


async def first_time(session: AsyncSession, key: str) -> bool:
    """
    Whether what the key names has not been done yet.

    The note that it is done now stands in the caller's transaction: it is kept with the effect, or undone
    with it. Whoever comes with the same key meanwhile waits for that.
    """
    note = insert(TaskKey).values(key=key, done_at=utc_now()).on_conflict_do_nothing()
    result: CursorResult[tuple[()]] = await (await session.connection()).execute(note)
    return result.rowcount == 1


async def forget_old_keys() -> None:
    """Take away notes of long ago."""
    before = utc_now() - timedelta(days=settings(WorkerSettings).task_key_days)
    async with session_scope() as session:
        connection = await session.connection()
        await connection.execute(delete(TaskKey).where(col(TaskKey.done_at) < before))
