"""What Redis has to be told, and what is said when it does not answer."""

from urllib.parse import urlsplit

import pytest

from app.core.config import ConfigError, settings
from app.core.redis import RedisSettings, check_redis, prepare_redis, redis
from tests.conftest import Configure


@pytest.mark.parametrize(
    ("url", "password", "expected"),
    [
        ("redis://cache:6380/1", "from-setting", "from-setting"),
        ("rediss://:from-url@cache/0", "from-setting", "from-url"),
        ("redis://cache", "", None),
    ],
)
def test_the_password_is_the_one_of_the_address_or_the_setting(
    configure: Configure, url: str, password: str, expected: str | None
) -> None:
    configure(redis_url=url, redis_password=password)
    assert settings(RedisSettings).password == expected


def test_production_needs_a_password(configure: Configure) -> None:
    configure(redis_url="redis://cache/0")
    assert settings(RedisSettings).production_problems() == ["REDIS_PASSWORD is missing"]
    configure(redis_password="s" * 32)
    assert settings(RedisSettings).production_problems() == []


async def test_all_who_ask_share_one_client() -> None:
    await redis().set("greeting", "hello")
    assert await redis().get("greeting") == b"hello"
    assert redis() is redis()
    await check_redis()


async def test_a_connection_that_the_server_closed_is_opened_anew() -> None:
    await redis().set("greeting", "hello")
    for _ in range(20):
        await redis().client_kill_filter(_type="normal", skipme=False)
        assert await redis().get("greeting") == b"hello"


def test_a_server_that_answers_is_no_obstacle(redis_url: str) -> None:
    assert redis_url
    prepare_redis()


def test_a_server_that_does_not_answer_is_named_with_the_way_out(configure: Configure) -> None:
    configure(redis_url="redis://:sesame@127.0.0.1:1/0")
    with pytest.raises(ConfigError, match=r"does not answer at 127\.0\.0\.1:1.*make up") as caught:
        prepare_redis()
    assert "sesame" not in str(caught.value)


def test_a_server_that_refuses_the_password_says_so(configure: Configure, redis_url: str) -> None:
    place = urlsplit(redis_url)
    configure(redis_url=f"redis://:wrong@{place.hostname}:{place.port}/0")
    with pytest.raises(ConfigError, match="refuses the password"):
        prepare_redis()


def test_an_address_of_something_else_is_refused(configure: Configure) -> None:
    configure(redis_url="http://cache")
    with pytest.raises(ConfigError, match=r"REDIS_URL: .*must begin with redis://"):
        settings(RedisSettings)
