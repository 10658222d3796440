"""English passive voice: a form of "to be" or "to get", then a past participle."""

from collections.abc import Sequence

_AUXILIARIES_TEXT = """
    am is are was were be been being get gets got gotten getting isn't aren't wasn't weren't
    it's that's they're we're you're i'm he's she's there's what's
"""
_AUXILIARIES = frozenset(_AUXILIARIES_TEXT.split())
# May stand between the two without ending the construction ("was not yet fully tested").
_BETWEEN_TEXT = """
    not never also always often still just already now then soon ever even only almost being
    been usually sometimes yet currently well further thus both all
"""
_BETWEEN = frozenset(_BETWEEN_TEXT.split())
_MOST_WORDS_BETWEEN = 3

# Participles that don't end in -ed. Forms equal to the infinitive or mostly adjectives are out.
_IRREGULAR_TEXT = """
    arisen awoken beaten become begun bent bitten blown born bought bound bred broken brought
    built burnt caught chosen clung cut dealt done drawn driven drunk dug dealt eaten fallen
    felt fed fought found flung flown forbidden foreseen forgiven forgotten forsaken frozen
    given gone ground grown heard held hidden hit hung hurt kept known laid lain learnt led left
    lent let lit lost made meant met mistaken outdone overcome overdone overtaken overthrown
    paid proven put read rebuilt redone rewritten rid ridden risen run rung said sawn seen sent
    set sewn shaken shed shone shorn shot shown shrunk shut slain slept slid slung slit sold
    sought sown spent split spoken spread sprung spun stolen stood struck strung stuck stung
    sung sunk sworn swept swollen swum swung taken taught thought thrown told torn trodden
    undergone understood undone upheld upset wept withdrawn withheld woken won worn wound woven
    written wrung
"""
_IRREGULAR = frozenset(_IRREGULAR_TEXT.split())
# End in -ed but aren't participles, or describe a state ("is interested").
_NOT_PARTICIPLES_TEXT = """
    bed red need feed seed speed deed weed reed breed exceed succeed proceed hundred indeed shed
    sacred naked wicked rugged ragged crooked kindred embed bleed greed interested excited tired
    bored worried pleased delighted scared confused surprised advanced experienced complicated
"""
_NOT_PARTICIPLES = frozenset(_NOT_PARTICIPLES_TEXT.split())


def is_passive(words: Sequence[str]) -> bool:
    """`words` is one sentence in order, any case."""
    lowered = [word.lower().replace("’", "'") for word in words]
    return any(
        word in _AUXILIARIES and _participle_follows(lowered, index + 1)
        for index, word in enumerate(lowered)
    )


def _participle_follows(words: list[str], start: int) -> bool:
    for word in words[start : start + _MOST_WORDS_BETWEEN + 1]:
        if _is_participle(word):
            return True
        if word not in _BETWEEN and not word.endswith("ly"):
            return False
    return False


def _is_participle(word: str) -> bool:
    if word in _IRREGULAR:
        return True
    # "de-duplicated" is judged by its last part.
    last = word.rpartition("-")[2]
    return len(last) > 3 and last.endswith("ed") and last not in _NOT_PARTICIPLES
