"""Each threshold of the analysis, from both sides."""

import pytest

from tests.seo.samples import (
    KEYPHRASE,
    check,
    good_article,
    marked,
    paragraph,
    run,
)


def test_a_good_article_passes_every_check_and_scores_100() -> None:
    analysis = run(good_article())
    assert [one.id for one in analysis.checks if one.status != "good"] == []
    assert analysis.score == 100
    assert len(analysis.checks) == 14


def test_an_empty_article_points_at_nothing_and_scores_almost_nothing() -> None:
    analysis = run("", title="", meta_description="", slug="")
    assert analysis.score < 10
    assert all(one.positions == [] for one in analysis.checks)


@pytest.mark.parametrize(
    ("title", "status"),
    [("W" * 31, "good"), ("W" * 32, "ok"), ("W" * 33, "bad"), ("i" * 135, "good"), (" ", "bad")],
)
def test_title_is_at_most_600_px_wide(title: str, status: str) -> None:
    assert check(run("x", title=title), "title_width").status == status


@pytest.mark.parametrize(
    ("length", "status"),
    [
        (0, "bad"),
        (100, "bad"),
        (120, "ok"),
        (121, "good"),
        (156, "good"),
        (157, "ok"),
        (177, "bad"),
    ],
)
def test_meta_description_has_121_to_156_characters(length: int, status: str) -> None:
    found = check(run("x", meta_description="d" * length), "meta_description")
    assert (found.status, found.measured) == (status, length)


@pytest.mark.parametrize(
    ("slug", "status"),
    [("best-cold-brew-coffee", "good"), ("cold-brew", "ok"), ("coffee", "bad"), ("", "bad")],
)
def test_slug_contains_the_keyphrase(slug: str, status: str) -> None:
    assert check(run("x", slug=slug), "slug_keyphrase").status == status


@pytest.mark.parametrize(
    ("title", "status"),
    [("Cold Brew Coffees", "good"), ("Brew your coffee cold", "ok"), ("Tea", "bad")],
)
def test_title_contains_the_keyphrase(title: str, status: str) -> None:
    assert check(run("x", title=title), "keyphrase_in_title").status == status


@pytest.mark.parametrize(
    ("first", "status"),
    [
        ("I love cold brew coffee.", "good"),
        ("Coffee can brew cold.", "ok"),
        ("Tea is nice.", "bad"),
    ],
)
def test_first_paragraph_contains_the_keyphrase(first: str, status: str) -> None:
    markdown = f"# Cold brew coffee\n\n{first}\n\nCold brew coffee again."
    found = check(run(markdown), "keyphrase_in_introduction")
    assert found.status == status
    assert marked(markdown, found) == ([] if status == "good" else [first])


@pytest.mark.parametrize(
    ("having", "without", "status"),
    [
        (0, 4, "bad"),
        (1, 4, "ok"),
        (3, 7, "good"),
        (3, 1, "good"),
        (4, 1, "ok"),
        (4, 0, "bad"),
        (1, 0, "good"),
        (0, 1, "bad"),
    ],
)
def test_30_to_75_percent_of_h2_and_h3_have_the_keyphrase(
    having: int, without: int, status: str
) -> None:
    headings = ["## All about cold brew coffee"] * having + ["### Beans"] * without
    markdown = "\n\ntext\n\n".join([*headings, "#### Not counted"])
    found = check(run(markdown), "keyphrase_in_subheadings")
    assert found.status == status
    wanted = {"bad": without or having, "ok": max(having, without), "good": 0}
    assert len(found.positions) == wanted[status]


@pytest.mark.parametrize(
    ("uses", "words", "status"),
    [(0, 300, "bad"), (1, 300, "ok"), (2, 300, "good"), (9, 300, "good"), (12, 300, "bad")],
)
def test_keyphrase_density_is_half_to_three_percent(uses: int, words: int, status: str) -> None:
    markdown = f"{KEYPHRASE} " * uses + "word " * (words - 3 * uses)
    found = check(run(markdown), "keyphrase_density")
    assert (found.status, found.measured) == (status, round(100 * uses / words, 2))
    assert len(found.positions) == (uses if uses > 9 else 0)


@pytest.mark.parametrize(("words", "status"), [(300, "good"), (299, "ok"), (249, "bad")])
def test_a_text_has_at_least_300_words(words: int, status: str) -> None:
    assert check(run("word " * words), "word_count").status == status


@pytest.mark.parametrize(("long", "status"), [(25, "good"), (26, "ok"), (31, "bad")])
def test_at_most_a_quarter_of_sentences_has_over_20_words(long: int, status: str) -> None:
    sentences = ["Word" + " word" * 20 + "."] * long + ["Word" + " word" * 19 + "."] * (100 - long)
    found = check(run(" ".join(sentences)), "sentence_length")
    assert found.status == status
    assert len(found.positions) == (0 if status == "good" else long)


@pytest.mark.parametrize(("passive", "status"), [(10, "good"), (11, "ok"), (16, "bad")])
def test_at_most_a_tenth_of_sentences_is_passive(passive: int, status: str) -> None:
    sentences = ["Tea was brewed."] * passive + ["Tea brews."] * (100 - passive)
    found = check(run(" ".join(sentences)), "passive_voice")
    assert found.status == status


@pytest.mark.parametrize(("linked", "status"), [(30, "good"), (29, "ok"), (19, "bad")])
def test_at_least_30_percent_of_sentences_have_a_transition(linked: int, status: str) -> None:
    sentences = ["However, tea brews."] * linked + ["Tea brews."] * (100 - linked)
    assert check(run(" ".join(sentences)), "transition_words").status == status


@pytest.mark.parametrize(("words", "status"), [(150, "good"), (151, "ok"), (201, "bad")])
def test_paragraphs_have_at_most_150_words(words: int, status: str) -> None:
    long = ("word " * words).strip()
    markdown = f"short\n\n{long}\n\nshort"
    found = check(run(markdown), "paragraph_length")
    assert (found.status, found.measured) == (status, words)
    assert marked(markdown, found) == ([] if status == "good" else [long])


def test_three_sentences_in_a_row_start_differently() -> None:
    fine = "Tea is hot. Tea is wet. Coffee is too. Tea is old."
    assert check(run(fine), "sentence_starts").status == "good"
    markdown = f"{fine} Tea sings. **Tea** rests.\n\nCoffee waits."
    found = check(run(markdown), "sentence_starts")
    assert (found.status, found.measured) == ("bad", 3)
    assert marked(markdown, found) == ["Tea is old. Tea sings. **Tea** rests."]


def test_a_heading_ends_a_run_of_equal_starts() -> None:
    markdown = "Tea is hot. Tea is wet.\n\n## Tea\n\nTea is old."
    assert check(run(markdown), "sentence_starts").status == "good"


@pytest.mark.parametrize(("words", "status"), [(300, "good"), (301, "ok"), (351, "bad")])
def test_a_subheading_stands_at_least_every_300_words(words: int, status: str) -> None:
    half = ("word " * (words - 150)).strip()
    stretch = ("word " * 150).strip() + "\n\n" + half
    markdown = f"Intro.\n\n## One\n\n{stretch}\n\n## Two\n\nEnd."
    found = check(run(markdown), "subheading_distribution")
    assert (found.status, found.measured) == (status, words)
    assert marked(markdown, found) == ([] if status == "good" else [stretch])


def test_a_failing_check_says_what_to_do() -> None:
    analysis = run(paragraph(200), title="Tea", meta_description="", slug="tea")
    for one in analysis.checks:
        assert one.message.endswith((".", "one."))
        assert len(one.message) > 20
