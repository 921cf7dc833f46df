"""Of all processes that run the scheduler, one has the lead; when it dies, the next one takes it."""

import asyncio

from filelock import FileLock, Timeout
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from app.core.db import engine
from app.core.logging import get_logger

log = get_logger(__name__)
# Any number, as long as nothing else in this database takes the same.
KEY = 7_305_808_869_232_150_115
PATIENCE_SECONDS = 5
TAKE = text("SELECT pg_try_advisory_lock(:key)")
# The server lets go of the lock of a machine that vanished within ten seconds, not two hours.
NOTICE = (
    "SET tcp_keepalives_idle = 4",
    "SET tcp_keepalives_interval = 2",
    "SET tcp_keepalives_count = 3",
    "SET tcp_user_timeout = 10000",
)


class Lead:
    """
    PostgreSQL's advisory lock of one connection, or beside SQLite's file a lock on another.

    The connection has to be the server's own: behind a pooler that hands transactions around, nobody has it.
    """

    def __init__(self) -> None:
        self._connection: AsyncConnection | None = None
        self._file: FileLock | None = None

    async def take(self) -> bool:
        """Whether this process has the lead now; False while another one has it, or nobody can tell."""
        if engine().dialect.name == "sqlite":
            return self._take_file()
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                connection = await engine().connect()
                self._connection = await connection.execution_options(isolation_level="AUTOCOMMIT")
                for statement in NOTICE:
                    await connection.execute(text(statement))
                taken = bool(await connection.scalar(TAKE, {"key": KEY}))
        except (SQLAlchemyError, OSError) as error:
            log.warning("lead_unknown", error=type(error).__name__)
            taken = False
        if not taken:
            await self.give_up()
        return taken

    async def holds(self) -> bool:
        """Whether it still has it: the lock goes with the connection."""
        if self._connection is None:
            return True
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self._connection.execute(text("SELECT 1"))
        except (SQLAlchemyError, OSError) as error:
            log.warning("lead_lost", error=type(error).__name__)
            return False
        return True

    async def give_up(self) -> None:
        """Let the next one have it."""
        if self._connection is not None:
            # Closed for good: back in the pool, it would keep the lock.
            await self._connection.invalidate()
            await self._connection.close()
            self._connection = None
        if self._file is not None:
            self._file.release()
            self._file = None

    def _take_file(self) -> bool:
        lock = FileLock(f"{engine().url.database}.scheduler.lock")
        try:
            lock.acquire(blocking=False)
        except Timeout:
            return False
        self._file = lock
        return True
