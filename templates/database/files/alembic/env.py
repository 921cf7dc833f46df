"""Alembic's entry: runs migrations on the app's own engine."""

import asyncio

from alembic import context
from sqlalchemy import Connection
from sqlmodel import SQLModel

import app.models  # noqa: F401, so that the metadata is whole
from app.core.engine import make_engine


def run(connection: Connection) -> None:
    """Run the migrations in one transaction."""
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        # SQLite cannot alter a table, only copy it.
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            # Of several processes that start at once one migrates, and the others find it done.
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('alembic'))")
        context.run_migrations()


async def main() -> None:
    """Connect and run them."""
    engine = make_engine()
    try:
        async with engine.connect() as connection:
            await connection.run_sync(run)
            await connection.commit()
    finally:
        await engine.dispose()


asyncio.run(main())
