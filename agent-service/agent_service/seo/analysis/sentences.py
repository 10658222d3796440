"""Where English sentences end."""

import re
from collections.abc import Iterator

# A run of end marks, closing quotes and brackets, then space or the end. The look-behind and the
# possessive quantifiers keep "......" linear.
_END = re.compile(r"(?<![.!?…])([.!?…]++)[\"”’')\]]*+(?=\s|$)")
_LAST_WORD = re.compile(r"([\w.]+)$")

# A full stop after these never ends a sentence, whatever follows.
_NEVER_LAST = frozenset({"mr", "mrs", "ms", "dr", "prof", "st", "vs", "e.g", "i.e", "fig", "cf"})
_LONGEST_ABBREVIATION = 8


def split_sentences(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield (start, end, closed) without surrounding space; `closed` says an end mark was there."""
    start = 0
    for match in _END.finditer(text):
        if _goes_on(text, match):
            continue
        yield from _trimmed(text, start, match.end(), closed=True)
        start = match.end()
    yield from _trimmed(text, start, len(text), closed=False)


def _goes_on(text: str, match: re.Match[str]) -> bool:
    following = text[match.end() : match.end() + 40].lstrip()[:1]
    if following.islower():
        return True
    return match.group(1) == "." and _is_abbreviation(text, match.start())


def _is_abbreviation(text: str, stop: int) -> bool:
    last = _LAST_WORD.search(text[max(0, stop - _LONGEST_ABBREVIATION) : stop])
    if last is None:
        return False
    word = last.group(1)
    initial = len(word) == 1 and word.isupper() and word != "I"
    return initial or word.lower() in _NEVER_LAST


def _trimmed(text: str, start: int, end: int, *, closed: bool) -> Iterator[tuple[int, int, bool]]:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        begin = start + len(piece) - len(piece.lstrip())
        yield begin, begin + len(stripped), closed
