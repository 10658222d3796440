"""Everything the process may read from its environment, read once at boot."""

from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import AnyHttpUrl, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ANTHROPIC_HOST = "api.anthropic.com"

LogLevel = Literal["debug", "info", "warning", "error"]


class SettingsError(Exception):
    """Says in one sentence which setting is wrong; never repeats a value."""


class Settings(BaseSettings):
    """Environment variables `AGENT_*`; unknown ones belong to somebody else and are left alone."""

    model_config = SettingsConfigDict(
        env_prefix="AGENT_",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        case_sensitive=False,
    )

    service_token: SecretStr = Field(min_length=32, description="what the worker must present")
    anthropic_base_url: AnyHttpUrl = Field(default=AnyHttpUrl(f"https://{ANTHROPIC_HOST}"))
    # Not needed by the Claude simulator, which accepts any key.
    anthropic_api_key: SecretStr | None = Field(default=None, min_length=1)
    host: str = Field(default="127.0.0.1", min_length=1)
    port: int = Field(default=8700, ge=1, le=65_535)
    log_level: LogLevel = "info"
    # Streams still open after this long are cut; the worker retries with its finished stages.
    shutdown_grace_seconds: int = Field(default=10, ge=1, le=600)

    @field_validator("anthropic_base_url")
    @classmethod
    def _base_url_has_no_credentials(cls, url: AnyHttpUrl) -> AnyHttpUrl:
        if url.username or url.password or url.query or url.fragment:
            raise ValueError("must not carry credentials, a query or a fragment")
        return url

    @model_validator(mode="after")
    def _real_provider_needs_a_key(self) -> Self:
        if self.anthropic_base_url.host == ANTHROPIC_HOST and self.anthropic_api_key is None:
            raise ValueError(f"AGENT_ANTHROPIC_API_KEY is required to call {ANTHROPIC_HOST}")
        return self

    @property
    def provider_url(self) -> str:
        """The base URL without a trailing slash, as the SDK and the readiness probe want it."""
        return str(self.anthropic_base_url).rstrip("/")

    @property
    def provider_host(self) -> str:
        """Host and port only: safe to show in logs and problems."""
        return urlsplit(self.provider_url).netloc

    def provider_key(self) -> str | None:
        return self.anthropic_api_key.get_secret_value() if self.anthropic_api_key else None

    def secrets(self) -> tuple[str, ...]:
        """Values that may never be logged."""
        held = (self.service_token, self.anthropic_api_key)
        return tuple(secret.get_secret_value() for secret in held if secret is not None)


def load_settings() -> Settings:
    """Read the environment, or raise a SettingsError fit to be the last line before exit."""
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError(_sentence(error)) from None


def _sentence(error: ValidationError) -> str:
    first = error.errors(include_input=False, include_url=False)[0]
    reason = first["msg"].removeprefix("Value error, ")
    if not first["loc"]:
        return f"{reason}."
    name = f"AGENT_{first['loc'][0]}".upper()
    if first["type"] == "missing":
        return f"{name} is not set."
    return f"{name} is not valid: {reason[0].lower()}{reason[1:]}."
