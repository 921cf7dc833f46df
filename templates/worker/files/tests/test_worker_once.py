"""Once, though a task may be run twice."""

import asyncio
from datetime import timedelta

import pytest
from sqlmodel import select

from app.components.worker.once import first_time, forget_old_keys
from app.core.db import session_scope
from app.models.base import utc_now
from app.models.task_key import TaskKey


async def attempt(key: str) -> bool:
    async with session_scope() as session:
        return await first_time(session, key)


async def test_of_many_at_once_one_is_the_first() -> None:
    assert sorted(await asyncio.gather(*(attempt("charge:1") for _ in range(10)))) == [False] * 9 + [True]
    assert await attempt("charge:2")


async def test_what_was_undone_was_not_the_first_time() -> None:
    async def fail() -> None:
        async with session_scope() as session:
            assert await first_time(session, "charge:1")
            raise ValueError("half way")

    with pytest.raises(ValueError, match="half way"):
        await fail()
    assert await attempt("charge:1")


async def test_notes_of_long_ago_are_forgotten() -> None:
    async with session_scope() as session:
        session.add(TaskKey(key="old", done_at=utc_now() - timedelta(days=31)))
        session.add(TaskKey(key="new", done_at=utc_now() - timedelta(days=29)))
    await forget_old_keys()
    async with session_scope() as session:
        assert (await session.exec(select(TaskKey.key))).all() == ["new"]
