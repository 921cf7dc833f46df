"""The database: what is kept, what is undone, and how it is known to be up."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta, timezone

import httpx2
import pytest
from alembic import command
from alembic.script import ScriptDirectory
from fastapi import APIRouter
from sqlalchemy import literal, text
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.components.backend.parts import ROUTERS
from app.core.db import SessionDep, check_database, engine, run_in_session, session_scope
from app.core.errors import AppError
from app.core.migrations import alembic_config, migrate
from app.models.base import UtcDateTime, utc_now


@pytest.fixture
async def notes() -> AsyncIterator[None]:
    """A table of these tests' own."""
    async with engine().begin() as connection:
        await connection.execute(text("CREATE TABLE note (word VARCHAR(20))"))
    yield
    async with engine().begin() as connection:
        await connection.execute(text("DROP TABLE note"))


async def add(session: AsyncSession, word: str) -> None:
    connection = await session.connection()
    await connection.execute(text("INSERT INTO note VALUES (:word)"), {"word": word})


async def words() -> list[str]:
    async with engine().connect() as connection:
        return list((await connection.execute(text("SELECT word FROM note ORDER BY word"))).scalars())


@pytest.mark.usefixtures("notes")
async def test_a_scope_keeps_all_or_nothing() -> None:
    async with session_scope() as session:
        await add(session, "kept")

    async def fail() -> None:
        async with session_scope() as session:
            await add(session, "committed")
            await session.commit()
            await add(session, "undone")
            raise AppError

    with pytest.raises(AppError):
        await fail()
    assert await words() == ["committed", "kept"]


@pytest.fixture
def _routes(monkeypatch: pytest.MonkeyPatch) -> None:
    router = APIRouter(prefix="/api/test")
    monkeypatch.setattr("app.components.backend.main.ROUTERS", [router, *ROUTERS])

    @router.post("/notes/{word}")
    async def write(session: SessionDep, word: str) -> None:
        await add(session, word)
        if word == "refused":
            raise AppError


@pytest.mark.usefixtures("notes", "_routes")
async def test_a_request_keeps_all_or_nothing(client: httpx2.AsyncClient) -> None:
    assert (await client.post("/api/test/notes/kept")).status_code == 200
    assert (await client.post("/api/test/notes/refused")).status_code == 400
    assert await words() == ["kept"]


def test_commands_have_a_session_of_their_own() -> None:
    async def work(session: AsyncSession) -> int:
        return (await session.exec(select(literal(7)))).one()

    assert run_in_session(work) == 7


async def test_readiness_names_the_database(
    client: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    await check_database()
    assert (await client.get("/health/ready")).json()["parts"]["database"] is True

    def gone() -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("app.core.db.engine", gone)
    response = await client.get("/health/ready")
    assert (response.status_code, response.json()["status"]) == (503, "down: database")


def test_migrations_match_the_models_and_can_be_undone() -> None:
    config = alembic_config()
    assert len(ScriptDirectory.from_config(config).get_heads()) <= 1
    command.check(config)
    command.downgrade(config, "base")
    migrate()
    command.check(config)


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=5, minutes=30))])
async def test_points_in_time_come_back_in_utc(session: AsyncSession, zone: timezone) -> None:
    now = utc_now().astimezone(zone)
    found = (await session.exec(select(literal(now, UtcDateTime)))).one()
    assert (found, found.tzinfo) == (now, UTC)


async def test_points_in_time_need_a_zone(session: AsyncSession) -> None:
    assert (await session.exec(select(literal(None, UtcDateTime)))).one() is None
    with pytest.raises(Exception, match="needs a time zone"):
        await session.exec(select(literal(datetime.now(), UtcDateTime)))  # noqa: DTZ005, that is the point
