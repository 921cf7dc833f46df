"""Signing keys: two are alive at once, no other counts, and nobody is signed out while they are exchanged."""

import base64
import hmac
import json
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from typer.testing import CliRunner

from app.cli.auth import auth_cli
from app.core import signing_keys
from app.core.config import ConfigError, settings
from app.core.security import SecuritySettings, SessionRef, access_token, check_keys
from app.core.signing_keys import SigningKey, read_folder
from app.models.base import utc_now
from app.services.auth.principal import Client
from tests.conftest import Configure
from tests.plugins.auth import API, SECRET, Browser, bearer, cookie, held, register, token_of

JWKS = "/.well-known/jwks.json"
EARLIER = "20260101T000000000000Z.pem"
NEW_SECRET = "An0ther-S3cret-of-the-tests-and-of-nothing-else, long enough"
Rotate = Callable[[], dict[str, Any]]


@pytest.fixture(params=["EdDSA", "RS256"])
def algorithm(request: pytest.FixtureRequest, configure: Configure, tmp_path: Path) -> str:
    """Each algorithm with an empty folder for its keys."""
    configure(jwt_algorithm=request.param, jwt_keys_dir=tmp_path / "keys")
    return str(request.param)


@pytest.fixture
def rotate(algorithm: str, monkeypatch: pytest.MonkeyPatch) -> Rotate:
    """The command; its RSA keys are small enough to be made quickly."""
    assert algorithm
    monkeypatch.setattr(signing_keys, "RSA_BITS", signing_keys.SMALLEST_RSA_BITS)
    return lambda: dict(json.loads(CliRunner().invoke(auth_cli, ["rotate-keys", "--json"]).stdout))


def _folder() -> Path:
    return settings(SecuritySettings).keys_dir


def _pem(key: ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey, password: bytes | None = None) -> bytes:
    lock = BestAvailableEncryption(password) if password else NoEncryption()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock)


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _hmac(header: dict[str, Any], claims: dict[str, Any], key: bytes) -> str:
    """By hand, because PyJWT refuses to take a public key for a shared secret."""
    text = ".".join(_base64(json.dumps(part).encode()) for part in (header, claims))
    return f"{text}.{_base64(hmac.digest(key, text.encode(), 'sha256'))}"


async def _status(client: Browser, token: str) -> int:
    return (await client.get(f"{API}/me", headers=bearer(token))).status_code


async def _kids(client: Browser) -> list[str]:
    return [key["kid"] for key in (await client.get(JWKS)).json()["keys"]]


async def test_two_keys_are_alive_and_the_newest_signs(
    client: Browser, algorithm: str, rotate: Rotate
) -> None:
    first = rotate()["signs"]
    await register(client)
    old = await token_of(client)
    done = rotate()
    new = await token_of(client)
    headers = [jwt.get_unverified_header(token) for token in (old, new)]
    assert [header["kid"] for header in headers] == [first, done["signs"]]
    assert {header["alg"] for header in headers} == {algorithm}
    assert (done["verify"], done["removed"]) == ([first], [])
    assert [await _status(client, token) for token in (old, new)] == [200, 200]
    assert await _kids(client) == [done["signs"], first]

    # The last token of the first key has run out.
    newest = max(_folder().iterdir())
    long_ago = (utc_now() - timedelta(minutes=15)).timestamp()
    os.utime(newest, (long_ago, long_ago))
    assert [await _status(client, token) for token in (old, new)] == [401, 200]
    assert await _kids(client) == [done["signs"]]
    assert rotate()["removed"] == [first]
    assert {path.stat().st_mode & 0o777 for path in _folder().iterdir()} == {0o600}
    assert len(list(_folder().iterdir())) == 2


async def test_a_key_that_was_exchanged_in_place_is_noticed(client: Browser, rotate: Rotate) -> None:
    kid = rotate()["signs"]
    (path,) = _folder().iterdir()
    before = path.stat()
    rotate()
    newest = max(_folder().iterdir())
    # As a restored copy comes: the same name, time and size, and another key.
    newest.replace(path)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert await _kids(client) not in ([], [kid])


async def test_the_published_keys_verify_and_are_public(
    client: Browser, algorithm: str, rotate: Rotate
) -> None:
    rotate()
    await register(client)
    answer = await client.get(JWKS)
    (published,) = answer.json()["keys"]
    members = {"EdDSA": {"crv", "x"}, "RS256": {"n", "e"}}[algorithm]
    assert published.keys() == {"kid", "kty", "alg", "use"} | members
    assert answer.headers["cache-control"] == "public, max-age=300"
    options: Any = {"verify_aud": False}
    assert jwt.decode(await token_of(client), jwt.PyJWK(published), [algorithm], options=options)["sid"]


async def test_other_keys_and_algorithms_are_refused(client: Browser, algorithm: str, rotate: Rotate) -> None:
    rotate()
    await register(client)
    token = await token_of(client)
    header, claims = jwt.get_unverified_header(token), jwt.decode(token, options={"verify_signature": False})
    del header["alg"]
    (ours,) = read_folder(_folder(), "EdDSA" if algorithm == "EdDSA" else "RS256").keys
    pem = ours.private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    foreign = ed25519.Ed25519PrivateKey.generate()
    rsa_key = rsa.generate_private_key(65537, 2048)
    theirs, other = (foreign, rsa_key) if algorithm == "EdDSA" else (rsa_key, foreign)
    other_algorithm = "RS256" if algorithm == "EdDSA" else "EdDSA"
    stranger = SigningKey(Path(), theirs)

    def sign(key: Any, with_algorithm: str, **changes: Any) -> str:
        return jwt.encode(claims, key, with_algorithm, {**header, **changes})

    assert await _status(client, sign(ours.private, algorithm)) == 200
    forged = [
        sign(theirs, algorithm),
        sign(theirs, algorithm, kid=stranger.kid),
        sign(theirs, algorithm, jwk=stranger.jwk),
        sign(theirs, algorithm, kid=stranger.kid, jwk=stranger.jwk, jku="https://evil.example/jwks.json"),
        sign(ours.private, algorithm, kid=""),
        sign(ours.private, algorithm, kid=f"../keys/{ours.path.name}"),
        sign(other, other_algorithm),
        sign("", "none"),
        sign(SECRET, "HS256"),
        _hmac({**header, "alg": "HS256"}, claims, pem),
    ]
    assert [await _status(client, token) for token in forged] == [401] * len(forged)


async def test_a_file_that_is_no_use_stops_the_start_and_nobody_who_is_there(
    client: Browser, algorithm: str, rotate: Rotate
) -> None:
    with pytest.raises(ConfigError, match=f"JWT_KEYS_DIR holds no key for {algorithm}"):
        check_keys()
    with pytest.raises(ConfigError, match="JWT_KEYS_DIR"):
        access_token(SessionRef(uuid4(), uuid4()))
    rotate()
    check_keys()
    await register(client)
    token = await token_of(client)
    small = rsa.generate_private_key(65537, 1024)  # noqa: S505, what is to be refused
    locked = _pem(ed25519.Ed25519PrivateKey.generate(), b"a passphrase")
    for content, problem in [(b"no key", "is no use"), (locked, "is no use"), (_pem(small), "2048 bits")]:
        (_folder() / EARLIER).write_bytes(content)
        with pytest.raises(ConfigError, match=f"JWT_KEYS_DIR: {EARLIER} .*{problem}"):
            check_keys()
        assert problem in "".join(settings(SecuritySettings).production_problems())
        assert await _status(client, token) == 200


async def test_keys_of_the_other_algorithm_are_left_alone(algorithm: str, rotate: Rotate) -> None:
    rotate()
    if algorithm == "EdDSA":
        other = _pem(rsa.generate_private_key(65537, 2048))
    else:
        other = _pem(ed25519.Ed25519PrivateKey.generate())
    (_folder() / EARLIER).write_bytes(other)
    check_keys()
    assert len(settings(SecuritySettings).signing_keys()) == 1


def test_a_rotation_that_would_change_nothing_is_refused(rotate: Rotate, tmp_path: Path) -> None:
    rotate()
    next(_folder().iterdir()).rename(_folder() / "signing.pem")
    assert "rename it" in str(CliRunner().invoke(auth_cli, ["rotate-keys"]).exception)
    assert len(list(_folder().iterdir())) == 1
    (tmp_path / "keys" / "signing.pem").unlink()
    _folder().rmdir()
    _folder().write_text("no folder")
    assert "cannot be written" in str(CliRunner().invoke(auth_cli, ["rotate-keys"]).exception)


def test_thumbprint_of_rfc_8037() -> None:
    seed = base64.urlsafe_b64decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=")
    key = SigningKey(Path(), ed25519.Ed25519PrivateKey.from_private_bytes(seed))
    assert key.kid == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


async def test_a_shared_secret_is_exchanged_without_signing_anybody_out(
    client: Browser, configure: Configure
) -> None:
    assert (await client.get(JWKS)).json() == {"keys": []}
    user_id = UUID((await register(client)).json()["id"])
    token, refresh = await token_of(client), held(client, "refresh")
    refreshed = await client.post(f"{API}/refresh", headers=cookie("refresh", refresh))
    device = Client("", known_device=held(client, "device"))

    configure(jwt_secret_key=NEW_SECRET, jwt_previous_secret_key=SECRET)
    again = await client.post(f"{API}/refresh", headers=cookie("refresh", refresh))
    assert again.cookies["aegis_refresh"] == refreshed.cookies["aegis_refresh"]
    assert device.device_of(user_id)
    assert [await _status(client, each) for each in (token, await token_of(client))] == [200, 200]

    configure(jwt_previous_secret_key="")
    assert [await _status(client, each) for each in (token, await token_of(client))] == [401, 200]
    assert not device.device_of(user_id)


def test_a_weak_previous_secret_is_refused(configure: Configure) -> None:
    configure(jwt_previous_secret_key="short")
    with pytest.raises(ConfigError, match="JWT_PREVIOUS_SECRET_KEY: is missing, or shorter"):
        settings(SecuritySettings)
    configure(jwt_previous_secret_key="your-super-secret-key-here-make-it-long-and-random")
    problems = settings(SecuritySettings).production_problems()
    assert "JWT_PREVIOUS_SECRET_KEY looks like an example" in "".join(problems)


def test_the_command_says_how_a_shared_secret_is_exchanged() -> None:
    answer = CliRunner().invoke(auth_cli, ["rotate-keys"])
    assert isinstance(answer.exception, ConfigError)
    assert "JWT_PREVIOUS_SECRET_KEY 15 minutes later" in str(answer.exception)
    assert SECRET not in f"{answer.exception}{answer.output}"
