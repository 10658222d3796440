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

test('an operator overrides how many tasks run at once, the organisation sees it, and it is lifted again', async () => {
  const person = await openWindow(browser);
  await signUpInBrowser(person.page, 'Quinn');
  const slug = String(new URL(person.page.url()).pathname.split('/')[1]);
  const { page, errors } = await openWindow(browser);
  await signInBrowser(page, 'operator@devsphere.test', 'devsphere-operator-demo');
  await page.goto(`${place.web}/operator/organizations?q=${slug}`);
  const row = page.getByRole('listitem').filter({ hasText: slug });
  const because = async (confirm: string) => {
    await page.getByLabel('Reason').fill('A launch this weekend.');
    await page.getByRole('dialog').getByRole('button', { name: confirm }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  };
  await row.getByRole('button', { name: /^Tasks at once of/ }).click();
  await page.getByRole('textbox', { name: 'Tasks at once' }).fill('40');
  await because('Override');
  await row.getByText('40 at once, overridden').waitFor();
  await row.getByText(/“A launch this weekend.” The plan’s own number is 5./).waitFor();
  expect(await violations(page)).toEqual([]);
  await person.page.goto(`${place.web}/${slug}/settings/plan`);
  await person.page.getByText('40, set by us instead of 5').waitFor();
  expect(await violations(person.page)).toEqual([]);
  await person.page.goto(`${place.web}/${slug}/settings/audit`);
  await person.page.getByText(/set how many tasks run at once/).waitFor();
  expect(await person.page.getByText('A launch this weekend.').count()).toBe(0);
  await row.getByRole('button', { name: /^Lift override of/ }).click();
  await because('Lift override');
  await row.getByText('40 at once, overridden').waitFor({ state: 'hidden' });
  await page.goto(`${place.web}/operator/log`);
  await page.getByText(`lifted the override to 40 tasks at once of ${slug}`).waitFor();
  expect(errors).toEqual([]);
}, 120_000);
