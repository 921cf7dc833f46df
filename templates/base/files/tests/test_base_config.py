"""Settings: where they come from, and what production refuses."""

from pathlib import Path
from typing import ClassVar

import pytest
from pydantic import SecretStr

from app.core.config import AppSettings, ConfigError, ModuleSettings, check_settings, settings
from app.core.settings import SETTINGS
from tests.conftest import Configure


class KeySettings(ModuleSettings):
    """A part with a secret."""

    required_secrets: ClassVar[tuple[str, ...]] = ("example_key",)

    example_key: SecretStr = SecretStr("known-to-everybody-who-read-the-code")


def test_variable_wins_over_file_and_file_over_default(configure: Configure, tmp_path: Path) -> None:
    assert settings(AppSettings).log_level == "INFO"
    level = tmp_path / "level"
    level.write_text("WARNING\n")
    configure(log_level_file=level)
    assert settings(AppSettings).log_level == "WARNING"
    configure(log_level="ERROR")
    assert settings(AppSettings).log_level == "ERROR"


def test_dotenv_is_read_outside_tests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("LOG_LEVEL=DEBUG\n")
    monkeypatch.setattr("app.core.config.ENV_FILE", tmp_path / ".env")
    assert settings(AppSettings).log_level == "DEBUG"


def test_addresses_are_written_as_browsers_do_and_an_empty_variable_is_none(configure: Configure) -> None:
    configure(public_url="https://Example.com:443/", port="")
    assert settings(AppSettings).public_url == "https://example.com"
    assert settings(AppSettings).port == 8000


def test_unreadable_file_is_named(configure: Configure, tmp_path: Path) -> None:
    configure(example_key_file=tmp_path / "absent")
    with pytest.raises(ConfigError, match="EXAMPLE_KEY_FILE names a file"):
        settings(KeySettings)


@pytest.mark.parametrize(
    "bad", ["port=x", "public_url=a.test", "public_url=https://a.test/app", "trusted_proxies=everybody"]
)
def test_bad_value_is_named(configure: Configure, bad: str) -> None:
    name, _, value = bad.partition("=")
    configure(**{name: value})
    with pytest.raises(ConfigError, match=name.upper()):
        settings(AppSettings)


@pytest.mark.parametrize(
    ("key", "problem"),
    [("", "the default"), ("short", "shorter than 32"), ("ab" * 16, "example"), ("Your-own-" * 4, "example")],
)
def test_production_refuses_weak_secrets(configure: Configure, key: str, problem: str) -> None:
    configure(app_env="production", public_url="https://example.com", example_key=key)
    with pytest.raises(ConfigError, match=f"EXAMPLE_KEY .*{problem}"):
        check_settings([AppSettings, KeySettings])


def test_production_takes_strong_secrets_and_no_empty_ones(configure: Configure) -> None:
    configure(app_env="production", public_url="https://example.com", example_key="0123456789abcdef" * 2)
    check_settings([AppSettings, KeySettings])
    assert KeySettings(example_key=SecretStr("")).production_problems() == ["EXAMPLE_KEY is missing"]


def test_production_needs_its_https_address(configure: Configure) -> None:
    configure(app_env="production", public_url="http://example.com")
    with pytest.raises(ConfigError, match="PUBLIC_URL"):
        check_settings([AppSettings])


def test_development_starts_as_it_is(configure: Configure) -> None:
    configure(app_env="development")
    check_settings([KeySettings])


def test_every_setting_is_in_the_example_and_nothing_else() -> None:
    example = (Path(__file__).parents[1] / ".env.example").read_text(encoding="utf-8")
    names = {line.split("=")[0] for line in example.splitlines() if line and not line.startswith("#")}
    assert names == {field.upper() for cls in SETTINGS for field in cls.model_fields}
