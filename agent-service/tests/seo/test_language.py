"""Keyphrase matching, passive voice and transition words."""

import pytest

from agent_service.seo.analysis.document import parse_document
from agent_service.seo.analysis.keyphrase import Keyphrase, fold
from agent_service.seo.analysis.passive import is_passive
from agent_service.seo.analysis.transitions import has_transition
from agent_service.seo.analysis.width import text_width_px


@pytest.mark.parametrize(
    ("one", "other"),
    [("Guide", "guides"), ("guide’s", "guide"), ("Boxes", "box"), ("story", "stories")],
)
def test_case_plural_and_possessive_do_not_matter(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Cold brew coffee. cold BREW coffees!", 2),
        ("cold-brew **coffee**", 1),
        ("coffee, cold brew", 0),
        ("cold brew. Coffee", 1),
        ("cold\n\nbrew coffee", 0),
    ],
)
def test_a_keyphrase_is_found_word_by_word_within_a_block(text: str, count: int) -> None:
    keyphrase = Keyphrase("cold brew coffee")
    blocks = parse_document(text).blocks
    assert sum(len(keyphrase.occurrences(block.terms)) for block in blocks) == count


def test_occurrences_never_overlap() -> None:
    block = parse_document("go go go go go").blocks[0]
    assert len(Keyphrase("go go").occurrences(block.terms)) == 2


def test_words_without_topic_may_be_left_out() -> None:
    keyphrase = Keyphrase("how to brew a tea")
    assert keyphrase.covered_by("tea-brew")
    assert not keyphrase.covered_by("tea")
    assert Keyphrase("to be or to do").covered_by("or to do be")


def test_a_keyphrase_without_letters_is_found_nowhere() -> None:
    keyphrase = Keyphrase("?!")
    assert not keyphrase.stands_in("?!")
    assert not keyphrase.covered_by("anything")


@pytest.mark.parametrize(
    "sentence",
    [
        "The coffee was brewed overnight",
        "It has been carefully written",
        "Mistakes were not always made by him",
        "He got fired",
        "It wasn’t taken",
        "The files are de-duplicated",
    ],
)
def test_passive_sentences_are_found(sentence: str) -> None:
    assert is_passive(sentence.split())


@pytest.mark.parametrize(
    "sentence",
    [
        "She brewed the coffee",
        "The shed is red",
        "I am interested",
        "They are a broken bunch",
        "We were running",
        "There is a need",
        "He has made it",
        "",
    ],
)
def test_active_sentences_are_left_alone(sentence: str) -> None:
    assert not is_passive(sentence.split())


@pytest.mark.parametrize(
    "sentence", ["But why", "It works, as a result", "We left BECAUSE of rain", "That’s why"]
)
def test_transitions_are_found_as_words_and_phrases(sentence: str) -> None:
    assert has_transition(sentence.replace(",", "").split())


@pytest.mark.parametrize("sentence", ["A result as", "Butter melts", "Cats and dogs", ""])
def test_parts_of_transitions_are_none(sentence: str) -> None:
    assert not has_transition(sentence.split())


def test_widths_are_those_of_arial_at_20_px() -> None:
    assert text_width_px("W") == pytest.approx(18.88)
    assert text_width_px("iiii") == pytest.approx(17.76)
    assert text_width_px("é") == text_width_px("e")
    assert text_width_px("漢") == 20
    assert text_width_px("\u200b\n") == 0
