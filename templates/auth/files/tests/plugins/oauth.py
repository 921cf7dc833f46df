"""GitHub and Google as far as the app meets them, answering from this process."""

import asyncio
import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from functools import cache, partial
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx2
import pytest
from authlib.integrations.httpx_client import AsyncOAuth2Client
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from app.models.base import utc_now
from app.services.auth.oauth import provider
from tests.conftest import Configure
from tests.plugins.auth import API, EMAIL, Browser

GOOGLE = "https://accounts.google.com"
DISCOVERY = {
    "issuer": GOOGLE,
    "authorization_endpoint": f"{GOOGLE}/o/oauth2/v2/auth",
    "token_endpoint": "https://oauth2.googleapis.com/token",
    "jwks_uri": "https://www.googleapis.com/oauth2/v3/certs",
    "authorization_response_iss_parameter_supported": True,
}
SECRET = "t0p-S3cret-of-the-tests-that-binds-a-sign-in-to-its-browser"
CREDENTIALS = {
    f"{name}_oauth_client_{part}": f"{name}-{part}"
    for name in ("github", "google")
    for part in ("id", "secret")
}


@cache
def signing_key() -> RSAKey:
    """Google's, made once: it takes a while."""
    return RSAKey.generate_key(2048, {"kid": "1"})


class Providers:
    """What both say. Any code is good, as often as it comes, so that refusing a replay is up to the app."""

    def __init__(self) -> None:
        self.account: dict[str, Any] = {"id": 7, "login": "ada", "name": "Ada"}
        self.emails: Any = [{"email": EMAIL, "primary": True, "verified": True, "visibility": None}]
        self.claims: dict[str, Any] = {"sub": "7", "email": EMAIL, "email_verified": True, "name": "Ada"}
        self.discovery: dict[str, Any] = dict(DISCOVERY)
        self.token: dict[str, Any] = {"access_token": "at", "token_type": "Bearer", "expires_in": 3600}
        self.down: httpx2.Response | None = None
        self.slow = False
        self.flows: dict[str, dict[str, str]] = {}
        self.redirect_uris: set[str] = set()

    async def __call__(self, request: httpx2.Request) -> httpx2.Response:
        if self.slow:
            await asyncio.sleep(60)
        path = request.url.path
        if self.down is not None:
            return self.down
        if path.endswith("token"):
            return httpx2.Response(200, json=self._token(dict(parse_qsl(request.content.decode()))))
        answers = {"/user": self.account, "/user/emails": self.emails}
        if path in answers:
            assert request.headers["authorization"] == "Bearer at"
            return httpx2.Response(200, json=answers[path])
        keys = KeySet([signing_key()]).as_dict(private=False)
        return httpx2.Response(200, json=self.discovery if "openid-configuration" in path else keys)

    def _token(self, form: dict[str, str]) -> dict[str, Any]:
        asked = self.flows[form["code"]]
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        challenge = urlsafe_b64encode(digest).decode().rstrip("=")
        if challenge != asked["code_challenge"] or form["redirect_uri"] != asked["redirect_uri"]:
            return {"error": "invalid_grant"}
        now = int(utc_now().timestamp())
        about = {"iss": GOOGLE, "aud": "google-id", "iat": now, "exp": now + 60, "nonce": asked["nonce"]}
        id_token = jwt.encode({"alg": "RS256", "kid": "1"}, about | self.claims, signing_key())
        return {"id_token": id_token} | self.token

    async def begin(self, browser: Browser, name: str, to: str = "") -> dict[str, str]:
        """Goes there; what the browser is to bring back."""
        answer = await browser.get(f"{API}/oauth/{name}/start", params={"next": to} if to else {})
        assert answer.status_code == 302, answer.text
        return self.approve(answer.headers["location"])

    def approve(self, address: str) -> dict[str, str]:
        """The person consents; what the browser is to bring back."""
        asked = dict(parse_qsl(urlsplit(address).query))
        assert asked["code_challenge_method"] == "S256"
        code = f"code-{len(self.flows)}"
        self.flows[code] = asked
        self.redirect_uris.add(asked["redirect_uri"])
        return {"state": asked["state"], "code": code} | (
            {"iss": GOOGLE} if address.startswith(GOOGLE) else {}
        )

    async def sign_in(self, browser: Browser, name: str, to: str = "") -> str:
        """Goes there and back; where the browser ends up."""
        return await come_back(browser, name, await self.begin(browser, name, to))

    async def connect(self, browser: Browser, name: str) -> str:
        """The same for connecting an account there."""
        begun = await browser.post(f"{API}/oauth/{name}/connect")
        return await come_back(browser, name, self.approve(begun.json()["authorization_url"]))


async def come_back(browser: Browser, name: str, answer: dict[str, str]) -> str:
    """Brings an answer back; where the browser ends up."""
    landed = await browser.get(f"{API}/oauth/{name}/callback", params=answer)
    assert landed.status_code == 303, landed.text
    return str(landed.headers["location"])


@pytest.fixture(scope="session", autouse=True)
def _oauth_settings() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("OAUTH_SESSION_SECRET", SECRET)
        yield


@pytest.fixture
def providers(monkeypatch: pytest.MonkeyPatch, configure: Configure) -> Providers:
    """Both, set up."""
    configure(**CREDENTIALS)
    fakes = Providers()
    client = partial(AsyncOAuth2Client, transport=httpx2.MockTransport(fakes))
    monkeypatch.setattr(provider, "AsyncOAuth2Client", client)
    return fakes
