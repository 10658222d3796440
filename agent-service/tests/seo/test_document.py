"""A text taken apart keeps its places."""

import pytest

from agent_service.seo.analysis.document import parse_document


def words(markdown: str) -> list[str]:
    return [word.text for block in parse_document(markdown).blocks for word in block.words]


def sentences(markdown: str) -> list[str]:
    document = parse_document(markdown)
    return [markdown[one.span.start : one.span.end] for one in document.sentences]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("plain **bold** _soft_ `code`", ["plain", "bold", "soft", "code"]),
        ("a [link](https://x.test/path) here", ["a", "link", "here"]),
        ("an ![image text](x.png) here", ["an", "here"]),
        ("see <https://x.test> <b>now</b> &amp; then", ["see", "now", "then"]),
        ("snake_case is kept", [["snake", "case"][0], "case", "is", "kept"]),
        ("well-known, don’t", ["well-known", "don’t"]),
        ("```\ncode block\n```\n\ntext", ["text"]),
        ("<div>\nraw html\n</div>\n\ntext", ["text"]),
        ("> quoted\n> text", ["quoted", "text"]),
        ("- one\n  - two\n\n1. three", ["one", "two", "three"]),
        ("| a | b |\n|---|---|\n| c | d |", ["a", "b", "c", "d"]),
        ("Title\n=====\n\ntext", ["Title", "text"]),
        ("one\r\ntwo\rthree\u2028four", ["one", "two", "three", "four"]),
        ("a\x00b", ["a", "b"]),
        ("", []),
    ],
)
def test_only_what_a_reader_reads_counts_as_words(markdown: str, expected: list[str]) -> None:
    assert words(markdown) == expected


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Dr. J. Smith came, e.g. Monday. Then left.", None),
        ("It costs 3.50 today. Pay up.", ["It costs 3.50 today.", "Pay up."]),
        ("He said “stop.” Nobody did.", ["He said “stop.”", "Nobody did."]),
        ("Wait... what happened? Nothing.", ["Wait... what happened?", "Nothing."]),
        ("It is **bold.** Next one", ["It is **bold.**", "Next one"]),
        ("Two\nlines make one. Yes.", ["Two\nlines make one.", "Yes."]),
        ("# A heading.\n\nText.", ["Text."]),
        ("- a fragment\n- A full sentence.", ["A full sentence."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(markdown: str, expected: list[str] | None) -> None:
    wanted = expected or ["Dr. J. Smith came, e.g. Monday.", "Then left."]
    found = [sentence.rstrip("*") for sentence in sentences(markdown)]
    assert found == [sentence.rstrip("*") for sentence in wanted]


def test_every_word_stands_where_it_says() -> None:
    table = "| one | two |\n|-|-|\n| one | 3 |"
    markdown = f"# Héad 😀 ing\n\n> quote *with* x\n\n- item [a](b) end\n\n{table}"
    for block in parse_document(markdown).blocks:
        for word in block.words:
            assert markdown[word.span.start : word.span.end] == word.text


def test_equal_cells_of_one_row_have_their_own_places() -> None:
    document = parse_document("| a | a |\n|---|---|\n| a | a |")
    assert [block.span.start for block in document.blocks] == [2, 6, 22, 26]
