"""Texts that tests share."""

from agent_service.contracts.analysis import Analysis, Check
from agent_service.seo.analysis.analyze import analyze

KEYPHRASE = "cold brew coffee"
TITLE = "Cold brew coffee at home: a calm guide"
META = (
    "Cold brew coffee needs no machine and no heat. Learn the ratio, the time and the grind, "
    "and brew a smooth jar at home with this short guide."
)
SLUG = "cold-brew-coffee-guide"

_FILLER = [
    "However, cheap beans work too.",
    "Then stir the jar once and close it.",
    "Most people wait for twelve hours.",
    "Because water is slow, patience pays.",
    "A fine filter keeps the cup clear.",
    "For example, paper catches the dust.",
]


def paragraph(words: int) -> str:
    """Short, active, linked sentences of at least so many words in all."""
    sentences: list[str] = []
    while sum(len(sentence.split()) for sentence in sentences) < words:
        sentences.append(_FILLER[len(sentences) % len(_FILLER)])
    return " ".join(sentences)


def good_article() -> str:
    """Passes every check."""
    return "\n\n".join(
        [
            "Cold brew coffee is kind to beginners. " + paragraph(60),
            "## Why cold brew coffee tastes soft",
            paragraph(100),
            "## The grind",
            paragraph(100),
            "## Serving cold brew coffee",
            paragraph(80),
        ]
    )


def run(
    markdown: str,
    *,
    title: str = TITLE,
    meta_description: str = META,
    slug: str = SLUG,
    keyphrase: str = KEYPHRASE,
) -> Analysis:
    return analyze(
        markdown, title=title, meta_description=meta_description, slug=slug, keyphrase=keyphrase
    )


def check(analysis: Analysis, check_id: str) -> Check:
    (found,) = [one for one in analysis.checks if one.id == check_id]
    return found


def marked(markdown: str, found: Check) -> list[str]:
    """The pieces of an all-BMP text that a check points at."""
    return [markdown[start:end] for start, end in found.positions]
