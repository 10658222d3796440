import { eventually } from '@devsphere/shared/testing/eventually.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import {
  launchBrowser,
  openWindow,
  place,
  signInBrowser,
  submitPrompt,
  violations,
} from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe('the demo organisation', () => {
  test("shows a dozen finished tasks, and a review's findings as a table", async () => {
    const { page, context, errors } = await openWindow(browser);
    await signInBrowser(page, 'owner@acme.test', 'acme-owner-demo');
    expect(page.url()).toBe(`${place.web}/acme/tasks`);
    await eventually(
      'a dozen finished tasks',
      async () => (await page.getByText('Succeeded').count()) >= 12,
    );
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
