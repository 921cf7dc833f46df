"""A migrated database for all tests, emptied after each one that used it."""

import os
from collections.abc import AsyncIterator, Iterator

import pytest
from alembic import command
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.config import reset_settings
from app.core.db import dispose, engine, session_scope
from app.core.migrations import alembic_config


@pytest.fixture(scope="session")
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """TEST_DATABASE_URL, which loses its rows, or else a throw-away database."""
    url = os.environ.get("TEST_DATABASE_URL") or request.getfixturevalue("throw_away_database")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATABASE_URL", url)
        reset_settings()
        command.upgrade(alembic_config(), "head")
        yield url


@pytest.fixture(autouse=True)
async def _database(database_url: str, anyio_backend: str) -> AsyncIterator[None]:  # noqa: ARG001, starts the loop
    """Leaves no rows and no connections to the next test, be it asynchronous or not."""
    yield
    await dispose()
    with pytest.MonkeyPatch.context() as environment:
        # The test may have been told to use another one.
        environment.setenv("DATABASE_URL", database_url)
        reset_settings()
        async with engine().begin() as connection:
            for table in reversed(SQLModel.metadata.sorted_tables):
                await connection.execute(table.delete())
        await dispose()
    reset_settings()


@pytest.fixture
async def session() -> AsyncIterator[AsyncSession]:
    """A session of the test itself."""
    async with session_scope() as session:
        yield session
