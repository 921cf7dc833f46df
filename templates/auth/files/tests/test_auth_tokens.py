"""Access tokens: what they say, and all the ways in which one is not ours."""

import base64
import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx2
import jwt
import pytest
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.models.base import utc_now
from app.models.user import User
from app.services.auth import user_service
from app.services.auth.events import COMMAND_LINE
from tests.plugins.auth import API, SECRET, bearer, register, token_of

OMIT = object()


def _forge(token: str, *, key: str | None = None, algorithm: str = "HS256", **changes: Any) -> str:
    """The token with some claims or header fields changed, signed anew."""
    claims = jwt.decode(token, options={"verify_signature": False})
    header = jwt.get_unverified_header(token)
    for name, value in changes.items():
        part = header if name in {"kid", "typ", "jku"} else claims
        part[name] = value
        if value is OMIT:
            del part[name]
    # PyJWT lets the header's algorithm win over the one asked for.
    del header["alg"]
    secret = None if algorithm == "none" else key or SECRET
    return jwt.encode(claims, secret, algorithm=algorithm, headers=header)


async def test_claims(client: httpx2.AsyncClient) -> None:
    user = (await register(client)).json()
    token = await token_of(client)
    claims = jwt.decode(token, options={"verify_signature": False})
    assert claims.keys() == {"iss", "aud", "sub", "sid", "jti", "iat", "exp"}
    assert claims["sub"] == user["id"]
    assert claims["exp"] - claims["iat"] == 900
    assert jwt.get_unverified_header(token)["typ"] == "at+jwt"
    assert (await client.get(f"{API}/me", headers=bearer(_forge(token)))).status_code == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "https://elsewhere.example"},
        {"aud": "another"},
        {"typ": "JWT"},
        {"kid": "foreign"},
        {"kid": OMIT},
        {"sub": OMIT},
        {"sub": str(uuid4())},
        {"sub": "no id"},
        {"sid": str(uuid4())},
        {"sid": OMIT},
        {"jti": OMIT},
        {"exp": OMIT},
        {"exp": utc_now() - timedelta(seconds=1)},
        {"key": "another key that is just as long as the right one"},
        {"algorithm": "none"},
        {"algorithm": "HS512"},
    ],
    ids=str,
)
async def test_forged_tokens(client: httpx2.AsyncClient, changes: dict[str, Any]) -> None:
    await register(client)
    forged = _forge(await token_of(client), **changes)
    answer = await client.get(f"{API}/me", headers=bearer(forged))
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == 'Bearer error="invalid_token"'


@pytest.mark.parametrize("header", ["[" * 2500, '{"alg":"RS256"}', '"text"', "[]", "not json"])
async def test_headers_that_are_no_header(client: httpx2.AsyncClient, header: str) -> None:
    encoded = base64.urlsafe_b64encode(header.encode()).decode().rstrip("=")
    for token in (f"{encoded}.e30.c2ln", encoded, "a.b.c", "x" * 9000):
        assert (await client.get(f"{API}/me", headers=bearer(token))).status_code == 401


async def test_public_key_confusion_leads_nowhere(client: httpx2.AsyncClient) -> None:
    await register(client)
    jwk = {"kty": "oct", "k": base64.urlsafe_b64encode(b"x" * 32).decode()}
    header = {**jwt.get_unverified_header(await token_of(client)), "jwk": jwk, "jku": "https://evil.example"}
    claims = jwt.decode(await token_of(client), options={"verify_signature": False})
    forged = jwt.encode(claims, "x" * 32, algorithm="HS256", headers=header)
    assert json.loads(base64.urlsafe_b64decode(forged.split(".")[0] + "=="))["jwk"] == jwk
    assert (await client.get(f"{API}/me", headers=bearer(forged))).status_code == 401


async def test_signing_out_kills_the_access_token(client: httpx2.AsyncClient) -> None:
    await register(client)
    token, other = await token_of(client), await token_of(client)
    assert (await client.post(f"{API}/logout", headers=bearer(token))).status_code == 204
    assert (await client.get(f"{API}/me", headers=bearer(token))).status_code == 401
    assert (await client.get(f"{API}/me", headers=bearer(other))).status_code == 200


async def test_disabled_users_are_out_at_once(client: httpx2.AsyncClient, session: AsyncSession) -> None:
    await register(client)
    token = await token_of(client)
    user = (await session.exec(select(User))).one()
    await user_service.deactivate(session, user.id, COMMAND_LINE)
    assert (await client.get(f"{API}/me", headers=bearer(token))).status_code == 401
    assert (await client.post(f"{API}/refresh")).status_code == 401
