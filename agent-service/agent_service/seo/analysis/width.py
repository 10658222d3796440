"""How wide a title is where search engines show it: Arial at 20 px.

Advance widths are in thousandths of the font size. They are those of Helvetica, which Arial was
drawn to match, from Adobe's published Core 14 font metrics.
"""

import unicodedata

# Desktop results show titles in 20 px Arial.
FONT_SIZE_PX = 20

_CHARACTERS_BY_WIDTH = {
    191: "'",
    222: "ijl‘’",
    260: "|",
    278: " !,./:;I[\\]ft",
    333: "()-`r“”",
    334: "{}",
    350: "•",
    355: '"',
    389: "*",
    469: "^",
    500: "Jckvsxyz",
    556: "#$0123456789?_Labdeghnopqu–€£§",
    584: "+<=>~",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    737: "©®",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1000: "—…™",
    1015: "@",
}
_WIDTHS = {char: width for width, chars in _CHARACTERS_BY_WIDTH.items() for char in chars}
# Letters of other alphabets: about the average of Arial's own.
_UNKNOWN = 600
# Ideographs and emoji fill a square.
_SQUARE = 1000


def text_width_px(text: str) -> float:
    """The width of one line; it never breaks and control characters have none."""
    decomposed = unicodedata.normalize("NFD", text)
    return sum(_thousandths(char) for char in decomposed) * FONT_SIZE_PX / 1000


def _thousandths(char: str) -> int:
    if (known := _WIDTHS.get(char)) is not None:
        return known
    if unicodedata.category(char)[0] in "MC":
        return 0
    return _SQUARE if unicodedata.east_asian_width(char) in "WF" else _UNKNOWN
