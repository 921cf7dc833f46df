"""Sweeps out rows that no request can need any more."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

from fastapi import FastAPI
from sqlalchemy import delete, or_
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.db import session_scope
from app.core.logging import get_logger
from app.models.auth_record import AuthLimit
from app.models.auth_session import AuthSession, SignInTicket
from app.models.base import utc_now

EVERY = timedelta(hours=1)
# Long after anything could still be at work on them, so that nobody waits for a sweep's locks.
KEPT = timedelta(days=1)
_log = get_logger("app.auth")


async def sweep(session: AsyncSession) -> None:
    """Deletes what has run out. Refresh tokens go with their session; events stay."""
    before = utc_now() - KEPT
    over = or_(col(AuthSession.expires_at) < before, col(AuthSession.ended_at) < before)
    await session.exec(delete(AuthSession).where(over))
    await session.exec(delete(SignInTicket).where(col(SignInTicket.expires_at) < before))
    await session.exec(delete(AuthLimit).where(col(AuthLimit.forget_at) < before))


@asynccontextmanager
async def auth_lifespan(_app: FastAPI) -> AsyncIterator[None]:
    """Sweeps at the start and every hour while the app runs."""
    stopping = asyncio.Event()
    sweeper = asyncio.create_task(_sweep_until(stopping))
    try:
        yield
    finally:
        # Not cancelled: that would break a statement off and leave its connection behind.
        stopping.set()
        await sweeper


async def _sweep_until(stopping: asyncio.Event) -> None:
    while not stopping.is_set():
        try:
            async with session_scope() as session:
                await sweep(session)
        except (SQLAlchemyError, OSError):
            # The next round does it; readiness tells about the database.
            _log.exception("sweep_failed")
        with suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), EVERY.total_seconds())
