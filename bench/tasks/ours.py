"""A task of the generated project that does nothing."""

from app.components.worker.broker import task
from noted import note


@task()
async def nothing() -> None:
    note()
