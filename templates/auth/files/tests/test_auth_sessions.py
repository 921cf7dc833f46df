"""Sessions by device, tickets of the sign-in page, and where one may go on to."""

from datetime import timedelta
from uuid import uuid4

import pytest
from fastapi import FastAPI
from sqlmodel.ext.asyncio.session import AsyncSession

from app.services.auth import SignIn, identify, make_ticket, safe_next, ticket_url
from app.services.auth.errors import InvalidTicketError
from app.services.auth.events import COMMAND_LINE
from app.services.auth.user_service import deactivate, the_user
from tests.plugins.auth import (
    API,
    CREDENTIALS,
    EMAIL,
    Browser,
    Travel,
    cookie,
    held,
    register,
    sign_in,
)
from tests.plugins.backend import browser

NONCE = {"Cookie": "aegis_nonce=nonce"}
ELSEWHERE = ["//x", "/\\x", "/%2fx", "/%5cx", "/%252fx", "https://x", "x", "/%0d%0ax", "/%252525252525"]


async def test_sessions_by_device(app: FastAPI, client: Browser) -> None:
    await register(client)
    async with browser(app, address="198.51.100.7") as phone:
        phone.headers["User-Agent"] = "Phone\x1b[31m"
        await sign_in(phone)
        (there, here) = sorted((await client.get(f"{API}/sessions")).json(), key=lambda row: row["current"])
        assert (here["current"], there["current"]) == (True, False)
        assert (there["user_agent"], there["address"]) == ("Phone[31m", "198.51.100.7")

        assert (await client.delete(f"{API}/sessions/{there['id']}")).status_code == 204
        assert (await phone.get(f"{API}/me")).status_code == 401
    assert (await client.delete(f"{API}/sessions/{there['id']}")).status_code == 404
    assert (await client.delete(f"{API}/sessions/{here['id']}")).status_code == 204
    assert held(client, "session") is None


async def test_signing_out_everywhere(app: FastAPI, client: Browser) -> None:
    await register(client)
    (own,) = (await client.get(f"{API}/sessions")).json()
    async with browser(app) as phone, browser(app) as eve:
        await sign_in(phone)
        await register(eve, "eve@example.com")
        for sid in (own["id"], str(uuid4()), "no-id"):
            assert (await eve.delete(f"{API}/sessions/{sid}")).status_code == 404
        assert (await client.delete(f"{API}/sessions")).status_code == 204
        assert (await phone.get(f"{API}/me")).status_code == 401
        assert (await eve.get(f"{API}/me")).status_code == 200
    assert held(client, "refresh") is None


async def test_ending_other_sessions_needs_a_recent_sign_in(client: Browser, travel: Travel) -> None:
    await register(client)
    (own,) = (await client.get(f"{API}/sessions")).json()
    travel(timedelta(minutes=11))
    for path in ("sessions", f"sessions/{uuid4()}"):
        answer = await client.delete(f"{API}/{path}")
        assert (answer.status_code, answer.json()["code"]) == (403, "reauthentication_required")
    assert (await client.delete(f"{API}/sessions/{own['id']}")).status_code == 204


async def test_signing_in_again_replaces_the_browsers_session(client: Browser, session: AsyncSession) -> None:
    await register(client)
    before = dict(client.cookies)
    assert await identify(session, before)
    assert await identify(session, {"aegis_session": "nonsense"}) is None
    await register(client, "eve@example.com")
    assert await identify(session, before) is None
    # A short address is not sent the refresh cookie, so the other one has to tell.
    after = {"aegis_session": held(client, "session") or ""}
    client.cookies.clear()
    await client.post("/auth/login", json=CREDENTIALS, headers=cookie("session", after["aegis_session"]))
    assert await identify(session, after) is None


async def _ticket(session: AsyncSession) -> str:
    user = await the_user(session, EMAIL)
    return await make_ticket(session, SignIn(user.id), "nonce")


async def test_a_ticket_signs_its_own_browser_in_once(client: Browser, session: AsyncSession) -> None:
    await register(client)
    client.cookies.clear()
    url = ticket_url(await _ticket(session), "/app?tab=1")
    for nonce in ("another browser's", ""):
        assert (await client.get(url, headers=cookie("nonce", nonce))).status_code == 401
    taken = await client.get(url, headers=NONCE)
    assert (taken.status_code, taken.headers["location"]) == (303, "/app?tab=1")
    assert taken.headers["cache-control"] == "no-store"
    assert (await client.get(f"{API}/me")).status_code == 200

    assert (await client.get(url, headers=NONCE)).json()["code"] == "invalid_ticket"
    again = await client.get(url, headers=NONCE | {"Accept": "text/html,*/*"})
    assert again.headers["location"] == "/login?error=ticket&next=%2Fapp%3Ftab%3D1"


async def test_tickets_that_are_none(client: Browser, session: AsyncSession, travel: Travel) -> None:
    await register(client)
    late, disabled = ticket_url(await _ticket(session), None), ticket_url(await _ticket(session), None)
    await deactivate(session, await the_user(session, EMAIL), COMMAND_LINE)
    assert (await client.get(disabled, headers=NONCE)).status_code == 401
    travel(timedelta(seconds=31))
    assert (await client.get(late, headers=NONCE)).status_code == 401
    with pytest.raises(InvalidTicketError):
        await make_ticket(session, SignIn(uuid4()), "")


@pytest.mark.parametrize("target", ELSEWHERE)
def test_next_stays_here(target: str) -> None:
    assert safe_next(target) == "/app" == safe_next("") == safe_next("/" * 2001)
    assert safe_next("/a/b?c=d%20e#f") == "/a/b?c=d%20e#f"
    assert safe_next(None, "/else") == "/else"
