import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '@devsphere/shared/testing/eventually.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openWindow, place, signUpInBrowser, violations } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** The link in the newest mail to this address, read in the mailbox as a person would. */
async function linkIn(page: Page, email: string): Promise<string> {
  const { mailbox } = JSON.parse(readFileSync(join(place.home, 'secrets.json'), 'utf8'));
  const mail = page.getByRole('article', { name: `to ${email}` }).first();
  return eventually('the mail', async () => {
    await page.goto(`${place.web}/mailbox?key=${mailbox}`);
    return (
      (await mail.count()) > 0 && ((await mail.getByRole('link').getAttribute('href')) ?? false)
    );
  });
}

async function invite(page: Page, email: string): Promise<void> {
  await page.getByLabel('Email').fill(email);
  await page.getByRole('button', { name: 'Invite' }).click();
  await page.getByText(`An invitation to ${email} is on its way`).waitFor();
}

describe('an organisation', () => {
  test('is made, lets a new person in by mail, gives another role, and shows the door', async () => {
    const owner = await openWindow(browser);
    await signUpInBrowser(owner.page, 'Olga');
    await owner.page.getByRole('button', { name: /switch organisation/ }).click();
    await owner.page.getByRole('menuitem', { name: 'New organisation' }).click();
    await owner.page.getByLabel('Name').fill('Sign-in');
    await owner.page.getByLabel('Address').fill('sign-in');
    await owner.page.getByRole('button', { name: 'Create organisation' }).click();
    await owner.page.getByText('This address is taken').waitFor();
    const slug = `widgets-${Date.now()}`;
    await owner.page.getByLabel('Name').fill('Widgets & Sons');
    await owner.page.getByLabel('Address').fill(slug);
    await owner.page.getByRole('button', { name: 'Create organisation' }).click();
    await owner.page.waitForURL(`${place.web}/${slug}/tasks`);
    const members = `${place.web}/${slug}/settings/members`;
    await owner.page.goto(members);
    const email = `nina-${Date.now()}@example.test`;
    await invite(owner.page, email);

    const guest = await openWindow(browser);
    const link = await linkIn(guest.page, email);
    // Somebody else who gets hold of the link can't use it.
    await owner.page.goto(link);
    await owner.page.getByText('You are signed in as').waitFor();
    await owner.page.goto(members);
    await guest.page.goto(link);
    await guest.page.getByText(`Olga invited ${email} as member.`).waitFor();
    expect(await violations(guest.page)).toEqual([]);
    await guest.page.getByRole('link', { name: 'Create an account' }).click();
    await guest.page.getByLabel('Display name').fill('Nina');
    expect(await guest.page.getByLabel('Email').inputValue()).toBe(email);
    await guest.page.getByLabel('Password').fill('a-long-password');
    await guest.page.getByRole('button', { name: 'Create account' }).click();
    await guest.page.getByRole('button', { name: 'Accept the invitation' }).click();
    await guest.page.waitForURL(`${place.web}/${slug}/tasks`);
    await guest.page.goto(link);
    await guest.page.getByText('You have accepted this invitation.').waitFor();
    await guest.page.goto(`${place.web}/invitations/${'x'.repeat(43)}`);
    await guest.page.getByRole('heading', { name: 'This link is not valid' }).waitFor();

    await owner.page.reload();
    await owner.page.getByRole('combobox', { name: 'Role of Nina' }).click();
    await owner.page.getByRole('option', { name: 'Viewer' }).click();
    await owner.page.getByText('Nina is now viewer.').waitFor();
    expect((await guest.page.goto(`${place.web}/${slug}/settings/audit`))?.status()).toBe(404);
    await owner.page.getByRole('button', { name: 'Remove Nina' }).click();
    await owner.page.getByRole('button', { name: 'Remove', exact: true }).click();
    await owner.page.getByRole('button', { name: 'Remove Nina' }).waitFor({ state: 'detached' });
    expect((await guest.page.goto(`${place.web}/${slug}/tasks`))?.status()).toBe(404);

    // The last owner can't leave.
    await owner.page.goto(`${place.web}/${slug}/settings/general`);
    await owner.page.getByRole('button', { name: 'Leave this organisation' }).click();
    await owner.page.getByRole('button', { name: 'Leave', exact: true }).click();
    await owner.page.getByText('An organisation needs an owner').waitFor();
    // Takes everything along, and deletes it only by typing its address.
    await owner.page.getByRole('button', { name: 'Leave it' }).click();
    await owner.page.goto(`${place.web}/${slug}/settings/data`);
    await owner.page.getByRole('button', { name: 'Make an export' }).click();
    const saved = owner.page.waitForEvent('download');
    await owner.page.getByRole('link', { name: 'Download' }).click();
    expect((await saved).suggestedFilename()).toBe(`${slug}-export.zip`);
    await owner.page.getByRole('button', { name: 'Delete this organisation' }).click();
    const forEver = owner.page.getByRole('button', { name: 'Delete for ever' });
    await owner.page.getByLabel(/to confirm/).fill('widgets');
    expect(await forEver.isDisabled()).toBe(true);
    await owner.page.getByLabel(/to confirm/).fill(slug);
    await forEver.click();
    await owner.page.waitForURL(
      (url) => url.pathname.endsWith('/tasks') && !url.pathname.includes(slug),
    );
    expect((await owner.page.goto(`${place.web}/${slug}/tasks`))?.status()).toBe(404);
    expect([...owner.errors, ...guest.errors]).toEqual([]);
    await Promise.all([owner.context.close(), guest.context.close()]);
  }, 120_000);

  test('invitations that were taken back or replaced say so', async () => {
    const { page, context, errors } = await openWindow(browser);
    await signUpInBrowser(page, 'Rosa');
    const members = page.url().replace(/tasks$/, 'settings/members');
    const email = `rob-${Date.now()}@example.test`;
    await page.goto(members);
    await invite(page, email);
    const link = await linkIn(page, email);
    await page.goto(members);
    await page.getByRole('button', { name: `Take back the invitation of ${email}` }).click();
    await page.getByRole('button', { name: 'Take back', exact: true }).click();
    await page.getByText(email, { exact: true }).waitFor({ state: 'detached' });
    await page.goto(link);
    await page.getByText('This invitation was taken back.').waitFor();
    expect(errors).toEqual([]);
    await context.close();
  }, 60_000);

  test('and a new password asks for the old one, unless a reset mail led here', async () => {
    const { page, context, errors } = await openWindow(browser);
    const { email } = await signUpInBrowser(page, 'Paula');
    await page.goto(`${place.web}/reset/confirm`);
    await page.getByLabel('Current password').fill('not-my-password');
    await page.getByLabel('New password').fill('another-long-password');
    await page.getByRole('button', { name: 'Set password' }).click();
    await page.getByText('This is not the password you have now.').waitFor();
    await page.getByLabel('Current password').fill('a-long-password');
    await page.getByLabel('New password').fill('another-long-password');
    await page.getByRole('button', { name: 'Set password' }).click();
    await page.waitForURL(/\/tasks$/);
    await page.goto(`${place.web}/reset`);
    await page.getByLabel('Email').fill(email);
    await page.getByRole('button', { name: /link/i }).click();
    await page.getByText('is on its way').waitFor();
    await page.goto(await linkIn(page, email));
    await page.waitForURL(/reset\/confirm/);
    expect(await page.getByLabel('Current password').count()).toBe(0);
    await page.getByLabel('New password').fill('a-third-long-password');
    await page.getByRole('button', { name: 'Set password' }).click();
    await page.waitForURL(/\/tasks$/);
    await page.goto(`${place.web}/reset/confirm`);
    await page.getByLabel('Current password').waitFor();
    expect(errors).toEqual([]);
    await context.close();
  }, 60_000);

  test.each([
    ['light', false, false],
    ['dark', true, false],
    ['a phone', false, true],
  ])(
    'in %s its settings are accessible and none scrolls sideways',
    async (name, dark, phone) => {
      const { page, context, errors } = await openWindow(browser, { dark, phone });
      await signUpInBrowser(page, 'Olga');
      const settings = page.url().replace(/tasks$/, 'settings');
      const found: string[] = [];
      for (const url of [
        `${settings}/general`,
        `${settings}/members`,
        `${settings}/plan`,
        `${settings}/data`,
        `${place.web}/new`,
      ]) {
        await page.goto(url);
        found.push(...(await violations(page)));
        const wide = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        if (wide > 0) found.push(`${url} scrolls sideways by ${wide} px`);
        if (process.env.E2E_SHOTS)
          await page.screenshot({
            path: `${process.env.E2E_SHOTS}/${name}-${url.split('/').at(-1)}.png`,
            fullPage: true,
          });
      }
      expect(found).toEqual([]);
      expect(errors).toEqual([]);
      await context.close();
    },
    60_000,
  );
});
