import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchBrowser, openWindow, pace, signUpInBrowser, violations } from '../browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
  await pace(0);
});
afterAll(async () => {
  await pace(80);
  await browser.close();
});

describe('an article', () => {
  test('is written without approving anything by hand, and shows its score, its checks and its preview', async () => {
    const { page, context, errors } = await openWindow(browser);
    await signUpInBrowser(page, 'Sue');
    await page.goto(`${page.url()}/new?kind=seo.article`);
    await page.getByLabel('Keyphrase').fill('cold brew coffee');
    await page.getByLabel('Words').fill('300');
    await page.getByRole('button', { name: 'Submit task' }).click();
    await page.waitForURL(/\/tasks\/[0-9a-f-]{36}/);
    await page.getByTestId('article-score').waitFor({ timeout: 60_000 });
    expect(await page.getByTestId('article-score').textContent()).toMatch(/^\d{1,3} of 100$/);
    expect(
      await page.getByRole('region', { name: 'Checks' }).getByRole('listitem').count(),
    ).toBeGreaterThanOrEqual(10);
    expect(await page.getByRole('region', { name: 'Article' }).textContent()).toMatch(/cold brew/i);
    expect(await page.getByRole('region', { name: 'Search preview' }).textContent()).toContain(
      'cold-brew',
    );
    expect(await violations(page)).toEqual([]);
    expect(errors).toEqual([]);
    await context.close();
  }, 120_000);

  test('is refused beside the field when there is nothing to write about', async () => {
    const { page, context } = await openWindow(browser);
    await signUpInBrowser(page, 'Sid');
    await page.goto(`${page.url()}/new?kind=seo.article`);
    await page.getByLabel('Keyphrase').fill('!!!');
    await page.getByRole('button', { name: 'Submit task' }).click();
    await page.getByText('It needs at least one letter or digit').waitFor();
    await context.close();
  }, 60_000);
});
