"""Times the on-page analysis as the agent runs it; prints one JSON object. Run with the agent's folder as PYTHONPATH."""

import json
import time

from tests.seo.samples import good_article, run

ROUNDS = 40
# Texts that make a careless parser backtrack: quadratic behaviour takes minutes here.
HOSTILE = (".", "_", "[", "a_", "![", "<", "`", "\\", "a.", "> ", "- ", "*a", "](", "'a")
HOSTILE_CHARACTERS = 20_000


def milliseconds(markdown: str) -> float:
    started = time.perf_counter()
    run(markdown)
    return (time.perf_counter() - started) * 1000


article = "\n\n".join([good_article()] * 6)
words = run(article).word_count
durations = sorted(milliseconds(article) for _ in range(ROUNDS))
hostile = max(milliseconds(unit * (HOSTILE_CHARACTERS // len(unit)) + "b") for unit in HOSTILE)
print(
    json.dumps(
        {
            "words": words,
            "p50": durations[ROUNDS // 2],
            "p95": durations[int(ROUNDS * 0.95)],
            "hostile": hostile,
        }
    )
)
