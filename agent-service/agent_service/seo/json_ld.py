"""Structured data for search engines: schema.org Article, only what is known here.

Author, publisher, image, dates and the page's address are the publishing site's to add; inventing
them would break Google's structured data policies.
"""

from typing import Any

# Google recommends headlines of at most 110 characters.
LONGEST_HEADLINE = 110


def article_json_ld(title: str, description: str, keyphrase: str) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": title[:LONGEST_HEADLINE],
        "description": description,
        "keywords": keyphrase,
        "inLanguage": "en",
    }
