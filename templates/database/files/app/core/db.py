"""The database: one engine a process, one transaction a request."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Annotated, TypeVar

from fastapi import Depends, FastAPI
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.engine import make_engine

T = TypeVar("T")
_engines: list[AsyncEngine] = []


def engine() -> AsyncEngine:
    """The engine of this process, made when first needed."""
    if not _engines:
        _engines.append(make_engine())
    return _engines[0]


async def dispose() -> None:
    """Close all connections; the next use opens new ones."""
    while _engines:
        await _engines.pop().dispose()


@asynccontextmanager
async def session_scope() -> AsyncIterator[AsyncSession]:
    """
    A session whose work is kept if the block ends well, and undone if it raises.

    What has to survive an error, such as the note of a failed attempt, is committed before raising it.
    """
    async with AsyncSession(engine(), expire_on_commit=False) as session:
        yield session
        await session.commit()


async def _session() -> AsyncIterator[AsyncSession]:
    async with session_scope() as session:
        yield session


# "function": committed before the answer is sent, so that nobody is told of what is not there yet.
SessionDep = Annotated[AsyncSession, Depends(_session, scope="function")]


def run_in_session(work: Callable[[AsyncSession], Awaitable[T]]) -> T:
    """For commands: do the work in a session of its own event loop."""

    async def run() -> T:
        try:
            async with session_scope() as session:
                return await work(session)
        finally:
            await dispose()

    return asyncio.run(run())


async def check_database() -> None:
    """Raises while the database does not answer."""
    async with engine().connect() as connection:
        await connection.execute(text("SELECT 1"))


@asynccontextmanager
async def database_lifespan(_app: FastAPI) -> AsyncIterator[None]:
    """Closes the connections when the app stops."""
    try:
        yield
    finally:
        await dispose()
