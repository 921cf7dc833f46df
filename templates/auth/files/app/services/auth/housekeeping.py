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
# Ended sessions stay for a day, so that a token stolen from one is still told from an unknown one.
KEPT = timedelta(days=1)
_log = get_logger("app.auth")


async def sweep(session: AsyncSession) -> None:
    """Deletes what has run out. Refresh tokens go with their session; events stay."""
    now = utc_now()
    gone = or_(col(AuthSession.expires_at) < now - KEPT, col(AuthSession.ended_at) < now - KEPT)
    await session.exec(delete(AuthSession).where(gone))
    await session.exec(delete(SignInTicket).where(col(SignInTicket.expires_at) < now))
    await session.exec(delete(AuthLimit).where(col(AuthLimit.forget_at) < now))


@asynccontextmanager
async def auth_lifespan(_app: FastAPI) -> AsyncIterator[None]:
    """Sweeps at the start and every hour while the app runs."""
    sweeper = asyncio.create_task(_sweep_forever())
    try:
        yield
    finally:
        sweeper.cancel()
        with suppress(asyncio.CancelledError):
            await sweeper


async def _sweep_forever() -> None:
    while True:
        try:
            async with session_scope() as session:
                await sweep(session)
        except (SQLAlchemyError, OSError):
            # The next round does it; readiness tells about the database.
            _log.exception("sweep_failed")
        await asyncio.sleep(EVERY.total_seconds())
