"""English words and phrases that tie a sentence to its neighbours.

Chosen by what they do (the groups of school grammars), leaving out "and" and "or", which join
words more often than thoughts.
"""

from collections import defaultdict
from collections.abc import Sequence

_BY_FUNCTION = {
    "addition": """
        also, besides, furthermore, moreover, additionally, too, as well, in addition,
        what is more, what's more, on top of that, not only, not to mention, along with,
        together with, apart from
    """,
    "likeness": """
        similarly, likewise, equally, in the same way, just as, by the same token, as with
    """,
    "contrast": """
        but, however, although, though, even though, yet, still, nevertheless, nonetheless,
        instead, whereas, while, unlike, despite, in spite of, otherwise, conversely, even so,
        that said, on the other hand, on the one hand, on the contrary, by contrast, in contrast,
        in comparison, rather than, regardless, except, at the same time, then again
    """,
    "cause": """
        because, since, so, therefore, thus, hence, consequently, accordingly, as a result,
        as a consequence, for this reason, for that reason, due to, owing to, thanks to,
        on account of, that is why, that's why, this is why, this means, that means, which means,
        so that, in order to, to this end, to that end, given that, now that, in turn
    """,
    "condition": """
        if, unless, provided that, as long as, in case, in that case, in this case, whether,
        even if, only if, assuming that, or else
    """,
    "order": """
        first, second, third, firstly, secondly, thirdly, next, then, finally, lastly,
        first of all, to begin with, to start with, at first, last but not least,
        in the first place, from there, step by step
    """,
    "time": """
        when, whenever, before, after, afterwards, until, once, meanwhile, later, earlier,
        eventually, soon, subsequently, previously, thereafter, during, in the meantime,
        as soon as, at last, in the end, by the time, so far, until now, from now on,
        in the long run, over time, at that point, at this point, by then, these days
    """,
    "example": """
        for example, for instance, such as, namely, specifically, especially, particularly,
        in particular, including, to illustrate, in this way, take the case of
    """,
    "emphasis": """
        indeed, certainly, clearly, surely, obviously, undoubtedly, in fact, of course, above all,
        after all, most importantly, more importantly, without doubt, to be sure, at least,
        even more, in practice, as you can see
    """,
    "summary": """
        overall, ultimately, altogether, in short, in summary, in brief, in conclusion, to sum up,
        to conclude, all in all, on the whole, in general, in other words, that is, put simply,
        simply put, to put it differently, as a rule, for the most part
    """,
}


def _by_first_word() -> dict[str, tuple[tuple[str, ...], ...]]:
    grouped: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for listed in _BY_FUNCTION.values():
        for phrase in listed.split(","):
            words = tuple(phrase.split())
            grouped[words[0]].append(words)
    return {first: tuple(phrases) for first, phrases in grouped.items()}


_TRANSITIONS = _by_first_word()


def has_transition(words: Sequence[str]) -> bool:
    """`words` is one sentence in order, any case."""
    lowered = [word.lower().replace("’", "'") for word in words]
    return any(_starts_at(lowered, index) for index in range(len(lowered)))


def _starts_at(words: list[str], index: int) -> bool:
    phrases = _TRANSITIONS.get(words[index], ())
    return any(tuple(words[index : index + len(phrase)]) == phrase for phrase in phrases)
