"""Migrations, run by `app migrate` and on the way to `app serve`."""

import asyncio

import typer
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


def prepare_database() -> None:
    """Bring the database to the newest migration, or say why it cannot be reached."""
    try:
        asyncio.run(_check())
    except (OSError, DBAPIError) as error:
        raise ConfigError(unreachable(error)) from error
    command.upgrade(alembic_config(), "head")


def migrate() -> None:
    """Bring the database to the newest migration."""
    prepare_database()
    typer.echo("The database is at the newest migration.")
