"""What went wrong with a call, in the worker's classes and codes."""

import anthropic
import httpx2

from agent_service.failures import AgentError, fatal, retry

# Spend limits keep answering 429 until somebody raises them.
_SPEND_LIMITS = frozenset(
    {
        "enforced_spend_limit_reached",
        "contract_spend_limit_reached",
        "linked_organization_spend_limit_reached",
    }
)
# Inside a stream that began with 200, only the error's type tells; these may pass.
_PASSING_TYPES = frozenset({"overloaded_error", "api_error", "rate_limit_error", "timeout_error"})

_FATAL_BY_STATUS = {
    400: ("model_refused_request", "Claude rejected the request."),
    401: ("model_access_denied", "Claude does not accept our key."),
    402: ("model_payment_required", "Claude's account has a billing problem."),
    403: ("model_access_denied", "Our key may not use this model."),
    404: ("model_not_found", "Claude does not know this model."),
    413: ("model_refused_request", "The request is too large for Claude."),
    422: ("model_refused_request", "Claude rejected the request."),
}


def classify(error: Exception) -> AgentError:
    """Anything unknown is worth another attempt: networks fail in many ways."""
    if isinstance(error, AgentError):
        return error
    if isinstance(error, anthropic.APIStatusError):
        return _by_status(error)
    if isinstance(error, anthropic.APITimeoutError | TimeoutError):
        return retry("model_stalled", "Claude took too long to answer.")
    if isinstance(error, anthropic.APIConnectionError):
        return retry("model_unreachable", "Claude can't be reached.")
    return retry("model_connection_lost", "Claude's answer broke off.")


def may_have_been_sent(error: Exception) -> bool:
    """False only when the request surely never left, or was surely refused."""
    if isinstance(error, anthropic.APIStatusError):
        return False
    never_left = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout)
    return not isinstance(error.__cause__, never_left)


def _by_status(error: anthropic.APIStatusError) -> AgentError:
    if error.error_code in _SPEND_LIMITS:
        return fatal("spend_limit_reached", "Claude's spend limit is reached.")
    if error.status_code in _FATAL_BY_STATUS:
        return fatal(*_FATAL_BY_STATUS[error.status_code])
    delay = retry_after_seconds(error.response.headers)
    if error.status_code == 429 or error.type == "rate_limit_error":
        return retry("model_rate_limited", "Claude asks us to slow down.", delay)
    if error.status_code < 400 and error.type not in _PASSING_TYPES:
        return fatal("model_refused_request", "Claude rejected the request.")
    return retry("model_overloaded", "Claude is overloaded or failing.", delay)


def retry_after_seconds(headers: httpx2.Headers) -> float | None:
    """The provider's delay in seconds; None when it gave none that can be read."""
    for name, scale in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            seconds = float(headers.get(name, "")) * scale
        except ValueError:
            continue
        if 0 <= seconds < float("inf"):
            return seconds
    return None
