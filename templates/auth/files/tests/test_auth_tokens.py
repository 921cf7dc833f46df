"""Access tokens that are not ours, and refresh tokens: one successor, no false alarm, theft ends it all."""

import asyncio
import base64
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx2
import jwt
import pytest
from fastapi import FastAPI
from sqlalchemy import event
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.db import engine
from app.models.base import utc_now
from app.models.mail import OneTimeToken, OutgoingMail
from app.models.user import AuthEvent, AuthLimit, AuthSession, RefreshToken, SignInTicket
from app.services.auth import SignIn, make_ticket, sweeping, user_service
from app.services.auth.events import COMMAND_LINE
from tests.conftest import Configure
from tests.plugins.auth import (
    API,
    EMAIL,
    SECRET,
    Browser,
    Travel,
    bearer,
    cookie,
    held,
    register,
    sign_in,
    token_of,
)
from tests.plugins.mail import Mailbox

OMIT = object()
GROWING: list[type[SQLModel]] = [AuthSession, RefreshToken, SignInTicket, AuthLimit, AuthEvent]
GROWING += [OutgoingMail, OneTimeToken]


def _forge(token: str, *, key: str = SECRET, algorithm: str = "HS256", **changes: Any) -> str:
    """The token with some claims or header fields changed, signed anew."""
    claims = jwt.decode(token, options={"verify_signature": False})
    header = jwt.get_unverified_header(token)
    # PyJWT lets the header's algorithm win over the one asked for.
    del header["alg"]
    for name, value in changes.items():
        part = header if name in {"kid", "typ", "jwk"} else claims
        part[name] = value
        if value is OMIT:
            del part[name]
    return jwt.encode(claims, "" if algorithm == "none" else key, algorithm=algorithm, headers=header)


async def test_a_token_costs_one_statement_and_no_thread(
    client: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    await register(client)
    token = await token_of(client)
    statements: list[object] = []
    event.listen(engine().sync_engine, "before_cursor_execute", lambda *seen: statements.append(seen[2]))
    monkeypatch.setattr("fastapi.dependencies.utils.run_in_threadpool", None)
    assert (await client.get(f"{API}/me", headers=bearer(token))).json()["email"] == EMAIL
    assert len(statements) == 1


async def test_claims(client: Browser) -> None:
    user = (await register(client)).json()
    token = await token_of(client)
    claims = jwt.decode(token, options={"verify_signature": False})
    assert claims.keys() == {"iss", "aud", "sub", "sid", "jti", "iat", "exp"}
    assert (claims["sub"], claims["exp"] - claims["iat"]) == (user["id"], 900)
    assert jwt.get_unverified_header(token)["typ"] == "at+jwt"
    assert (await client.get(f"{API}/me", headers=bearer(_forge(token)))).status_code == 200


@pytest.mark.parametrize(
    "changes",
    [
        *({name: OMIT} for name in ("iss", "aud", "sub", "sid", "jti", "iat", "exp", "kid")),
        *({name: "foreign"} for name in ("iss", "aud", "sub", "sid", "typ", "kid")),
        *({name: str(uuid4())} for name in ("sub", "sid")),
        {"exp": utc_now() - timedelta(seconds=1)},
        {"key": "x" * 32, "jwk": {"kty": "oct", "k": base64.urlsafe_b64encode(b"x" * 32).decode()}},
        {"algorithm": "none"},
        {"algorithm": "HS512"},
    ],
    ids=lambda changes: "-".join(changes),
)
async def test_forged_tokens(client: Browser, changes: dict[str, Any]) -> None:
    await register(client)
    answer = await client.get(f"{API}/me", headers=bearer(_forge(await token_of(client), **changes)))
    challenge = answer.headers["www-authenticate"]
    assert (answer.status_code, challenge) == (401, 'Bearer error="invalid_token"')


@pytest.mark.parametrize("header", ["[" * 2500, '{"alg":"RS256"}', '"text"', "[]", "not json"])
async def test_headers_that_are_no_header(client: Browser, header: str) -> None:
    encoded = base64.urlsafe_b64encode(header.encode()).decode().rstrip("=")
    for token in (f"{encoded}.e30.c2ln", encoded, "a.b.c", "x" * 9000):
        assert (await client.get(f"{API}/me", headers=bearer(token))).status_code == 401


async def test_signing_out_kills_the_access_token(client: Browser) -> None:
    await register(client)
    token, other = await token_of(client), await token_of(client)
    assert (await client.post(f"{API}/logout", headers=bearer(token))).status_code == 204
    assert (await client.get(f"{API}/me", headers=bearer(token))).status_code == 401
    assert (await client.get(f"{API}/me", headers=bearer(other))).status_code == 200


async def test_disabled_users_are_out_at_once(client: Browser, session: AsyncSession) -> None:
    await register(client)
    token, user = await token_of(client), await user_service.the_user(session, EMAIL)
    await user_service.deactivate(session, user, COMMAND_LINE)
    assert (await client.get(f"{API}/me", headers=bearer(token))).status_code == 401
    assert (await client.post(f"{API}/refresh")).status_code == 401


async def _refresh(client: Browser, token: str | None) -> httpx2.Response:
    client.cookies.clear()
    return await client.post(f"{API}/refresh", headers=cookie("refresh", token))


async def _events(session: AsyncSession) -> list[str]:
    return list(await session.exec(select(AuthEvent.kind).order_by(col(AuthEvent.id))))


async def test_twenty_at_once_get_the_same_successor(client: Browser) -> None:
    await register(client)
    token = held(client, "refresh")
    answers = await asyncio.gather(*(_refresh(client, token) for _ in range(20)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.cookies["aegis_session"] for answer in answers}) == 20
    (successor,) = {answer.cookies["aegis_refresh"] for answer in answers}
    assert (await _refresh(client, successor)).status_code == 200


async def test_theft_once_the_successor_was_used(client: Browser, session: AsyncSession) -> None:
    await register(client)
    first = held(client, "refresh")
    second = (await _refresh(client, first)).cookies["aegis_refresh"]
    third = (await _refresh(client, second)).cookies["aegis_refresh"]

    stolen = await _refresh(client, first)
    cleared = [value.split("=")[0] for value in stolen.headers.get_list("set-cookie")]
    assert stolen.status_code == 401
    assert cleared == ["aegis_session", "aegis_refresh", "aegis_signed_in"]
    for token in (third, first):
        assert (await _refresh(client, token)).status_code == 401
    assert (await _events(session)).count("refresh_reused") == 1


@pytest.mark.parametrize(("window", "later"), [(10, 11), (0, 0)])
async def test_theft_after_the_window(
    client: Browser, session: AsyncSession, travel: Travel, configure: Configure, window: int, later: int
) -> None:
    configure(refresh_reuse_window_seconds=window)
    await register(client)
    first = held(client, "refresh")
    second = (await _refresh(client, first)).cookies["aegis_refresh"]
    travel(timedelta(seconds=later))
    for token in (first, second):
        assert (await _refresh(client, token)).status_code == 401
    assert "refresh_reused" in await _events(session)


async def test_a_session_ends_at_the_absolute_limit(client: Browser, travel: Travel) -> None:
    await register(client)
    token = held(client, "refresh")
    for day in range(10, 90, 10):
        travel(timedelta(days=day))
        answer = await _refresh(client, token)
        token = answer.cookies["aegis_refresh"]
    lifetime = answer.headers.get_list("set-cookie")[1].split("Max-Age=")[1].split(";")[0]
    assert int(lifetime) <= timedelta(days=10).total_seconds()
    travel(timedelta(days=90, seconds=1))
    for dead in (token, "unknown", "x" * 3000, ""):
        assert (await _refresh(client, dead)).status_code == 401


async def test_signing_out_needs_the_refresh_cookie_alone(client: Browser) -> None:
    await register(client)
    access, token = held(client, "session"), held(client, "refresh")
    client.cookies.clear()
    answer = await client.post(f"{API}/logout", headers=cookie("refresh", token))
    assert answer.status_code == 204
    assert all("Max-Age=0" in value for value in answer.headers.get_list("set-cookie"))
    assert (await _refresh(client, token)).status_code == 401
    assert (await client.get(f"{API}/me", headers=cookie("session", access))).status_code == 401
    for header in ({"Authorization": "Bearer dead"}, {"Authorization": "?"}, cookie("session", "dead")):
        assert (await client.post(f"{API}/logout", headers=header)).status_code == 204


async def test_no_token_is_stored_in_clear(client: Browser, session: AsyncSession) -> None:
    await register(client)
    first, nonce = held(client, "refresh"), "a nonce of some browser"
    user = await user_service.the_user(session, EMAIL)
    issued = [first, (await _refresh(client, first)).cookies["aegis_refresh"], nonce, "secure123"]
    issued.append(await make_ticket(session, SignIn(user.id), nonce))
    issued.append((await sign_in(client)).json()["access_token"])
    connection = await session.connection()
    tables = SQLModel.metadata.sorted_tables
    stored = "".join([repr((await connection.execute(table.select())).all()) for table in tables])
    assert "argon2id" in stored
    assert not [secret for secret in issued if secret is None or secret in stored]


async def test_a_sweep_deletes_what_is_old_and_nothing_else(
    client: Browser, session: AsyncSession, mailbox: Mailbox, travel: Travel, configure: Configure
) -> None:
    configure(auth_events_keep_days=30)
    await register(client)
    await mailbox.delivered()
    session.add(AuthLimit(key="any", hits=1, blocked_until=utc_now(), forget_at=utc_now()))
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
