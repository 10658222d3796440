import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import {
  launchBrowser,
  openWindow,
  place,
  signInBrowser,
  signUpInBrowser,
  violations,
} from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

test('an operator gives an organisation another plan, with a reason; its people see it at once', async () => {
  const person = await openWindow(browser);
  await signUpInBrowser(person.page, 'Paula');
  const slug = String(new URL(person.page.url()).pathname.split('/')[1]);
  const { page, errors } = await openWindow(browser, { phone: true, dark: true });
  await signInBrowser(page, 'operator@devsphere.test', 'devsphere-operator-demo');
  await page.goto(`${place.web}/operator/organizations?q=${slug}`);
  const row = page.getByRole('listitem').filter({ hasText: slug });
  await row.getByText('Free', { exact: true }).waitFor();
  expect(await violations(page)).toEqual([]);
  await row.getByRole('button', { name: /the plan Pro$/ }).click();
  await page.getByLabel('Reason').fill('They pay for it.');
  await page.getByRole('dialog').getByRole('button', { name: 'Change plan' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await row.getByRole('button', { name: /the plan Free$/ }).waitFor();
  await person.page.goto(`${place.web}/${slug}/settings/plan`);
  await person.page.getByText('Pro', { exact: true }).first().waitFor();
  await person.page.goto(`${place.web}/${slug}/settings/audit`);
  await person.page.getByText(/changed the plan/).waitFor();
  expect(errors).toEqual([]);
}, 120_000);
