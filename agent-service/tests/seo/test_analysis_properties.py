"""What holds for any text at all."""

from hypothesis import given, settings
from hypothesis import strategies as st

from agent_service.seo.analysis.analyze import RULES
from agent_service.seo.analysis.score import WEIGHTS, overall_score
from agent_service.seo.analysis.width import text_width_px
from tests.seo.samples import KEYPHRASE, check, paragraph, run

# Hypothesis alone rarely writes markdown: mix its text with what markdown is made of.
_BLOCKS = (
    "# ",
    "## ",
    "\n",
    "\n\n",
    "- ",
    "> ",
    "1. ",
    "```\n",
    "| a | b |\n|--|--|\n",
    "\r\n",
    "\t",
)
_INLINE = ("**", "_", "[a](b)", "![", "](", "<b>", "&amp;", "\\", "😀", "\x00", "\u2028", "e\u0301")
_PROSE = (KEYPHRASE, "was made ", "However, ", "word. ", "Dr. ", "...", "’s", "-")
_PIECES = st.sampled_from(_BLOCKS + _INLINE + _PROSE)
MARKDOWN = st.lists(_PIECES | st.text(max_size=12), max_size=60).map("".join)
PLAIN = st.text(alphabet=st.characters(categories=("L", "N", "Zs")), max_size=40)


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@settings(max_examples=300)
@given(MARKDOWN, PLAIN)
def test_any_text_gets_an_answer_with_positions_inside_it(markdown: str, keyphrase: str) -> None:
    analysis = run(markdown, title=markdown, slug=keyphrase, keyphrase=keyphrase)
    assert 0 <= analysis.score <= 100
    length = utf16_length(markdown)
    for one in analysis.checks:
        assert all(0 <= start < end <= length for start, end in one.positions)


@settings(max_examples=100)
@given(MARKDOWN)
def test_the_same_text_gets_the_same_answer(markdown: str) -> None:
    assert run(markdown) == run(markdown)


@settings(max_examples=100)
@given(MARKDOWN)
def test_a_paragraph_put_in_front_adds_exactly_its_words(markdown: str) -> None:
    before = run(markdown).word_count
    after = run(f"One two three.\n\n{markdown}").word_count
    assert after == before + 3


@given(st.integers(min_value=0, max_value=40))
@settings(max_examples=20)
def test_another_use_of_the_keyphrase_never_lowers_the_density(uses: int) -> None:
    base = paragraph(200) + f"\n\n{KEYPHRASE}" * uses
    before = check(run(base), "keyphrase_density").measured
    after = check(run(f"{base}\n\n{KEYPHRASE}"), "keyphrase_density").measured
    assert after >= before


@given(st.integers(min_value=1, max_value=50))
@settings(max_examples=20)
def test_emoji_in_front_move_positions_by_their_utf16_length(count: int) -> None:
    bad = "Tea is hot. Tea is wet. Tea is old."
    ((start, end),) = check(run(bad), "sentence_starts").positions
    ((moved_start, moved_end),) = check(run("😀" * count + " " + bad), "sentence_starts").positions
    assert (start, end) == (0, len(bad))
    # The emoji belong to the first sentence; its end moves by two units each.
    assert moved_start == 0
    assert moved_end == end + 2 * count + 1


@given(st.text(), st.text())
def test_a_longer_title_is_never_narrower(title: str, more: str) -> None:
    assert text_width_px(title + more) >= text_width_px(title) - 1e-9


@given(st.lists(st.sampled_from(["good", "ok", "bad"]), min_size=14, max_size=14), st.data())
def test_improving_a_check_never_lowers_the_score(statuses: list[str], data: st.DataObject) -> None:
    pairs = list(zip(WEIGHTS, statuses, strict=True))
    index = data.draw(st.integers(min_value=0, max_value=13))
    better = [*pairs[:index], (pairs[index][0], "good"), *pairs[index + 1 :]]
    assert overall_score(better) >= overall_score(pairs)  # type: ignore[arg-type]


def test_every_rule_has_a_weight_and_every_weight_a_rule() -> None:
    assert {one.id for one in run("x").checks} == set(WEIGHTS)
    assert len(RULES) == len(WEIGHTS)


def test_texts_made_to_be_slow_get_an_answer() -> None:
    # Anything quadratic takes minutes here; the benchmarks say how long it really takes.
    size = 20_000
    for unit in (".", "_", "[", "a_", "![", "<", "`", "\\", "a.", "> ", "- ", "*a", "](", "'a"):
        assert run(unit * (size // len(unit)) + "b").checks
