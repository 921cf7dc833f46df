"""What would else grow for ever is deleted by age, and only by age."""

import asyncio
from datetime import timedelta

import pytest
from fastapi import FastAPI
from sqlmodel import SQLModel, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.models.mail import OneTimeToken, OutgoingMail
from app.models.user import AuthEvent, AuthLimit, AuthSession, RefreshToken, SignInTicket
from app.services.auth import SignIn, make_ticket, sweeping, user_service
from tests.conftest import Configure
from tests.plugins.auth import EMAIL, Browser, Travel, register
from tests.plugins.mail import Mailbox

BRIEF: list[type[SQLModel]] = [SignInTicket, AuthLimit, OutgoingMail, OneTimeToken]
GROWING = [AuthSession, RefreshToken, AuthEvent, *BRIEF]


async def test_a_sweep_deletes_what_is_old_and_nothing_else(
    client: Browser, session: AsyncSession, mailbox: Mailbox, travel: Travel, configure: Configure
) -> None:
    configure(auth_events_keep_days=30)
    await register(client)
    await mailbox.delivered()
    await make_ticket(session, SignIn((await user_service.the_user(session, EMAIL)).id), "nonce")

    async def left(days: int) -> set[str]:
        travel(timedelta(days=days))
        await sweeping.sweep(session)
        rows = {table: (await session.exec(select(table))).first() for table in GROWING}
        return {table.__name__ for table, row in rows.items() if row}

    assert len(await left(0)) == len(GROWING)
    assert await left(3) == {"AuthSession", "RefreshToken", "AuthEvent"}
    assert await left(16) == {"AuthEvent"}
    assert await left(31) == set()


async def test_a_failed_sweep_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    swept = asyncio.Event()

    async def fail(_session: AsyncSession) -> None:
        swept.set()
        raise ConnectionRefusedError

    monkeypatch.setattr(sweeping, "sweep", fail)
    async with sweeping.sweeping(FastAPI()):
        await swept.wait()
