"""The article as HTML that is safe to show: model output is never trusted."""

import nh3
from markdown_it import MarkdownIt

# Raw HTML in the markdown is shown as text, not passed through.
_RENDERER = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
# No images: a remote one would tell its host who reads.
_RENDERER.disable("image")

_TAGS = frozenset(
    ["a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p"]
) | frozenset(["pre", "s", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"])


def render_html(markdown: str) -> str:
    """The allow-list is applied to the renderer's output, so that neither has to be perfect."""
    return nh3.clean(
        _RENDERER.render(markdown),
        tags=set(_TAGS),
        attributes={"a": {"href", "title"}},
        url_schemes={"http", "https"},
        link_rel="noopener noreferrer nofollow",
    )
