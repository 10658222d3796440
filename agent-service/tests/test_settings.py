"""A wrong environment stops the boot with one sentence that says what to fix."""

import pytest

from agent_service.settings import Settings, SettingsError, load_settings

TOKEN = "t" * 32


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AGENT_SERVICE_TOKEN", TOKEN)
    monkeypatch.setenv("AGENT_ANTHROPIC_API_KEY", "sk-ant-test")
    for name in ("BASE_URL", "PORT", "HOST", "LOG_LEVEL"):
        monkeypatch.delenv(f"AGENT_{name}", raising=False)


def sentence() -> str:
    with pytest.raises(SettingsError) as caught:
        load_settings()
    return str(caught.value)


def test_a_token_and_a_key_are_enough() -> None:
    settings = load_settings()
    assert settings.service_token.get_secret_value() == TOKEN
    assert settings.provider_url == "https://api.anthropic.com"


def test_a_missing_token_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AGENT_SERVICE_TOKEN")
    assert sentence() == "AGENT_SERVICE_TOKEN is not set."


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AGENT_SERVICE_TOKEN", "short-secret"),
        ("AGENT_PORT", "70000"),
        ("AGENT_PORT", "http"),
        ("AGENT_LOG_LEVEL", "chatty"),
        ("AGENT_ANTHROPIC_BASE_URL", "not a url"),
        ("AGENT_ANTHROPIC_BASE_URL", "https://user:pass@provider.test"),
    ],
)
def test_a_bad_value_is_named_in_one_sentence_and_never_repeated(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    said = sentence()
    assert said.startswith(f"{name} is not valid: ")
    assert said.endswith(".")
    assert "\n" not in said
    assert value not in said


def test_the_real_provider_needs_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AGENT_ANTHROPIC_API_KEY")
    assert sentence() == "AGENT_ANTHROPIC_API_KEY is required to call api.anthropic.com."


def test_a_simulator_needs_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AGENT_ANTHROPIC_API_KEY")
    monkeypatch.setenv("AGENT_ANTHROPIC_BASE_URL", "http://127.0.0.1:9/")
    assert load_settings().provider_url == "http://127.0.0.1:9"


def test_secrets_do_not_show_when_settings_are_printed() -> None:
    settings = Settings.model_validate({"service_token": TOKEN, "anthropic_api_key": "sk-ant-1"})
    assert TOKEN not in repr(settings)
    assert "sk-ant-1" not in repr(settings)
