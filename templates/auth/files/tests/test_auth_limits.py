"""Limits and lock-outs: strangers have to wait, the owner does not."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from app.core.db import engine
from app.services.auth import Client
from tests.conftest import Configure
from tests.plugins.auth import API, CREDENTIALS, EMAIL, Browser, Travel, register, sign_in
from tests.plugins.backend import browser


async def _fail(client: Browser, times: int) -> list[int]:
    return [(await sign_in(client, password="wrong password")).status_code for _ in range(times)]


async def test_ten_sign_ins_a_minute_from_one_address(app: FastAPI, client: Browser, travel: Travel) -> None:
    await register(client)
    assert [(await sign_in(client)).status_code for _ in range(10)] == [200] * 10
    headers = {"X-Forwarded-For": "203.0.113.9", "Forwarded": "for=203.0.113.9"}
    refused = await client.post(f"{API}/login", json=CREDENTIALS, headers=headers)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["retry-after"]) <= 60
    async with browser(app, address="198.51.100.7") as elsewhere:
        assert (await sign_in(elsewhere)).status_code == 200
    travel(timedelta(seconds=61))
    assert (await sign_in(client)).status_code == 200


async def test_forty_at_once_are_forty(client: Browser) -> None:
    await register(client)
    client.cookies.clear()
    answers = await asyncio.gather(*(sign_in(client, password="wrong password") for _ in range(40)))
    assert Counter(answer.status_code for answer in answers) == {401: 5, 429: 35}
    assert all("retry-after" in answer.headers for answer in answers if answer.status_code == 429)


@pytest.mark.parametrize("email", [EMAIL, "nobody@example.com"])
async def test_lock_out_doubles(client: Browser, configure: Configure, travel: Travel, email: str) -> None:
    configure(sign_ins_per_minute=1000)
    await register(client)
    client.cookies.clear()
    codes = [(await sign_in(client, email, "wrong password")).status_code for _ in range(5)]
    assert codes == [401] * 5
    gone = 0
    for wait in (60, 120, 240, 480, 900, 900):
        refused = await sign_in(client, email)
        assert refused.status_code == 429
        assert wait - 5 < int(refused.headers["retry-after"]) <= wait
        gone += wait + 1
        travel(timedelta(seconds=gone))
        assert (await sign_in(client, email.upper(), "wrong password")).status_code == 401


async def test_a_right_password_ends_the_count(client: Browser) -> None:
    await register(client)
    for _ in range(2):
        client.cookies.clear()
        assert await _fail(client, 4) == [401] * 4
        assert (await sign_in(client)).status_code == 200


async def test_a_known_device_is_not_locked_out(app: FastAPI, client: Browser, configure: Configure) -> None:
    configure(account_failures_per_hour=7)
    await register(client)
    for number in range(4):
        async with browser(app, address=f"198.51.100.{number}") as stranger:
            codes = await _fail(stranger, 2)
    assert codes == [401, 429]
    async with browser(app, address="203.0.113.1") as stranger:
        for device in ("", "1.forged.seal", "x"):
            stranger.cookies.set("aegis_device", device)
            assert (await sign_in(stranger)).status_code == 429
    assert await _fail(client, 6) == [401] * 6
    assert (await sign_in(client)).status_code == 200


async def test_locked_attempts_do_not_fill_the_accounts_limit(
    app: FastAPI, client: Browser, configure: Configure
) -> None:
    configure(sign_ins_per_minute=1000, account_failures_per_hour=7)
    await register(client)
    client.cookies.clear()
    assert await _fail(client, 20) == [401] * 5 + [429] * 15
    async with browser(app, address="203.0.113.1") as phone:
        assert (await sign_in(phone)).status_code == 200


async def test_registrations_are_limited(client: Browser, configure: Configure) -> None:
    configure(registrations_per_hour=2)
    codes = [(await register(client, f"{name}@example.com")).status_code for name in "abc"]
    assert codes == [201, 201, 429]
    configure(rate_limit_enabled=False)
    assert (await register(client)).status_code == 201


async def test_without_its_store_nobody_signs_in_but_reads_go_on(client: Browser) -> None:
    await register(client)
    await _execute("ALTER TABLE auth_limits RENAME TO away")
    try:
        for refused in (await sign_in(client), await register(client, "new@example.com")):
            assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
        assert (await client.get(f"{API}/me")).status_code == 200
    finally:
        await _execute("ALTER TABLE away RENAME TO auth_limits")


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:0db8:0001:0002"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("unknown", "unknown"),
    ],
)
def test_what_counts_as_one_address(address: str, network: str) -> None:
    assert Client(address).network == network


async def _execute(statement: str) -> None:
    async with engine().begin() as connection:
        await connection.execute(text(statement))
