"""Sessions by device, tickets of the sign-in page, and where one may go on to."""

from datetime import timedelta
from uuid import uuid4

import httpx2
import pytest
from fastapi import FastAPI
from sqlmodel import col, update
from sqlmodel.ext.asyncio.session import AsyncSession

from app.models.user import User
from app.services.auth import (
    SignIn,
    identify,
    make_ticket,
    principal_of,
    safe_next,
    ticket_url,
    verify_token,
)
from app.services.auth.errors import InvalidTicketError
from app.services.auth.user_service import the_user
from tests.plugins.auth import API, EMAIL, Travel, cookie, held, register, sign_in, token_of
from tests.plugins.backend import browser

PAGE = {"Accept": "text/html,*/*"}


async def test_sessions_by_device(app: FastAPI) -> None:
    async with browser(app) as laptop, browser(app, address="198.51.100.7") as phone:
        await register(laptop)
        phone.headers["User-Agent"] = "Phone\x1b[31m"
        await sign_in(phone)
        here, there = sorted((await laptop.get(f"{API}/sessions")).json(), key=lambda row: not row["current"])
        assert (here["current"], there["current"]) == (True, False)
        assert (there["user_agent"], there["address"]) == ("Phone[31m", "198.51.100.7")

        assert (await laptop.delete(f"{API}/sessions/{there['id']}")).status_code == 204
        assert (await phone.get(f"{API}/me")).status_code == 401
        assert (await laptop.delete(f"{API}/sessions/{there['id']}")).status_code == 404
        assert (await laptop.delete(f"{API}/sessions/{here['id']}")).status_code == 204
        assert held(laptop, "session") is None


async def test_strangers_sessions_do_not_exist(app: FastAPI) -> None:
    async with browser(app) as ada, browser(app) as eve:
        await register(ada)
        await register(eve, "eve@example.com")
        (theirs,) = (await ada.get(f"{API}/sessions")).json()
        for sid in (theirs["id"], str(uuid4()), "no-id"):
            assert (await eve.delete(f"{API}/sessions/{sid}")).status_code == 404
        assert (await ada.get(f"{API}/me")).status_code == 200


async def test_signing_out_everywhere(app: FastAPI) -> None:
    async with browser(app) as laptop, browser(app) as phone:
        await register(laptop)
        await sign_in(phone)
        assert (await laptop.delete(f"{API}/sessions")).status_code == 204
        assert (await phone.get(f"{API}/me")).status_code == 401
        assert held(laptop, "refresh") is None


async def test_ending_other_sessions_needs_a_recent_sign_in(
    client: httpx2.AsyncClient, travel: Travel
) -> None:
    await register(client)
    (own,) = (await client.get(f"{API}/sessions")).json()
    travel(timedelta(minutes=11))
    for path in ("sessions", f"sessions/{uuid4()}"):
        answer = await client.delete(f"{API}/{path}")
        assert (answer.status_code, answer.json()["code"]) == (403, "reauthentication_required")
    assert (await client.delete(f"{API}/sessions/{own['id']}")).status_code == 204


async def test_signing_in_again_replaces_the_browsers_session(
    client: httpx2.AsyncClient, session: AsyncSession
) -> None:
    await register(client)
    before = await identify(session, dict(client.cookies))
    assert before is not None
    await register(client, "eve@example.com")
    assert await principal_of(session, before.sid) is None
    # Without the refresh cookie, which a short address is not sent, the other one tells.
    after = held(client, "session")
    client.cookies.clear()
    form = {"email": EMAIL, "password": "secure123"}
    await client.post("/auth/login", json=form, headers=cookie("session", after))
    assert await identify(session, {"aegis_session": after or ""}) is None


async def test_programs_may_have_many_tokens(client: httpx2.AsyncClient, session: AsyncSession) -> None:
    await register(client)
    tokens = [await token_of(client) for _ in range(3)]
    assert {(await verify_token(session, token)).email for token in tokens} == {EMAIL}


async def test_a_ticket_signs_its_own_browser_in_once(
    client: httpx2.AsyncClient, session: AsyncSession
) -> None:
    await register(client)
    client.cookies.clear()
    url = ticket_url(await _ticket(session), "/app?tab=1")
    for nonce in ("another browser's", ""):
        assert (await client.get(url, headers=cookie("nonce", nonce))).status_code == 401
    taken = await client.get(url, headers=cookie("nonce", "nonce"))
    assert (taken.status_code, taken.headers["location"]) == (303, "/app?tab=1")
    assert taken.headers["cache-control"] == "no-store"
    assert (await client.get(f"{API}/me")).status_code == 200

    assert (await client.get(url, headers=cookie("nonce", "nonce"))).json()["code"] == "invalid_ticket"
    again = await client.get(url, headers=cookie("nonce", "nonce") | PAGE)
    assert again.headers["location"] == "/login?error=ticket&next=%2Fapp%3Ftab%3D1"


async def test_a_late_ticket_is_none(
    client: httpx2.AsyncClient, session: AsyncSession, travel: Travel
) -> None:
    await register(client)
    url = ticket_url(await _ticket(session), None)
    travel(timedelta(seconds=31))
    assert (await client.get(url, headers=cookie("nonce", "nonce"))).status_code == 401
    with pytest.raises(InvalidTicketError):
        await make_ticket(session, SignIn(uuid4(), EMAIL), "")


async def test_a_ticket_of_a_disabled_account_is_none(
    client: httpx2.AsyncClient, session: AsyncSession
) -> None:
    await register(client)
    url = ticket_url(await _ticket(session), None)
    await session.exec(update(User).where(col(User.email) == EMAIL).values(is_active=False))
    await session.commit()
    assert (await client.get(url, headers=cookie("nonce", "nonce"))).status_code == 401


async def test_identify_without_a_living_session(session: AsyncSession) -> None:
    assert await identify(session, {}) is None
    assert await identify(session, {"aegis_session": "nonsense"}) is None


@pytest.mark.parametrize(
    "target",
    [
        "//x",
        "/\\x",
        "/%2fx",
        "/%5cx",
        "/%252fx",
        "https://x",
        "x",
        "",
        "/\tx",
        "/%0d%0ax",
        "/" * 2001,
        "/%252525252525",
    ],
)
def test_next_stays_here(target: str) -> None:
    assert safe_next(target) == "/app"


def test_next_is_honoured() -> None:
    assert safe_next("/a/b?c=d%20e#f") == "/a/b?c=d%20e#f"
    assert safe_next(None, "/else") == "/else"


async def _ticket(session: AsyncSession) -> str:
    user = await the_user(session, EMAIL)
    return await make_ticket(session, SignIn(user.id, user.email), "nonce")
