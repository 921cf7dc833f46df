"""Rotation of refresh tokens: one successor, no false alarm, and theft ends the family."""

import asyncio
from datetime import timedelta

import httpx2
import pytest
from fastapi import FastAPI
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.models.auth_record import AuthEvent
from app.models.auth_session import RefreshToken, SignInTicket
from app.services.auth import housekeeping, make_ticket
from app.services.auth.housekeeping import sweep
from app.services.auth.sessions import SignIn
from app.services.auth.user_service import the_user
from tests.conftest import Configure
from tests.plugins.auth import API, EMAIL, Travel, cookie, held, register, sign_in


async def _refresh(client: httpx2.AsyncClient, token: str | None) -> httpx2.Response:
    client.cookies.clear()
    return await client.post(f"{API}/refresh", headers=cookie("refresh", token))


async def _events(session: AsyncSession) -> list[str]:
    return list(await session.exec(select(AuthEvent.kind).order_by(col(AuthEvent.id))))


async def test_twenty_at_once_get_the_same_successor(client: httpx2.AsyncClient) -> None:
    await register(client)
    token = held(client, "refresh")
    client.cookies.clear()
    answers = await asyncio.gather(
        *(client.post(f"{API}/refresh", headers=cookie("refresh", token)) for _ in range(20))
    )
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.cookies["aegis_refresh"] for answer in answers}) == 1
    assert len({answer.cookies["aegis_session"] for answer in answers}) == 20
    assert (await _refresh(client, answers[0].cookies["aegis_refresh"])).status_code == 200


async def test_theft_once_the_successor_was_used(client: httpx2.AsyncClient, session: AsyncSession) -> None:
    await register(client)
    first = held(client, "refresh")
    second = (await _refresh(client, first)).cookies["aegis_refresh"]
    third = (await _refresh(client, second)).cookies["aegis_refresh"]

    stolen = await _refresh(client, first)
    assert stolen.status_code == 401
    cleared = [value.split("=")[0] for value in stolen.headers.get_list("set-cookie")]
    assert cleared == ["aegis_session", "aegis_refresh", "aegis_signed_in"]
    assert (await _refresh(client, third)).status_code == 401
    assert (await _events(session))[-1] == "refresh_reused"
    assert (await _refresh(client, first)).status_code == 401
    assert (await _events(session)).count("refresh_reused") == 1


async def test_theft_after_the_window(
    client: httpx2.AsyncClient, session: AsyncSession, travel: Travel
) -> None:
    await register(client)
    first = held(client, "refresh")
    second = (await _refresh(client, first)).cookies["aegis_refresh"]
    travel(timedelta(seconds=11))
    assert (await _refresh(client, first)).status_code == 401
    assert (await _refresh(client, second)).status_code == 401
    assert "refresh_reused" in await _events(session)


async def test_window_of_zero_is_strict(client: httpx2.AsyncClient, configure: Configure) -> None:
    configure(refresh_reuse_window_seconds=0)
    await register(client)
    first = held(client, "refresh")
    assert (await _refresh(client, first)).status_code == 200
    assert (await _refresh(client, first)).status_code == 401


async def test_a_session_ends_by_idleness(client: httpx2.AsyncClient, travel: Travel) -> None:
    await register(client)
    token = held(client, "refresh")
    travel(timedelta(days=14, seconds=1))
    assert (await _refresh(client, token)).status_code == 401


async def test_a_session_ends_at_the_absolute_limit(client: httpx2.AsyncClient, travel: Travel) -> None:
    token = held(client, "refresh") if await register(client) else None
    for day in range(10, 90, 10):
        travel(timedelta(days=day))
        answer = await _refresh(client, token)
        assert answer.status_code == 200
        token = answer.cookies["aegis_refresh"]
    marker = next(value for value in answer.headers.get_list("set-cookie") if "aegis_refresh" in value)
    assert int(marker.split("Max-Age=")[1].split(";")[0]) <= timedelta(days=10).total_seconds()
    travel(timedelta(days=90, seconds=1))
    assert (await _refresh(client, token)).status_code == 401


@pytest.mark.parametrize("token", ["unknown", "x" * 3000, ""])
async def test_unknown_tokens(client: httpx2.AsyncClient, token: str) -> None:
    assert (await _refresh(client, token)).status_code == 401


async def test_signing_out_needs_the_refresh_cookie_alone(client: httpx2.AsyncClient) -> None:
    await register(client)
    access, token = held(client, "session"), held(client, "refresh")
    client.cookies.clear()
    answer = await client.post(f"{API}/logout", headers=cookie("refresh", token))
    assert answer.status_code == 204
    assert all("Max-Age=0" in value for value in answer.headers.get_list("set-cookie"))
    assert (await _refresh(client, token)).status_code == 401
    assert (await client.get(f"{API}/me", headers=cookie("session", access))).status_code == 401


async def test_signing_out_always_succeeds(client: httpx2.AsyncClient) -> None:
    assert (await client.post(f"{API}/logout")).status_code == 204
    for header in ({"Authorization": "Bearer dead"}, {"Authorization": "?"}, cookie("session", "dead")):
        assert (await client.post(f"{API}/logout", headers=header)).status_code == 204


async def test_no_token_is_stored_in_clear(client: httpx2.AsyncClient, session: AsyncSession) -> None:
    await register(client)
    first, nonce = held(client, "refresh"), "a nonce of some browser"
    secrets = [first, (await _refresh(client, first)).cookies["aegis_refresh"], nonce, "secure123"]
    user = await the_user(session, EMAIL)
    secrets.append(await make_ticket(session, SignIn(user.id, user.email), nonce))
    secrets.append((await sign_in(client)).json()["access_token"])
    stored, connection = "", await session.connection()
    for table in SQLModel.metadata.sorted_tables:
        stored += repr((await connection.execute(table.select())).all())
    assert "argon2id" in stored
    assert not [secret for secret in secrets if secret is None or secret in stored]


async def test_sweep_keeps_what_is_alive(
    client: httpx2.AsyncClient, session: AsyncSession, travel: Travel
) -> None:
    await register(client)
    user = await the_user(session, EMAIL)
    await make_ticket(session, SignIn(user.id, user.email), "nonce")
    await sweep(session)
    assert len((await session.exec(select(RefreshToken))).all()) == 1
    travel(timedelta(days=16))
    await sweep(session)
    assert not (await session.exec(select(RefreshToken))).all()
    assert not (await session.exec(select(SignInTicket))).all()


async def test_a_failed_sweep_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    swept = asyncio.Event()

    async def fail(_session: AsyncSession) -> None:
        swept.set()
        raise ConnectionRefusedError

    monkeypatch.setattr(housekeeping, "sweep", fail)
    async with housekeeping.auth_lifespan(FastAPI()):
        await swept.wait()
