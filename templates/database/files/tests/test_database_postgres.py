"""What PostgreSQL has to be told, and what is said when it does not answer."""

import asyncio

import pytest
from sqlalchemy import text

from app.core.config import ConfigError, settings
from app.core.db import engine
from app.core.engine import DatabaseSettings
from app.core.migrations import migrate
from tests.conftest import Configure


@pytest.mark.parametrize(
    ("url", "password"),
    [("postgres://app@db/app", "from-setting"), ("postgresql://app:from-url@db/app", "from-url")],
)
def test_the_password_goes_into_the_address(configure: Configure, url: str, password: str) -> None:
    configure(database_url=url, database_password="from-setting")
    found = settings(DatabaseSettings).url
    assert (found.drivername, found.password) == ("postgresql+asyncpg", password)


def test_production_needs_a_password(configure: Configure) -> None:
    configure(database_url="postgresql://app@db/app")
    weak = {"": "is missing", "short": "is shorter", "change-me-please": "looks like", "s" * 32: "looks"}
    for password, problem in weak.items():
        configure(database_password=password)
        (found,) = settings(DatabaseSettings).production_problems()
        assert found.startswith(f"DATABASE_PASSWORD {problem}")
    configure(database_password="9f86d081884c7d65")
    assert settings(DatabaseSettings).production_problems() == []


def test_a_server_that_does_not_answer_is_named_with_the_way_out(configure: Configure) -> None:
    configure(database_url="postgresql://app@127.0.0.1:1/app")
    with pytest.raises(ConfigError, match=r"does not answer at 127\.0\.0\.1:1.*make up.*apt-get install"):
        migrate()


def test_a_server_that_refuses_is_named(configure: Configure) -> None:
    url = settings(DatabaseSettings).url.set(username="stranger")
    configure(database_url=url.render_as_string(hide_password=False))
    with pytest.raises(ConfigError, match="refuses stranger"):
        migrate()


def test_an_address_of_another_engine_is_refused(configure: Configure) -> None:
    configure(database_url="sqlite+aiosqlite:///data/app.db")
    with pytest.raises(ConfigError, match=r"DATABASE_URL: .*keeps its data in PostgreSQL"):
        settings(DatabaseSettings)


async def test_a_connection_that_the_server_dropped_is_replaced() -> None:
    async with engine().connect() as first:
        async with engine().connect() as second:
            process = await second.scalar(text("SELECT pg_backend_pid()"))
            driver = (await second.get_raw_connection()).driver_connection
        assert driver
        dropped = asyncio.Event()
        driver.add_termination_listener(lambda _: dropped.set())
        await first.execute(text("SELECT pg_terminate_backend(:process)"), {"process": process})
        await dropped.wait()
        async with engine().connect() as third:
            assert await third.scalar(text("SELECT pg_backend_pid()")) != process
