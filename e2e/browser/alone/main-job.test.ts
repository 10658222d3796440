import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '@devsphere/shared/testing/eventually.ts';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import {
  launchBrowser,
  openWindow,
  pace,
  place,
  signInBrowser,
  signUpInBrowser,
  violations,
} from '../browser.ts';

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

async function submitPrompt(page: Page, prompt: string): Promise<void> {
  await page.getByRole('link', { name: 'New task' }).first().click();
  await page.waitForURL(/\/tasks\/new/);
  if (!page.url().includes('assistant.prompt'))
    await page.getByRole('link', { name: /Ask the assistant/ }).click();
  await page.getByLabel('Prompt').fill(prompt);
  await page.getByLabel('Prompt').press('Control+Enter');
  await page.waitForURL(/\/tasks\/[0-9a-f-]{36}/);
}

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

  test('signs out, can no longer read, and signs in again to where they were going', async () => {
    const { page, context } = await openWindow(browser);
    const { email, password } = await signUpInBrowser(page, 'Sam');
    const tasks = page.url();
    await page.getByRole('button', { name: /account/i }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL(/\/sign-in/);
    await page.goto(tasks);
    await page.waitForURL(/\/sign-in/);
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(tasks);
    await context.close();
  }, 60_000);

  test('resets a forgotten password by the link in the mail', async () => {
    const { page, context } = await openWindow(browser);
    const { email } = await signUpInBrowser(page, 'Rita');
    await context.clearCookies();
    await page.goto(`${place.web}/reset`);
    await page.getByLabel('Email').fill(email);
    await page
      .getByRole('button')
      .filter({ hasText: /reset|send/i })
      .click();
    const folder = join(place.home, 'mailbox');
    const mail = await eventually('the mail', async () => {
      const files = await readdir(folder);
      const mails = await Promise.all(
        files.map(async (file) => JSON.parse(await readFile(join(folder, file), 'utf8'))),
      );
      return mails.find(({ to }) => to === email);
    });
    const link = /https?:\/\/\S*\/verify\S*/.exec(mail.text ?? '')?.[0] ?? '';
    await page.goto(link.replaceAll('&amp;', '&'));
    await page.waitForURL(/\/reset\/confirm/);
    await page.getByLabel('New password').fill('another-long-password');
    await page
      .getByRole('button')
      .filter({ hasText: /password/i })
      .click();
    await page.waitForURL(/\/tasks$/);
    await context.clearCookies();
    await signInBrowser(page, email, 'another-long-password');
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

describe('the demo organisation', () => {
  test("shows a dozen finished tasks, and a review's findings as a table", async () => {
    const { page, context, errors } = await openWindow(browser);
    await signInBrowser(page, 'owner@acme.test', 'acme-owner-demo');
    expect(page.url()).toBe(`${place.web}/acme/tasks`);
    expect(await page.getByText('Succeeded').count()).toBeGreaterThanOrEqual(12);
    await page
      .getByRole('link', { name: /^Review / })
      .first()
      .click();
    await page.waitForURL(/\/tasks\/[0-9a-f-]{36}/);
    await page.getByRole('table').getByRole('row').nth(1).waitFor();
    expect(errors).toEqual([]);
    await context.close();
  }, 60_000);

  test('a list follows a task that somebody else submits, without a reload', async () => {
    const [watcher, worker] = [await openWindow(browser), await openWindow(browser)];
    await signInBrowser(watcher.page, 'owner@acme.test', 'acme-owner-demo');
    await signInBrowser(worker.page, 'member@acme.test', 'acme-member-demo');
    const title = `Watched from afar ${Date.now()}`;
    await submitPrompt(worker.page, title);
    await watcher.page.getByText(title).waitFor();
    await Promise.all([watcher.context.close(), worker.context.close()]);
  }, 60_000);

  test.each([
    ['light', false, false],
    ['dark', true, false],
    ['a phone', false, true],
  ])(
    'in %s every page is accessible and none scrolls sideways',
    async (_name, dark, phone) => {
      const { page, context, errors } = await openWindow(browser, { dark, phone });
      const found: Record<string, string[]> = {};
      const look = async (name: string) => {
        await page.getByRole('heading').first().waitFor();
        await page.waitForFunction(() => document.title !== '');
        found[name] = await violations(page);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        if (overflow > 0) found[name]?.push(`scrolls sideways by ${overflow} px`);
      };
      for (const path of ['sign-in', 'sign-up', 'reset']) {
        await page.goto(`${place.web}/${path}`);
        await look(path);
      }
      await signInBrowser(page, 'owner@acme.test', 'acme-owner-demo');
      await look('tasks');
      for (const kind of ['assistant.prompt', 'code.review', 'docs.generate', 'data.extract']) {
        await page.goto(`${place.web}/acme/tasks/new?kind=${kind}`);
        await look(`new ${kind}`);
      }
      for (const name of [/^Review /, /^Document /, /^Extract /]) {
        await page.goto(`${place.web}/acme/tasks`);
        await page.getByRole('link', { name }).first().click();
        await page.waitForURL(/\/tasks\/[0-9a-f-]{36}/);
        await look(String(name));
      }
      expect(
        Object.fromEntries(Object.entries(found).filter(([, list]) => list.length > 0)),
      ).toEqual({});
      expect(errors).toEqual([]);
      await context.close();
    },
    120_000,
  );
});
