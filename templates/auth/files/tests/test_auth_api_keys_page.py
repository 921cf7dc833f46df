"""The card with API keys, driven as Flet would drive it."""

from datetime import timedelta

import flet as ft

from app.components.frontend.views.auth.api_keys import api_keys_card
from tests.plugins.auth import API, Browser, Travel, bearer, register
from tests.plugins.pages import Tab, arrive, buttons, parts, submit

NAME = "Name of the program"


async def test_a_key_is_made_shown_once_and_revoked(client: Browser, tab: Tab, travel: Travel) -> None:
    await register(client)
    await arrive(client)
    tab.route = "/account"
    card = await api_keys_card(tab.page)
    assert list(await submit(card, **{NAME: ""})) == [NAME]
    assert "1 to 100 characters" in (await submit(card, **{NAME: "x" * 101}))[NAME]

    (writes,) = [one for one in parts(card) if isinstance(one, ft.Checkbox)]
    writes.value = True
    assert await submit(card, **{NAME: "Nightly import"}) == {}
    texts = [str(one.value) for one in parts(card) if isinstance(one, ft.Text)]
    (key,) = [text for text in texts if text.startswith("aegis_key_")]
    made = await client.patch(f"{API}/me", json={"full_name": "By a program"}, headers=bearer(key))
    assert made.status_code == 200
    redrawn = await api_keys_card(tab.page)
    assert key not in repr(redrawn)

    travel(timedelta(minutes=11))
    await buttons(redrawn)["Revoke"]()
    tab.push_route.assert_awaited_once_with("/sign-in-again?next=%2Faccount")
    travel(timedelta())
    await buttons(redrawn)["Revoke"]()
    assert (await client.get(f"{API}/me", headers=bearer(key))).status_code == 401
    assert "Nightly import" not in repr(redrawn)
