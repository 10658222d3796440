"""Texts that may hold nothing but text."""

import re
import unicodedata

# Results show about this much of an address (Google truncates near 75 characters).
LONGEST_SLUG = 75


def one_line(text: str, longest: int = 500) -> str:
    """Spaces for line ends and control characters; cut at a word when too long."""
    printable = "".join(char if char.isprintable() else " " for char in text)
    line = " ".join(printable.split())
    if len(line) <= longest:
        return line
    head, space, _ = line[:longest].rpartition(" ")
    return head if space else line[:longest]


def slugify(text: str) -> str:
    """Lower-case ASCII words with hyphens; empty when nothing of the text survives."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", ascii_text.replace("'", ""))
    slug = "-".join(words)
    if len(slug) <= LONGEST_SLUG:
        return slug
    head, hyphen, _ = slug[: LONGEST_SLUG + 1].rpartition("-")
    return head if hyphen else slug[:LONGEST_SLUG]
