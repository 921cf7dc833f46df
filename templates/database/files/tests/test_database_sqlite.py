"""What SQLite has to be told."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import column, insert, table, text

from app.core.config import ROOT, ConfigError, settings
from app.core.db import engine, session_scope
from app.core.engine import DatabaseSettings
from app.core.migrations import migrate
from tests.conftest import Configure


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("foreign_keys", 1), ("busy_timeout", 10_000)]
)
async def test_connections_are_prepared(pragma: str, value: object) -> None:
    async with engine().connect() as connection:
        assert (await connection.execute(text(f"PRAGMA {pragma}"))).scalar_one() == value


async def test_writers_queue() -> None:
    async def write(word: str) -> None:
        async with session_scope() as session:
            connection = await session.connection()
            # Whoever meets another one's write fails at once.
            await connection.execute(text("PRAGMA busy_timeout = 0"))
            await connection.execute(insert(table("note", column("word"))).values(word=word))
            await asyncio.sleep(0.01)

    async with engine().begin() as connection:
        await connection.execute(text("CREATE TABLE note (word VARCHAR(20))"))
    await asyncio.gather(*(write(str(number)) for number in range(20)))
    async with engine().begin() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM note"))).scalar_one() == 20
        await connection.execute(text("DROP TABLE note"))


def test_relative_paths_start_at_the_project(configure: Configure) -> None:
    configure(database_url="sqlite:///data/other.db")
    url = settings(DatabaseSettings).url
    assert (url.drivername, url.database) == ("sqlite+aiosqlite", str(ROOT / "data/other.db"))


@pytest.mark.parametrize("name", ["", "text"])
def test_a_file_that_is_no_database_is_named(configure: Configure, tmp_path: Path, name: str) -> None:
    (tmp_path / "text").write_text("not a database, and long enough to look like one" * 9)
    configure(database_url=f"sqlite:///{tmp_path / name}")
    with pytest.raises(ConfigError, match="SQLite cannot open"):
        migrate()


def test_an_address_of_another_engine_is_refused(configure: Configure) -> None:
    configure(database_url="postgresql://app@db/app")
    with pytest.raises(ConfigError, match=r"DATABASE_URL: .*keeps its data in SQLite"):
        settings(DatabaseSettings)
