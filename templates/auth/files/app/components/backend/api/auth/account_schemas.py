"""What the routes of account life take and give."""

from pydantic import BaseModel


class EmailIn(BaseModel):
    """An address."""

    email: str


class TokenIn(BaseModel):
    """What a link in a mail carried."""

    token: str


class PasswordReset(TokenIn):
    """A new password, by a link."""

    new_password: str


class PasswordChange(BaseModel):
    """A new password, by the one before."""

    current_password: str
    new_password: str


class Accepted(BaseModel):
    """The request was taken; whether a mail follows is for its recipient to see."""

    detail: str = "If the address is right, a mail is on its way."


class ResetDone(BaseModel):
    """The password is changed."""

    detail: str = "The password is changed, and all sessions have ended. Sign in with the new one."


class Confirmed(BaseModel):
    """The address that was confirmed."""

    email: str
