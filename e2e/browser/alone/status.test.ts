import { eventually } from '@devsphere/shared/testing/eventually.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { signalAgent } from '../agent-process.ts';
import { launchBrowser, openWindow, place, signInBrowser, violations } from '../browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const probesMilliseconds = 60_000;
const levelBecomes = (page: Page, level: string) =>
  eventually(
    `the status is ${level}`,
    async () => {
      await page.goto(`${place.web}/status`);
      const verdict = page.getByTestId('platform-verdict');
      return (await verdict.getAttribute('data-level')) === level;
    },
    probesMilliseconds,
  );

describe('the status page', () => {
  test('turns amber with the reason while the agent service is away, and back', async () => {
    const { context, page, errors } = await openWindow(browser);
    await levelBecomes(page, 'operational');
    await page.getByText('All systems operational').waitFor();
    signalAgent('SIGSTOP');
    try {
      await levelBecomes(page, 'trouble');
      await page
        .getByTestId('platform-verdict')
        .getByText('Not available: Agent service')
        .waitFor();
      await page.getByTestId('component-agent').getByText('Does not answer in time.').waitFor();
      const badge = await page.request.get(`${place.web}/status/badge.svg`);
      expect(await badge.text()).toContain('Not available: Agent service');
    } finally {
      signalAgent('SIGCONT');
    }
    await levelBecomes(page, 'operational');
    const json = await (await page.request.get(`${place.web}/status.json`)).json();
    expect(json.verdict.title).toBe('All systems operational');
    expect(errors).toEqual([]);
    await context.close();
  }, 200_000);

  test('shows what operators tell, on the page, in the feed and in the footer of the product', async () => {
    const { context, page } = await openWindow(browser);
    await signInBrowser(page, 'operator@devsphere.test', 'devsphere-operator-demo');
    await page.goto(`${place.web}/operator/incidents`);
    const title = `Slow answers ${Date.now()}`;
    await page.getByLabel('Title').fill(title);
    await page.getByLabel('What is known').fill('We look into it.');
    await page.getByRole('button', { name: 'Publish incident' }).click();
    const incident = page.getByRole('article', { name: title });
    await incident.waitFor();

    const visitor = await openWindow(browser);
    await visitor.page.goto(`${place.web}/status`);
    await visitor.page
      .getByRole('article', { name: title })
      .getByText('We look into it.')
      .waitFor();
    const feed = await visitor.page.request.get(`${place.web}/status/feed.xml`);
    expect(feed.headers()['content-type']).toContain('application/atom+xml');
    expect(await feed.text()).toContain(title);
    await page.goto(`${place.web}/operator`);
    await page.getByTestId('status-line').getByText('An incident is open').waitFor();

    await page.goto(`${place.web}/operator/incidents`);
    await incident.getByRole('combobox', { name: 'State' }).click();
    await page.getByRole('option', { name: 'resolved' }).click();
    await incident.getByLabel('Update').fill('It is fast again.');
    await incident.getByRole('button', { name: 'Publish update' }).click();
    await incident.getByText('It is fast again.').waitFor();
    await levelBecomes(visitor.page, 'operational');
    await visitor.context.close();
    await context.close();
  }, 120_000);

  test('is accessible in light and dark, and fits a phone', async () => {
    for (const options of [{}, { dark: true }, { phone: true }]) {
      const { context, page } = await openWindow(browser, options);
      await page.goto(`${place.web}/status`);
      expect({ options, found: await violations(page) }).toEqual({ options, found: [] });
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect({ options, overflow }).toEqual({ options, overflow: 0 });
      await context.close();
    }
  }, 60_000);
});
