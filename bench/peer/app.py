"""What the auth figures are measured beside: fastapi-users with SQLAlchemy, put together as its documentation does."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated
from uuid import UUID

from fastapi import Depends, FastAPI
from fastapi_users import BaseUserManager, FastAPIUsers, UUIDIDMixin, schemas
from fastapi_users.authentication import AuthenticationBackend, BearerTransport, JWTStrategy
from fastapi_users.db import SQLAlchemyBaseUserTableUUID, SQLAlchemyUserDatabase
from fastapi_users.password import PasswordHelper
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from pwdlib.hashers.bcrypt import BcryptHasher
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase

SECRET = os.environ["JWT_SECRET_KEY"]
# The generated project's hashes, so that both pay the same for one.
COST = int(os.environ["PASSWORD_HASH_TIME_COST"]), int(os.environ["PASSWORD_HASH_MEMORY_KIB"])
helper = PasswordHelper(PasswordHash((Argon2Hasher(*COST, 1, hash_len=32, salt_len=16), BcryptHasher())))
engine = create_async_engine(os.environ["DATABASE_URL"])
make_session = async_sessionmaker(engine, expire_on_commit=False)


class Base(DeclarativeBase):
    pass


class User(SQLAlchemyBaseUserTableUUID, Base):
    pass


class UserRead(schemas.BaseUser[UUID]):
    pass


class UserCreate(schemas.BaseUserCreate):
    pass


class UserManager(UUIDIDMixin, BaseUserManager[User, UUID]):
    reset_password_token_secret = SECRET
    verification_token_secret = SECRET


async def get_session() -> AsyncIterator[AsyncSession]:
    async with make_session() as session:
        yield session


async def get_user_manager(session: Annotated[AsyncSession, Depends(get_session)]) -> AsyncIterator[UserManager]:
    yield UserManager(SQLAlchemyUserDatabase(session, User), helper)


def get_strategy() -> JWTStrategy[User, UUID]:
    return JWTStrategy(secret=SECRET, lifetime_seconds=900)


backend = AuthenticationBackend(name="jwt", transport=BearerTransport(tokenUrl="api/v1/auth/login"), get_strategy=get_strategy)
users = FastAPIUsers[User, UUID](get_user_manager, [backend])
current_user = users.current_user(active=True)


@asynccontextmanager
async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    yield
    await engine.dispose()


app = FastAPI(lifespan=lifespan)
app.include_router(users.get_auth_router(backend), prefix="/api/v1/auth")
app.include_router(users.get_register_router(UserRead, UserCreate), prefix="/api/v1/auth")


@app.get("/api/v1/auth/me", response_model=UserRead)
async def me(user: Annotated[User, Depends(current_user)]) -> User:
    return user


@app.get("/health/live")
async def live() -> dict[str, str]:
    return {"status": "ok"}
