import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openWindow, place, signUpInBrowser, violations } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

async function openKeys(page: Page): Promise<string> {
  const org = new URL(page.url()).pathname.split('/')[1];
  await page.goto(`${place.web}/${org}/settings/api-keys`);
  return String(org);
}

async function makeKey(page: Page, name: string): Promise<string> {
  await page.getByRole('button', { name: 'New API key' }).click();
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Make the key' }).click();
  return readToken(page);
}

async function readToken(page: Page): Promise<string> {
  const text = await page.getByRole('region', { name: 'Your key' }).locator('pre').textContent();
  return text?.trim() ?? '';
}

const statusWith = async (token: string) =>
  (await fetch(`${place.api}/v1/me`, { headers: { authorization: `Bearer ${token}` } })).status;

describe('API keys', () => {
  test('are made, shown once, used by a program, replaced with an overlap, and revoked', async () => {
    const { page, context, errors } = await openWindow(browser);
    await signUpInBrowser(page, 'Kim');
    const org = await openKeys(page);

    await page.getByText('No program has a key yet').waitFor();
    await page.getByRole('button', { name: 'New API key' }).click();
    await page.getByRole('button', { name: 'Make the key' }).click();
    await page.getByText('Give it a name').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();

    const token = await makeKey(page, 'Nightly build');
    expect(token).toMatch(/^ds_live_\w{8}_\w{38}$/);
    await page.getByRole('button', { name: 'I have copied it' }).click();
    await page.getByRole('heading', { name: 'Nightly build' }).waitFor();
    await page.getByText('never used').waitFor();
    expect(await page.content()).not.toContain(token.slice(17));

    const submitted = await fetch(`${place.api}/v1/orgs/${org}/tasks`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ kind: 'assistant.prompt', input: { prompt: 'From a program' } }),
    });
    expect(submitted.status).toBe(201);
    await page.goto(`${place.web}/${org}/tasks`);
    await page.getByRole('list', { name: 'Tasks' }).getByText('Nightly build (API key)').waitFor();

    await openKeys(page);
    await page.getByText('last used').first().waitFor();
    await page.getByRole('button', { name: 'Rotate Nightly build' }).click();
    await page.getByRole('button', { name: 'Replace it' }).click();
    const successor = await readToken(page);
    await page.getByRole('button', { name: 'I have copied it' }).click();
    await page.getByText('Ending', { exact: true }).waitFor();
    expect([await statusWith(token), await statusWith(successor)]).toEqual([200, 200]);

    await page.getByRole('button', { name: 'Revoke Nightly build' }).first().click();
    await page.getByRole('button', { name: 'Keep it' }).click();
    await page.getByRole('button', { name: 'Revoke Nightly build' }).first().click();
    await page.getByRole('button', { name: 'Revoke it' }).click();
    await page.getByText('Revoked', { exact: true }).waitFor();
    expect([await statusWith(token), await statusWith(successor)]).toEqual([200, 401]);
    expect(errors).toEqual([]);
    await context.close();
  }, 90_000);

  test.each([
    ['light', false, false],
    ['dark', true, false],
    ['a phone', false, true],
  ])(
    'in %s their page is accessible and does not scroll sideways',
    async (_name, dark, phone) => {
      const { page, context } = await openWindow(browser, { dark, phone });
      await signUpInBrowser(page, 'Axel');
      await openKeys(page);
      const found: string[] = [];
      const look = async (what: string) => {
        found.push(...(await violations(page)));
        const wide = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        if (wide > 0) found.push(`${what} scrolls sideways by ${wide} px`);
      };
      await look('empty');
      await page.getByRole('button', { name: 'New API key' }).click();
      await page.getByLabel('Name').fill('The build that runs every night');
      await look('form');
      await page.getByRole('button', { name: 'Make the key' }).click();
      await readToken(page);
      await look('token');
      await page.getByRole('button', { name: 'I have copied it' }).click();
      await makeKey(page, 'Data import');
      await page.getByRole('button', { name: 'I have copied it' }).click();
      await page.getByRole('heading', { name: 'Data import' }).waitFor();
      await look('list');
      await page.getByRole('button', { name: 'Rotate Data import' }).click();
      await page.getByText('The old key goes on working').first().waitFor();
      await look('rotate');
      expect(found).toEqual([]);
      await context.close();
    },
    60_000,
  );

  test('of somebody else are a 404', async () => {
    const owner = await openWindow(browser);
    await signUpInBrowser(owner.page, 'Olga');
    await openKeys(owner.page);
    const stranger = await openWindow(browser);
    await signUpInBrowser(stranger.page, 'Stan');
    expect((await stranger.page.goto(owner.page.url()))?.status()).toBe(404);
    await Promise.all([owner.context.close(), stranger.context.close()]);
  }, 60_000);
});
