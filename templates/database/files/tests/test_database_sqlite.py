"""What SQLite has to be told."""

from pathlib import Path

import pytest
from sqlalchemy import text

from app.core.config import ROOT, ConfigError, settings
from app.core.db import session_scope
from app.core.engine import DatabaseSettings, make_engine
from app.core.migrations import migrate
from tests.conftest import Configure


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("foreign_keys", 1), ("busy_timeout", 10_000)]
)
async def test_connections_are_prepared(pragma: str, value: object) -> None:
    async with session_scope() as session:
        assert (await session.execute(text(f"PRAGMA {pragma}"))).scalar_one() == value


def test_relative_paths_start_at_the_project(configure: Configure) -> None:
    configure(database_url="sqlite:///data/other.db")
    url = settings(DatabaseSettings).url
    assert (url.drivername, url.database) == ("sqlite+aiosqlite", str(ROOT / "data/other.db"))


async def test_memory_is_no_path(configure: Configure) -> None:
    configure(database_url="sqlite://")
    async with make_engine().connect() as connection:
        assert (await connection.execute(text("SELECT 1"))).scalar_one() == 1


def test_a_file_that_cannot_be_opened_is_named(configure: Configure, tmp_path: Path) -> None:
    configure(database_url=f"sqlite:///{tmp_path}")
    with pytest.raises(ConfigError, match="SQLite cannot open"):
        migrate()
