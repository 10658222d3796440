import { eventually } from '@devsphere/shared/testing/eventually.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openWindow, pace, place, signUpInBrowser, violations } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
  await pace(0);
});
afterAll(async () => {
  await pace(80);
  await browser.close();
});

const inSchedule = /\/schedules\/[0-9a-f-]{36}$/;

async function createSchedule(page: Page, name: string, cron: string): Promise<void> {
  await page.getByRole('link', { name: 'Schedules', exact: true }).click();
  await page.getByRole('link', { name: 'New schedule' }).click();
  await page.getByRole('link', { name: /Ask the assistant/ }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByLabel('Cron expression').fill(cron);
  await page.getByLabel('Prompt').fill('What is new since the last run?');
  await page.getByRole('button', { name: 'Create schedule' }).click();
  await page.waitForURL(inSchedule);
}

describe('a schedule', () => {
  test('fires by itself within the minute, and its history leads to the result', async () => {
    const { page, context, errors } = await openWindow(browser);
    await signUpInBrowser(page, 'Clara');
    await createSchedule(page, 'Every minute', '* * * * *');
    const address = page.url();
    const open = page.getByRole('link', { name: 'Open task' }).first();
    await eventually(
      'the first run',
      async () => {
        await page.goto(address);
        return (await open.count()) > 0;
      },
      75_000,
    );
    await open.click();
    await page.waitForURL(/\/tasks\/[0-9a-f-]{36}$/);
    await page.getByText('Succeeded').first().waitFor();
    await page.getByRole('link', { name: 'Every minute' }).click();
    await page.waitForURL(address);
    expect(errors).toEqual([]);
    await context.close();
  }, 120_000);

  test('tells in words and dates what is typed, refuses what never fires, and runs, pauses and goes on demand', async () => {
    const { page, context, errors } = await openWindow(browser);
    await signUpInBrowser(page, 'Paul');
    await createSchedule(page, 'Nightly', '30 2 * * *');
    const address = page.url();

    await page.getByRole('link', { name: 'Edit' }).click();
    const cron = page.getByLabel('Cron expression');
    await cron.fill('0 0 31 2 *');
    await page.getByText(/never fires/).waitFor();
    await cron.fill('61 * * * *');
    await page.getByText(/minute: use 0 to 59/).waitFor();
    await cron.fill('0 9 * * MON-FRI');
    await page.getByText('At 09:00, Monday through Friday').waitFor();
    const zone = page.getByRole('combobox', { name: 'Time zone' });
    await zone.fill('New_York');
    await page.getByRole('option', { name: 'America/New_York' }).click();
    const preview = page.getByTestId('rhythm-preview');
    await preview.getByText('Next runs in America/New_York').waitFor();
    expect(await preview.getByRole('row').count()).toBe(6);
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.waitForURL(address);

    await page.getByRole('button', { name: 'Run now' }).click();
    await page.waitForURL(/\/tasks\/[0-9a-f-]{36}$/);
    await page.getByText('Succeeded').first().waitFor();
    await page.goto(address);
    await page.getByText('run by a person').waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('Paused').waitFor();
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('Active').waitFor();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: /Delete it/ }).click();
    await page.waitForURL(/\/schedules$/);
    expect((await page.goto(address))?.status()).toBe(404);
    expect(errors).toEqual([]);
    await context.close();
  }, 90_000);

  test.each([
    ['light', false, false],
    ['dark', true, false],
    ['a phone', false, true],
  ])(
    'in %s its pages are accessible and none scrolls sideways',
    async (_name, dark, phone) => {
      const { page, context } = await openWindow(browser, { dark, phone });
      await signUpInBrowser(page, 'Axel');
      const schedules = page.url().replace(/tasks$/, 'schedules');
      const found: string[] = [];
      const look = async () => {
        found.push(...(await violations(page)));
        const wide = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        if (wide > 0) found.push(`${page.url()} scrolls sideways by ${wide} px`);
      };
      await page.goto(`${schedules}/new?kind=assistant.prompt`);
      await page.getByTestId('rhythm-preview').waitFor();
      await look();
      await page.getByLabel('Prompt').fill('What is new?');
      await page.getByRole('button', { name: 'Create schedule' }).click();
      await page.waitForURL(inSchedule);
      await look();
      await page.goto(schedules);
      await look();
      expect(found).toEqual([]);
      await context.close();
    },
    60_000,
  );

  test('of somebody else is a 404', async () => {
    const owner = await openWindow(browser);
    await signUpInBrowser(owner.page, 'Olga');
    await createSchedule(owner.page, 'Private', '0 9 * * *');
    const address = owner.page.url();
    const stranger = await openWindow(browser);
    await signUpInBrowser(stranger.page, 'Stan');
    for (const url of [
      address,
      `${address}/edit`,
      address.replace(/[^/]*$/, ''),
      `${place.web}/acme/schedules/new`,
    ]) {
      expect({ url, status: (await stranger.page.goto(url))?.status() }).toEqual({
        url,
        status: 404,
      });
    }
    await Promise.all([owner.context.close(), stranger.context.close()]);
  }, 60_000);
});
