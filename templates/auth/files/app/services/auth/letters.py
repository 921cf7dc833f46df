"""
What the mails about accounts say.

They quote nothing that a stranger typed: whoever registers somebody else's address could send them a text.
"""

from datetime import timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.project import NAME
from app.models.mail import OutgoingMail
from app.models.user import User
from app.services.auth import outbox
from app.services.auth.one_time_tokens import mint
from app.services.auth.outbox import Letter
from app.services.auth.validation import email_key

RESET_LIFETIME = timedelta(minutes=30)
VERIFY_LIFETIME = timedelta(hours=24)
CHANGE_LIFETIME = timedelta(hours=1)
_NOT_YOU = "If this was not you, set a new password now: choose “Forgot your password?” where you sign in."


@outbox.purpose("reset_password")
async def reset_password(session: AsyncSession, mail: OutgoingMail) -> Letter | None:
    """
    Leads to a new password.

    Only here is the account looked up, so the answer to the request cannot tell whether there is one. The
    mail goes to the account's own spelling of the address, never to that of whoever asked.
    """
    key = email_key(mail.recipient)
    found = await session.exec(select(User).where(User.email_key == key, col(User.is_active).is_(True)))
    if (user := found.first()) is None:
        return None
    mail.about_id = user.id
    token = await mint(session, mail, user.id, user.email, RESET_LIFETIME)
    text = (
        f"Somebody, probably you, asked for a new password at {NAME}. Choose one within half an hour:\n\n"
        f"{outbox.link('/reset-password', token)}\n\n"
        "If it was not you, there is nothing to do: your password stays as it is."
    )
    return Letter(f"A new password for {NAME}", text, user.email)


@outbox.purpose("verify_email")
async def verify_email(session: AsyncSession, mail: OutgoingMail) -> Letter | None:
    """Shows that a new account's address is its owner's."""
    user = await session.get(User, mail.about_id)
    if user is None or user.email != mail.recipient or user.email_verified_at:
        return None
    token = await mint(session, mail, user.id, user.email, VERIFY_LIFETIME)
    text = (
        f"There is a new account at {NAME} with this address. If you made it, confirm that within a day:\n\n"
        f"{outbox.link('/verify-email', token)}\n\n"
        "If you did not, do not follow the link."
    )
    return Letter(f"Your address at {NAME}", text)


@outbox.purpose("change_email")
async def change_email(session: AsyncSession, mail: OutgoingMail) -> Letter | None:
    """Goes to the new address of an account, which is its address only once confirmed from there."""
    user = await session.get(User, mail.about_id)
    if user is None:
        return None
    token = await mint(session, mail, user.id, mail.recipient, CHANGE_LIFETIME)
    text = (
        f"An account at {NAME} is to have this address. If it is yours, confirm that within an hour:\n\n"
        f"{outbox.link('/confirm-email', token)}\n\n"
        "If it is not, do not follow the link."
    )
    return Letter(f"Your new address at {NAME}", text)


@outbox.purpose("email_changed")
async def email_changed(_session: AsyncSession, _mail: OutgoingMail) -> Letter | None:
    """Tells the old address, which is the last thing it hears."""
    text = (
        f"Your account at {NAME} has another address from now on, and this one is no longer used.\n\n"
        "If this was not you, somebody else has your account: tell whoever runs the service."
    )
    return Letter(f"Your address at {NAME} was changed", text)


@outbox.purpose("password_changed")
async def password_changed(_session: AsyncSession, _mail: OutgoingMail) -> Letter | None:
    """Tells about a password that was changed (ASVS 6.3.7)."""
    text = f"The password of your account at {NAME} was changed, and all other devices were signed out."
    return Letter(f"Your password at {NAME} was changed", f"{text}\n\n{_NOT_YOU}")


async def about_a_way_in(session: AsyncSession, mail: OutgoingMail, what: str, text: str) -> Letter | None:
    """Tells the owner of a proven address what has become of a way in (ASVS 6.3.7); nobody else."""
    user = await session.get(User, mail.about_id)
    if user is None or user.email_verified_at is None:
        return None
    return Letter(f"{what} at {NAME}", f"{text}\n\n{_NOT_YOU}", user.email)


@outbox.purpose("api_key_made")
async def api_key_made(session: AsyncSession, mail: OutgoingMail) -> Letter | None:
    """Tells about a new API key."""
    text = f"An API key was made for your account at {NAME}: whoever has it can use your account by program."
    return await about_a_way_in(session, mail, "A new API key", text)


@outbox.purpose("session_stolen")
async def session_stolen(_session: AsyncSession, _mail: OutgoingMail) -> Letter | None:
    """Tells about a refresh token that was used twice."""
    text = (
        f"A sign-in of yours at {NAME} was used from two places at once, as if it had been copied. "
        "It was ended in both."
    )
    return Letter(f"A sign-in at {NAME} was ended", f"{text}\n\n{_NOT_YOU}")
