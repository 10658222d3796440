import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '@devsphere/shared/testing/eventually.ts';
import { afterAll, beforeAll, describe, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchBrowser, openWindow, place, signInBrowser, signUpInBrowser } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe('a person', () => {
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
});
