"""The analysis: every rule over one article, and the score."""

from collections.abc import Callable

from agent_service.contracts.analysis import Analysis, Check, Threshold
from agent_service.seo.analysis.document import parse_document
from agent_service.seo.analysis.finding import Finding, Subject
from agent_service.seo.analysis.keyphrase import Keyphrase
from agent_service.seo.analysis.rules.keyphrase_density import keyphrase_density
from agent_service.seo.analysis.rules.keyphrase_in_introduction import keyphrase_in_introduction
from agent_service.seo.analysis.rules.keyphrase_in_subheadings import keyphrase_in_subheadings
from agent_service.seo.analysis.rules.keyphrase_in_title import keyphrase_in_title
from agent_service.seo.analysis.rules.meta_description import meta_description
from agent_service.seo.analysis.rules.paragraph_length import paragraph_length
from agent_service.seo.analysis.rules.passive_voice import passive_voice
from agent_service.seo.analysis.rules.sentence_length import sentence_length
from agent_service.seo.analysis.rules.sentence_starts import sentence_starts
from agent_service.seo.analysis.rules.slug_keyphrase import slug_keyphrase
from agent_service.seo.analysis.rules.subheading_distribution import subheading_distribution
from agent_service.seo.analysis.rules.title_width import title_width
from agent_service.seo.analysis.rules.transition_words import transition_words
from agent_service.seo.analysis.rules.word_count import word_count
from agent_service.seo.analysis.score import overall_score
from agent_service.seo.analysis.spans import Utf16Offsets

Rule = Callable[[Subject], Finding]

RULES: tuple[Rule, ...] = (
    title_width,
    meta_description,
    slug_keyphrase,
    keyphrase_in_title,
    keyphrase_in_introduction,
    keyphrase_in_subheadings,
    keyphrase_density,
    word_count,
    sentence_length,
    passive_voice,
    transition_words,
    paragraph_length,
    sentence_starts,
    subheading_distribution,
)

# More marks than this help nobody; the measured value still counts them all.
MOST_POSITIONS = 100


def analyze(
    markdown: str, *, title: str, meta_description: str, slug: str, keyphrase: str
) -> Analysis:
    """Same input, same answer. English only. Never raises, whatever the text."""
    document = parse_document(markdown)
    subject = Subject(document, Keyphrase(keyphrase), title, meta_description, slug)
    findings = [rule(subject) for rule in RULES]
    offsets = Utf16Offsets(markdown)
    return Analysis(
        score=overall_score((finding.id, finding.status) for finding in findings),
        word_count=document.word_count,
        checks=[_check(finding, offsets) for finding in findings],
    )


def _check(finding: Finding, offsets: Utf16Offsets) -> Check:
    good = finding.range
    return Check(
        id=finding.id,
        status=finding.status,
        measured=finding.measured,
        threshold=Threshold(min=good.min, max=good.max, unit=good.unit),
        message=finding.message,
        positions=offsets.translate(list(finding.spans[:MOST_POSITIONS])),
    )
