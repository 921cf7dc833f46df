"""
How often something may be tried, counted in the database so that all processes count together.

An attempt is counted before the password is looked at, and given back when it was right: a thousand at once
are a thousand, not one.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import ceil

from sqlalchemy import case, delete, literal, update
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.config import settings
from app.core.engine import insert
from app.core.security import keyed_fingerprint
from app.models.base import UtcDateTime, utc_now
from app.models.user import AuthLimit, User
from app.services.auth.errors import StoreUnavailableError, TooManyAttemptsError
from app.services.auth.events import log
from app.services.auth.principal import Client
from app.services.auth.settings import AuthSettings

# Not "now": a request that waited for the row would take the other one's now for a lock.
OPEN = datetime(1970, 1, 1, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """
    One subject under one rule: `most` attempts per window, then none until the window ends.

    With `delays` the window begins anew with every attempt, and after `most` of them each further one is let
    through only after the next delay.
    """

    rule: str
    subject: str
    most: int
    window: timedelta
    delays: tuple[timedelta, ...] = ()

    @property
    def key(self) -> str:
        """The row's key. Addresses are not stored in clear."""
        return f"{self.rule}:{keyed_fingerprint('limit', self.subject)}"


def sign_ins(client: Client) -> Limit:
    """Sign-ins from one address, right or wrong."""
    return Limit("sign-in", client.network, settings(AuthSettings).sign_ins_per_minute, MINUTE)


def provider_starts(client: Client) -> Limit:
    """Ways to GitHub or Google begun from one address."""
    return Limit("provider", client.network, settings(AuthSettings).sign_ins_per_minute, MINUTE)


def registrations(client: Client) -> Limit:
    """Registrations from one address."""
    return Limit("register", client.network, settings(AuthSettings).registrations_per_hour, HOUR)


def mail_requests(client: Client) -> Limit:
    """Acts of one address that send a mail, whoever it goes to."""
    return Limit("mail", client.network, settings(AuthSettings).mail_requests_per_hour, HOUR)


def mails_to(key: str, purpose: str) -> Limit:
    """
    Mails with a link to one mailbox, whoever asks for them.

    The window is no longer than such a link lives: who is refused has three that work.
    """
    return Limit(purpose, key, 3, timedelta(minutes=30))


def confirmations(client: Client) -> Limit:
    """Links of mails shown by one address, right or wrong."""
    return Limit("confirm", client.network, settings(AuthSettings).sign_ins_per_minute, MINUTE)


def failures(account: str, client: Client, user: User | None) -> list[Limit]:
    """
    What a wrong password at one account counts against.

    A device that the owner signed in on before has a count of its own: however many strangers fail, the owner
    is not locked out, and a stolen device cookie is no free pass either.
    """
    config = settings(AuthSettings)
    if user and (device := client.device_of(user.id)):
        return [Limit("device", device, config.account_failures_per_hour, HOUR)]
    delays = [config.lockout_first_seconds]
    while delays[-1] < config.lockout_max_seconds:
        delays.append(min(delays[-1] * 2, config.lockout_max_seconds))
    waits = tuple(timedelta(seconds=seconds) for seconds in delays)
    pair = f"{account} {client.network}"
    return [
        Limit("account-address", pair, config.lockout_free_failures, HOUR + waits[-1], waits),
        Limit("account", account, config.account_failures_per_hour, HOUR),
    ]


async def admit(session: AsyncSession, limit: Limit) -> None:
    """Counts an attempt for good; raises TooManyAttemptsError."""
    if until := await count(session, [limit]):
        raise refusal(until)


async def count(session: AsyncSession, limits: Sequence[Limit]) -> datetime | None:
    """Counts an attempt under all limits, or under none and says until when one of them is shut."""
    async with _store():
        for position, limit in enumerate(limits):
            if until := await _take(session, limit):
                # Not to count here: else one locked-out stranger could fill the account's limit.
                await _undo(session, limits[:position])
                await session.commit()
                return until
        await session.commit()
    return None


async def give_back(session: AsyncSession, limits: Sequence[Limit]) -> None:
    """Takes an attempt back that turned out to be right, and ends its delays. The caller commits."""
    forgiven = [limit.key for limit in limits if limit.delays]
    async with _store():
        await session.exec(delete(AuthLimit).where(col(AuthLimit.key).in_(forgiven)))
        await _undo(session, [limit for limit in limits if not limit.delays])


def refusal(until: datetime) -> TooManyAttemptsError:
    """The answer to someone who has to wait."""
    return TooManyAttemptsError(max(1, ceil((until - utc_now()).total_seconds())))


async def _take(session: AsyncSession, limit: Limit) -> datetime | None:
    """Counts one attempt in one statement; None, or the time until which it is refused."""
    if not settings(AuthSettings).rate_limit_enabled:
        return None
    now = utc_now()
    times = [literal(now + span, UtcDateTime()) for span in (limit.window, *limit.delays)]
    over = col(AuthLimit.forget_at) <= now
    hits = case((over, 1), else_=col(AuthLimit.hits) + 1)
    end = times[0] if limit.delays else case((over, times[0]), else_=col(AuthLimit.forget_at))
    steps = [(hits == limit.most + step, time) for step, time in enumerate(times[1:])]
    shut = case(
        (hits < limit.most, literal(OPEN, UtcDateTime())), *steps, else_=times[-1] if limit.delays else end
    )
    counted = await session.exec(
        insert(AuthLimit)
        .values(key=limit.key, hits=1, blocked_until=OPEN, forget_at=now + limit.window)
        .on_conflict_do_update(
            index_elements=["key"],
            set_={"hits": hits, "blocked_until": shut, "forget_at": end},
            where=col(AuthLimit.blocked_until) <= now,
        )
        .returning(col(AuthLimit.hits))
    )
    if counted.first() is not None:
        return None
    shut_until = await session.exec(select(AuthLimit.blocked_until).where(AuthLimit.key == limit.key))
    return shut_until.first() or now


async def _undo(session: AsyncSession, limits: Sequence[Limit]) -> None:
    for limit in limits:
        await session.exec(
            update(AuthLimit)
            .where(col(AuthLimit.key) == limit.key, col(AuthLimit.hits) > 0)
            .values(hits=AuthLimit.hits - 1, blocked_until=OPEN)
            .execution_options(synchronize_session=False)
        )


@asynccontextmanager
async def _store() -> AsyncIterator[None]:
    """Attempts that cannot be counted are not allowed."""
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        log.exception("limits_unavailable")
        raise StoreUnavailableError(retry_after=5) from error
