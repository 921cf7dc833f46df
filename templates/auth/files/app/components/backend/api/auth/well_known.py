"""The public keys, where others look for them (RFC 7517, 5; RFC 8615)."""

from fastapi import APIRouter, Response
from pydantic import BaseModel

from app.components.backend.api.auth.schemas import problems
from app.core.security import public_keys

# Short: who sees an unknown `kid` asks again, and a key that was taken away is soon forgotten.
CACHE = "public, max-age=300"


class Jwk(BaseModel):
    """One public key: `crv` and `x` of an Ed25519 key, or `n` and `e` of an RSA key. No field is private."""

    kid: str
    kty: str
    alg: str
    use: str
    crv: str | None = None
    x: str | None = None
    n: str | None = None
    e: str | None = None


class Jwks(BaseModel):
    """All keys that verify, the one that signs first. None with HS256, whose key is a secret."""

    keys: list[Jwk]


well_known_router = APIRouter(prefix="/.well-known", tags=["auth"], responses=problems(400, 413))


@well_known_router.get("/jwks.json", response_model_exclude_none=True)
async def jwks(response: Response) -> Jwks:
    """The keys that access tokens can be verified with."""
    response.headers["Cache-Control"] = CACHE
    return Jwks(keys=[Jwk(**key) for key in public_keys()])
