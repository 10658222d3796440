"""What fails is rewritten once, nothing else is touched, and the report stays honest."""

import json
from typing import Any

import pytest
from fastapi import FastAPI

from agent_service.app import create_app
from agent_service.contracts.results import ArticleResult
from agent_service.contracts.stages import Meta, Section
from agent_service.seo.article import Article
from agent_service.seo.rewriting import find_targets
from agent_service.settings import Settings
from tests import ideal_model
from tests.fake_provider import FakeProvider
from tests.seo.requests import article_of, outputs_of, request_body, run_to_end
from tests.seo.samples import KEYPHRASE, META, SLUG, TITLE, paragraph

BAD_META = {"title": "Tea", "description": "Short.", "slug": "tea"}
GOOD_META = ideal_model.META_DRAFT


@pytest.fixture
def app(settings: Settings) -> FastAPI:
    return create_app(settings)


def scripted(provider: FakeProvider, **by_stage: Any) -> None:
    """The ideal model, except for these stages."""

    def answer(body: dict[str, Any]) -> str:
        stage = ideal_model.asked_for(body)
        return json.dumps(by_stage[stage]) if stage in by_stage else ideal_model.answer(body)

    provider.answer = answer


def rewrite_call(provider: FakeProvider) -> str:
    (call,) = [one for one in provider.calls if ideal_model.asked_for(one) == "rewrite"]
    return ideal_model.instruction(call)


async def test_only_the_failing_part_is_rewritten_and_the_score_rises(
    app: FastAPI, provider: FakeProvider
) -> None:
    scripted(provider, meta=BAD_META, rewrite={"sections": [], "meta": GOOD_META})
    events = await run_to_end(app, request_body())
    article = article_of(events)
    assert list(outputs_of(events))[-3:] == ["analysis", "rewrite", "reanalysis"]
    assert article.rewrite == "applied"
    assert article.score_before < article.score_after == article.analysis.score == 100
    assert article.meta.title == TITLE
    assert article.meta.json_ld["headline"] == TITLE
    asked = rewrite_call(provider)
    assert "meta_description" in asked
    assert "## Why" not in asked


async def test_sections_that_were_not_asked_for_stay_as_they_are(
    app: FastAPI, provider: FakeProvider
) -> None:
    intruder = {"number": 2, "heading": "Hacked", "markdown": "Other text."}
    nowhere = {"number": 99, "heading": "Hacked", "markdown": "Other text."}
    rewrite = {"sections": [intruder, nowhere], "meta": GOOD_META}
    scripted(provider, meta=BAD_META, rewrite=rewrite)
    article = article_of(await run_to_end(app, request_body()))
    assert article.rewrite == "applied"
    assert "Hacked" not in article.markdown


async def test_a_rewrite_that_scores_no_better_is_discarded_and_the_faults_are_told(
    app: FastAPI, provider: FakeProvider
) -> None:
    scripted(provider, meta=BAD_META, rewrite={"sections": [], "meta": BAD_META})
    article = article_of(await run_to_end(app, request_body()))
    assert article.rewrite == "discarded"
    assert article.score_before == article.score_after < 100
    assert {one.id for one in article.failing} == {
        "title_width",
        "meta_description",
        "slug_keyphrase",
        "keyphrase_in_title",
    } - {"title_width"}
    assert "Still failing:" in article.report
    assert "the draft was kept" in article.report


async def test_a_resumed_task_uses_its_stored_rewrite(app: FastAPI, provider: FakeProvider) -> None:
    scripted(provider, meta=BAD_META, rewrite={"sections": [], "meta": GOOD_META})
    first = await run_to_end(app, request_body())
    provider.calls.clear()
    again = await run_to_end(app, request_body(completed_stages=outputs_of(first)))
    assert provider.calls == []
    assert article_of(again) == article_of(first)


async def test_markup_that_could_harm_never_reaches_the_html(
    app: FastAPI, provider: FakeProvider
) -> None:
    hostile = (
        "<script>alert(1)</script> <img src=x onerror=alert(1)> ![track](http://spy.test/x.png) "
        "[link](javascript:alert(1)) [fine](https://good.test) <a href='data:x'>x</a>"
    )

    def answer(body: dict[str, Any]) -> str:
        is_section = ideal_model.asked_for(body) == "section"
        return hostile if is_section else ideal_model.answer(body)

    provider.answer = answer
    article: ArticleResult = article_of(await run_to_end(app, request_body()))
    assert "<script" not in article.html
    assert "<img" not in article.html
    assert 'href="javascript' not in article.html
    assert 'href="data' not in article.html
    assert '<a href="https://good.test" rel="noopener noreferrer nofollow">fine</a>' in article.html


def article(*sections: Section) -> Article:
    meta = Meta(title=TITLE, description=META, slug=SLUG, json_ld={})
    return Article(sections, meta)


def test_a_fault_is_traced_to_the_section_it_stands_in() -> None:
    fine = f"{KEYPHRASE.capitalize()} is good. " + paragraph(120)
    repeated = "Tea is hot. Tea is wet. Tea is old. " + paragraph(120)
    made = article(
        Section(heading=None, markdown=f"😀 {fine}"),
        Section(heading="Why cold brew coffee", markdown=paragraph(60)),
        Section(heading="Beans", markdown=repeated),
    )
    targets = find_targets(made, made.analyze(KEYPHRASE))
    assert [check.id for check in targets.failing] == ["sentence_starts"]
    assert targets.sections == (3,)
    assert not targets.meta


def test_a_text_that_is_too_short_grows_in_its_body() -> None:
    made = article(
        Section(heading=None, markdown=f"{KEYPHRASE.capitalize()} is good."),
        Section(heading="Why cold brew coffee", markdown=paragraph(60)),
        Section(heading="Beans", markdown=paragraph(60)),
    )
    targets = find_targets(made, made.analyze(KEYPHRASE))
    assert "word_count" in [check.id for check in targets.failing]
    assert targets.sections == (2, 3)
