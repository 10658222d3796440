"""What a rule sees and what it says."""

from collections.abc import Iterable
from dataclasses import dataclass

from agent_service.contracts.analysis import CheckStatus, Unit
from agent_service.seo.analysis.document import Document
from agent_service.seo.analysis.keyphrase import Keyphrase
from agent_service.seo.analysis.spans import Span


@dataclass(frozen=True, slots=True)
class Subject:
    """An article with everything a search engine shows of it."""

    document: Document
    keyphrase: Keyphrase
    title: str
    meta_description: str
    slug: str


@dataclass(frozen=True, slots=True)
class Range:
    """The good range, both ends included; None is open."""

    unit: Unit
    min: float | None = None
    max: float | None = None

    def holds(self, value: float, slack: float = 0.0) -> bool:
        """Inside the range, or outside by at most `slack`."""
        above = self.min is None or value >= self.min - slack
        below = self.max is None or value <= self.max + slack
        return above and below

    def status(self, value: float, slack: float) -> CheckStatus:
        """`slack` is how far a value may miss and still be called ok."""
        if self.holds(value):
            return "good"
        return "ok" if self.holds(value, slack) else "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    id: str
    status: CheckStatus
    measured: float
    range: Range
    message: str
    spans: tuple[Span, ...] = ()


def spans_of(items: Iterable[object]) -> tuple[Span, ...]:
    """The places of words, sentences or blocks."""
    return tuple(span for item in items if isinstance(span := getattr(item, "span", None), Span))


def percent(part: int, whole: int) -> float:
    """A share in percent with one decimal; of nothing it is 0."""
    return round(100 * part / whole, 1) if whole else 0.0
