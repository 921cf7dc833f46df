"""What the cards of an organisation's page share: as whom they act, and the questions before they do."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import flet as ft
from sqlmodel.ext.asyncio.session import AsyncSession

from app.components.frontend.views.auth import acts
from app.core.db import session_scope
from app.services.auth.org_guard import Member, member_of

Work = Callable[[AsyncSession, Member], Awaitable[object]]
# Does the work as the person of the handshake, and draws the page anew.
Act = Callable[[Work], Awaitable[None]]


@asynccontextmanager
async def as_member(page: ft.Page, slug: str) -> AsyncIterator[tuple[AsyncSession, Member]]:
    """
    The person behind the running handler as a member of the organisation: found afresh each time.

    A button that is hidden or left over can be fired by a forged frame, so what may be done is for the
    service to say; raises OrgNotFoundError for a stranger.
    """
    who = await acts.somebody(page)
    async with session_scope() as session:
        yield session, await member_of(session, who, slug)
