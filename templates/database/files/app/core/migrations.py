"""Migrations, run by `app migrate` and on the way to `app serve`."""

import asyncio

from alembic import command
from alembic.config import Config
from sqlalchemy.exc import DBAPIError

from app.core.config import ROOT, ConfigError
from app.core.db import check_database, dispose
from app.core.engine import unreachable


def alembic_config() -> Config:
    """Alembic's settings, wherever the shell is."""
    return Config(ROOT / "alembic.ini")


async def _check() -> None:
    try:
        await check_database()
    finally:
        await dispose()


def migrate() -> None:
    """Bring the database to the newest migration."""
    try:
        asyncio.run(_check())
    except (OSError, DBAPIError) as error:
        raise ConfigError(unreachable(error)) from error
    command.upgrade(alembic_config(), "head")


def prepare_database() -> None:
    """What has to be true of the database before the app takes requests."""
    migrate()
