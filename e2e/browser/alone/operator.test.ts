import { eventually } from '@devsphere/shared/testing/eventually.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import {
  launchBrowser,
  openWindow,
  place,
  signInBrowser,
  signUpInBrowser,
  violations,
} from '../browser.ts';

const operatorPaths = [
  '/operator',
  '/operator/jobs',
  '/operator/dead-letters',
  '/operator/log',
  '/operator/queue-dashboard',
];

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const asOperator = async (options = {}) => {
  const window = await openWindow(browser, options);
  await signInBrowser(window.page, 'operator@devsphere.test', 'devsphere-operator-demo');
  return window;
};

const giveReason = async (page: Page, confirm: string) => {
  await page.getByLabel('Reason').fill('because of a browser test');
  await page.getByRole('dialog').getByRole('button', { name: confirm }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
};

const submitPrompt = async (page: Page): Promise<string> => {
  await page.goto(`${place.web}/`);
  await page.waitForURL(/\/tasks$/);
  await page.goto(`${page.url()}/new?kind=assistant.prompt`);
  await page.getByLabel('Prompt').fill('Say something short.');
  await page.getByRole('button', { name: /submit|run|start/i }).click();
  await page.waitForURL(/\/tasks\/[0-9a-f-]{36}$/);
  return page.url();
};

describe('the operator console', () => {
  test('does not exist for people who are no operators, signed in or not', async () => {
    const { context, page } = await openWindow(browser);
    for (const path of operatorPaths)
      expect({ path, status: (await page.goto(place.web + path))?.status() }).toEqual({
        path,
        status: 404,
      });
    await signUpInBrowser(page, 'Nosy');
    for (const path of operatorPaths)
      expect({ path, status: (await page.goto(place.web + path))?.status() }).toEqual({
        path,
        status: 404,
      });
    await context.close();
  }, 60_000);

  test('holds a queue: work waits and says so, and drains when it is resumed', async () => {
    const { context, page, errors } = await asOperator();
    await page.goto(`${place.web}/operator`);
    const queue = page.getByRole('region', { name: 'Queue tasks.claude', exact: true });
    await queue.getByRole('button', { name: 'Pause' }).click();
    await giveReason(page, 'Pause queue');
    await queue.getByText('Paused', { exact: true }).waitFor();

    const person = await openWindow(browser);
    await signUpInBrowser(person.page, 'Wanda');
    await submitPrompt(person.page);
    await page.goto(`${place.web}/operator/jobs?queue=tasks.claude&state=waiting`);
    const jobs = page.getByRole('list', { name: 'Jobs' });
    await jobs.getByText('Wanda’s workspace').or(jobs.getByText("Wanda's workspace")).waitFor();
    expect(await jobs.textContent()).not.toContain('Say something short');
    await jobs.getByText('Why does it not run?').first().click();
    await jobs.getByText('Its queue is paused. It starts when an operator resumes it.').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.goto(`${place.web}/operator`);
    // Schedules of other people may fire meanwhile.
    await page
      .getByTestId('verdict')
      .getByText(/[1-9]\d* jobs? waiting/)
      .waitFor();
    expect(await person.page.getByText('Queued').first().isVisible()).toBe(true);

    await queue.getByRole('button', { name: 'Resume' }).click();
    await giveReason(page, 'Resume queue');
    await queue.getByText('Open', { exact: true }).waitFor();
    await person.page.getByText('Succeeded').first().waitFor();

    await page.goto(`${place.web}/operator/log`);
    const log = page.getByRole('list', { name: 'Operator actions' });
    await log.getByText('because of a browser test').nth(1).waitFor();
    expect(await log.getByText('because of a browser test').count()).toBe(2);
    expect(errors).toEqual([]);
    await person.context.close();
    await context.close();
  }, 90_000);

  test('lists every queue, those of mails and messages too', async () => {
    const { context, page, errors } = await asOperator();
    await page.goto(`${place.web}/operator`);
    for (const name of ['tasks.seo', 'webhooks', 'integrations', 'mail', 'organizations'])
      await page.getByRole('region', { name: `Queue ${name}`, exact: true }).waitFor();
    await page.goto(`${place.web}/operator/jobs?queue=upkeep&state=completed`);
    await page.getByRole('list', { name: 'Jobs' }).getByText('status-probes').first().waitFor();
    expect(errors).toEqual([]);
    await context.close();
  }, 60_000);

  test('shows the raw queue view, which acts on nothing', async () => {
    // What the stock application logs about itself is not ours to hold it to.
    const { context, page } = await asOperator();
    await page.goto(`${place.web}/operator/queue-dashboard`);
    await page.getByText('tasks.claude').first().waitFor();
    const refused = await page.request.post(
      `${place.web}/operator/queue-dashboard/queues/tasks.claude`,
    );
    expect(refused.status()).toBe(405);
    await context.close();
  }, 60_000);

  test('is accessible in light and dark, and fits a phone', async () => {
    for (const options of [{}, { dark: true }, { phone: true }]) {
      const { context, page } = await asOperator(options);
      for (const path of operatorPaths.slice(0, 4)) {
        await page.goto(place.web + path);
        // Buttons fade in once scripts listen.
        let found: string[] = [];
        await eventually('no violations', async () => {
          found = await violations(page);
          return found.length === 0;
        }).catch(() => {});
        expect({ path, options, found }).toEqual({ path, options, found: [] });
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect({ path, options, overflow }).toEqual({ path, options, overflow: 0 });
      }
      await context.close();
    }
  }, 120_000);
});
