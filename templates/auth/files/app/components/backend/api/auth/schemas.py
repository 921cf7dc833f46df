"""What the routes take and give. Every answer is spelt out, so no hash can slip into one."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict


class Credentials(BaseModel):
    """Sign-in as JSON. The service judges the values, so that pages get the same answers."""

    email: str
    password: str


class Registration(Credentials):
    """A new account."""

    full_name: str = ""


class Profile(BaseModel):
    """What a person may change about themselves."""

    full_name: str


class UserOut(BaseModel):
    """A person, as they see themselves."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    email: str
    full_name: str
    is_active: bool
    created_at: datetime


class TokenOut(BaseModel):
    """The access token for programs, as RFC 6749 has it. Browsers use the cookies."""

    access_token: str
    token_type: str = "bearer"  # noqa: S105, a kind of token
    expires_in: int


class RefreshOut(BaseModel):
    """A refresh: the tokens are in the cookies alone, out of reach of scripts."""

    expires_in: int


class Problem(BaseModel):
    """Any refusal; `field` where one value is to blame. A list where the request has the wrong shape."""

    detail: str | list[dict[str, Any]]
    code: str
    field: str | None = None


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The refusals of a route, for its documentation."""
    return {status: {"model": Problem} for status in statuses}
