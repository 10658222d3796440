"""Finding a keyphrase in text: case, plural and possessive don't matter, word order does."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from agent_service.seo.analysis.document import Word
from agent_service.seo.analysis.spans import Span

_TERM = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_PLURAL_ES = re.compile(r"(?:s|x|z|ch|sh)es$")

# Words that carry no topic: a slug or heading may leave them out.
_FUNCTION_WORDS_TEXT = """
    a an the and or but of to in on at by for from with without about into over under as is are
    be was were do does can will your my our their his her its this that these those it you we i
    they how what why when where which who
"""
_FUNCTION_WORDS = frozenset(_FUNCTION_WORDS_TEXT.split())


@lru_cache(maxsize=8192)
def fold(term: str) -> str:
    """The form in which terms are compared; good enough to equate "Guides" and "guide's"."""
    text = _POSSESSIVE.sub("", unicodedata.normalize("NFKC", term).casefold())
    if len(text) <= 3 or text.endswith("ss"):
        return text
    if text.endswith("ies"):
        return f"{text[:-3]}y"
    if _PLURAL_ES.search(text):
        return text[:-2]
    return text.removesuffix("s")


def folded_terms(text: str) -> frozenset[str]:
    """Every term of a text without markup, in comparable form."""
    return frozenset(fold(term) for term in _TERM.findall(text))


class Keyphrase:
    """A phrase without a single letter or digit is found nowhere."""

    def __init__(self, phrase: str) -> None:
        self.phrase = phrase
        self.terms = tuple(fold(term) for term in _TERM.findall(phrase))
        content = tuple(term for term in self.terms if term not in _FUNCTION_WORDS)
        self.content_terms = frozenset(content or self.terms)

    def occurrences(self, terms: Sequence[Word]) -> list[Span]:
        """Where the whole phrase stands, word by word; places never overlap."""
        folded = [fold(word.text) for word in terms]
        found: list[Span] = []
        index, length = 0, len(self.terms)
        while length and index + length <= len(folded):
            if tuple(folded[index : index + length]) == self.terms:
                found.append(Span(terms[index].span.start, terms[index + length - 1].span.end))
                index += length
            else:
                index += 1
        return found

    def stands_in(self, text: str) -> bool:
        """The whole phrase, word by word, in a text without markup."""
        words = [Word(match.group(), Span(*match.span())) for match in _TERM.finditer(text)]
        return bool(self.occurrences(words))

    def covered_by(self, text: str) -> bool:
        """Every word that carries the topic, in any order."""
        return bool(self.content_terms) and self.content_terms <= folded_terms(text)
