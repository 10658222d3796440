import { eventually } from '@devsphere/shared/testing/eventually.ts';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openWindow, pace, signUpInBrowser, submitPrompt } from '../browser.ts';

const question = 'Explain how a lease differs from a lock, with an example for each.';
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
afterEach(() => pace(80));

const state = (page: Page) => page.getByTestId('task-state').first();
const shown = (page: Page, text: string) =>
  page.waitForFunction(
    ([testId, wanted]) =>
      document.querySelector(`[data-testid="${testId}"]`)?.textContent?.includes(wanted ?? '') ??
      false,
    ['task-state', text] as const,
    { timeout: 40_000 },
  );
const outputText = async (page: Page) =>
  ((await page.getByTestId('task-output').textContent()) ?? '').replaceAll(/\s+/g, ' ').trim();

/** Waits until so many characters of the answer have arrived; before the first, the page shows a notice instead. */
const streamed = (page: Page, length: number) =>
  page.waitForFunction((wanted) => {
    const text = document.querySelector('[data-testid="task-output"]')?.textContent ?? '';
    return text.length > wanted && !text.startsWith('Working');
  }, length);

/** The first words, without the marks of Markdown that is not complete yet. */
const opening = (text: string) => text.replaceAll(/[^a-z ]/gi, '').slice(0, 30);

describe('a new person', () => {
  test('signs up, submits, watches, reloads in the middle, loses the connection, and gets the whole result', async () => {
    const { page, context, errors } = await openWindow(browser);
    await signUpInBrowser(page, 'Ada');
    await pace(60);
    await submitPrompt(page, question);
    await shown(page, 'Running');
    await streamed(page, 60);
    const before = await outputText(page);

    await page.reload();
    await streamed(page, before.length + 40);
    expect(opening(await outputText(page))).toBe(opening(before));

    await context.setOffline(true);
    await context.setOffline(false);
    await shown(page, 'Succeeded');

    // What a fresh window shows is the stored row; the live page must come to the same, without a gap.
    const fresh = await context.newPage();
    await fresh.goto(page.url());
    await shown(fresh, 'Succeeded');
    const stored = await outputText(fresh);
    await eventually(
      'the live page shows what is stored',
      async () => (await outputText(page)) === stored,
    );
    expect(opening(stored)).toBe(opening(before));
    expect(errors).toEqual([]);
    await context.close();
  }, 90_000);

  test('cancels a running task and sees it end', async () => {
    const { page, context } = await openWindow(browser);
    await signUpInBrowser(page, 'Carl');
    await pace(20);
    await submitPrompt(page, question);
    await shown(page, 'Running');
    await page.getByRole('button', { name: 'Cancel task' }).click();
    const confirm = page.getByRole('dialog').getByRole('button', { name: /cancel task/i });
    if (await confirm.isVisible().catch(() => false)) await confirm.click();
    await shown(page, 'Cancelled');
    expect(await state(page).textContent()).toMatch(/cancelled/i);
    await context.close();
  }, 60_000);

  test('is told what is wrong beside the field, and nothing is submitted', async () => {
    const { page, context } = await openWindow(browser);
    await signUpInBrowser(page, 'Fay');
    await page.goto(`${page.url()}/new?kind=code.review`);
    await page.getByRole('textbox', { name: 'Diff' }).fill('this is not a diff');
    await page.getByRole('button', { name: 'Submit task' }).click();
    await page.getByText(/not a unified diff/).waitFor();
    expect(page.url()).toContain('/tasks/new');
    await context.close();
  }, 60_000);
});
