"""The app in this process, and browsers in front of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2
import pytest
from fastapi import APIRouter, FastAPI

from app.components.backend import main

# By their routers, which FastAPI takes longer over than most tests do; kept, so that no other has their ids.
_apps: dict[tuple[int, ...], tuple[list[APIRouter], FastAPI]] = {}


@asynccontextmanager
async def browser(app: FastAPI, *, address: str = "127.0.0.1") -> AsyncIterator[httpx2.AsyncClient]:
    """A client with cookies and an address of its own."""
    transport = httpx2.ASGITransport(app=app, client=(address, 50000))
    async with httpx2.AsyncClient(transport=transport, base_url="http://localhost") as client:
        yield client


@pytest.fixture
async def app() -> AsyncIterator[FastAPI]:
    """The app, started anew for this test; whoever needs more routes puts them into `main.ROUTERS` before."""
    routers: list[APIRouter] = vars(main)["ROUTERS"]
    ids = tuple(id(router) for router in routers)
    if ids not in _apps:
        _apps[ids] = routers, main.create_app()
    _, app = _apps[ids]
    async with main.lifespan(app):
        yield app


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx2.AsyncClient]:
    """The first browser."""
    async with browser(app) as client:
        yield client
