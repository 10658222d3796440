import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openWindow, place, signUpInBrowser, violations } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const becomes = (page: Page, text: string) =>
  page.getByTestId('task-state').filter({ hasText: text }).first().waitFor({ timeout: 40_000 });

async function submitNotes(page: Page, version: string): Promise<void> {
  const slug = new URL(page.url()).pathname.split('/')[1];
  await page.goto(`${place.web}/${slug}/tasks/new?kind=release.notes&example=1`);
  await page.getByLabel('Version').fill(version);
  await page.getByRole('button', { name: 'Submit task' }).click();
  await page.waitForURL(/\/tasks\/[0-9a-f-]{36}/);
  await page.getByRole('heading', { name: 'Approve the release notes' }).waitFor();
}

describe('a task that asks', () => {
  test('shows the draft to edit as soon as it waits, and keeps what was approved', async () => {
    const { page, context, errors } = await openWindow(browser);
    await signUpInBrowser(page, 'Approver');
    await submitNotes(page, '2.0.0');
    await page.getByTestId('task-explanation').getByText('A person is asked').waitFor();
    expect(await violations(page)).toEqual([]);
    const notes = page.getByRole('textbox', { name: 'Release notes' });
    await notes.fill(`${await notes.inputValue()}\n\nWritten by hand.`);
    await page.getByRole('button', { name: 'Send answer' }).click();
    await becomes(page, 'Succeeded');
    await page.getByTestId('task-output').getByText('Written by hand.').waitFor();
    await page.getByTestId('task-explanation').getByText('It succeeded').waitFor();
    expect(errors).toEqual([]);
    await context.close();
  }, 90_000);

  test('is answered by the holder of its link without an account; the task’s page follows', async () => {
    const { page, context } = await openWindow(browser);
    await signUpInBrowser(page, 'Owner');
    await submitNotes(page, '2.1.0');
    await page.getByRole('button', { name: 'Link for somebody else' }).click();
    const link = page.locator('pre').filter({ hasText: '/approvals/' });
    const address = (await link.textContent())?.trim() ?? '';

    const guest = await openWindow(browser, { phone: true });
    await guest.page.goto(address);
    await guest.page.getByRole('textbox', { name: 'Release notes' }).fill('Approved from a phone.');
    await guest.page.getByRole('button', { name: 'Send answer' }).click();
    await guest.page.getByText('This link has done its work').waitFor();
    expect(await violations(guest.page)).toEqual([]);

    await becomes(page, 'Succeeded');
    await page.getByTestId('task-output').getByText('Approved from a phone.').waitFor();
    await Promise.all([context.close(), guest.context.close()]);
  }, 90_000);
});

describe('steering', () => {
  test('a paused organisation says so and starts nothing; resumed, the task that waited runs', async () => {
    const { page, context, errors } = await openWindow(browser);
    await signUpInBrowser(page, 'Pauser');
    const slug = new URL(page.url()).pathname.split('/')[1];
    await page.goto(`${place.web}/${slug}/settings/general`);
    await page.getByRole('button', { name: 'Pause all work' }).click();
    await page.getByRole('dialog').getByLabel('Reason').fill('Moving house');
    await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click();
    await page.getByText('Paused: tasks wait').waitFor();
    await page.getByText('Reason: Moving house').waitFor();
    expect(await violations(page)).toEqual([]);

    await page.goto(`${place.web}/${slug}/tasks/new?kind=assistant.prompt`);
    await page.getByRole('textbox', { name: 'Prompt' }).fill('Wait for me.');
    await page.getByText('Advanced').click();
    await page.getByRole('combobox', { name: 'Tags' }).fill('patient');
    await page.getByRole('combobox', { name: 'Tags' }).press('Enter');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Submit task' }).click();
    await page.waitForURL(/\/tasks\/[0-9a-f-]{36}/);
    await page.getByText('Paused: tasks wait').waitFor();
    await becomes(page, 'Queued');
    await page.getByTestId('task-explanation').getByText('The organisation is paused').waitFor();
    await page.getByRole('button', { name: 'Resume' }).click();
    await becomes(page, 'Succeeded');
    await page.getByRole('link', { name: 'patient' }).click();
    await page.getByRole('link', { name: 'Wait for me.' }).waitFor();
    const tag = page.getByRole('textbox', { name: 'Tag' });
    expect(await tag.inputValue()).toBe('patient');
    await tag.fill('impatient');
    await tag.press('Enter');
    await page.getByText('No task matches').waitFor();
    await page.getByRole('button', { name: 'Tag impatient: show tasks without it too' }).click();
    await page.getByRole('link', { name: 'Wait for me.' }).waitFor();
    expect(await violations(page)).toEqual([]);
    expect(errors).toEqual([]);
    await context.close();
  }, 120_000);

  test('a pause appears and goes in a page that somebody else has open, without their doing anything', async () => {
    const { page, context, errors } = await openWindow(browser);
    await signUpInBrowser(page, 'Watcher');
    const slug = new URL(page.url()).pathname.split('/')[1];
    const other = await context.newPage();
    await other.goto(`${place.web}/${slug}/tasks/new?kind=assistant.prompt`);
    await other.getByRole('textbox', { name: 'Prompt' }).fill('Half a thought');
    await page.goto(`${place.web}/${slug}/settings/general`);
    await page.getByRole('button', { name: 'Pause all work' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click();
    await other.getByText('Paused: tasks wait').waitFor();
    await page.getByRole('button', { name: 'Resume' }).first().click();
    await other.getByText('Paused: tasks wait').waitFor({ state: 'hidden' });
    expect(await other.getByRole('textbox', { name: 'Prompt' }).inputValue()).toBe(
      'Half a thought',
    );
    expect(errors).toEqual([]);
    await context.close();
  }, 120_000);

  test('a submission that waits for others is replaced by the next of its key, and carries its metadata', async () => {
    const { page, context, errors } = await openWindow(browser, { phone: true });
    await signUpInBrowser(page, 'Debouncer');
    const slug = new URL(page.url()).pathname.split('/')[1];
    const submit = async (prompt: string) => {
      await page.goto(`${place.web}/${slug}/tasks/new?kind=assistant.prompt`);
      await page.getByRole('textbox', { name: 'Prompt' }).fill(prompt);
      await page.getByText('Advanced').click();
      await page.getByLabel('Metadata').fill('ticket: T-1');
      await page.getByLabel('Debounce key').fill('page:7');
      await page.getByRole('button', { name: 'Submit task' }).click();
      await page.getByText('Say for how many minutes').waitFor();
      expect(await violations(page)).toEqual([]);
      await page.getByLabel('Debounce time').fill('30');
      await page.getByRole('button', { name: 'Submit task' }).click();
      await page.waitForURL(/\/tasks\/[0-9a-f-]{36}/);
      return page.url();
    };
    const first = await submit('First draft');
    await page.getByText('ticket: T-1').waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await submit('Second draft')).toBe(first);
    await page.getByRole('heading', { name: 'Second draft' }).waitFor();
    expect(errors).toEqual([]);
    await context.close();
  }, 120_000);

  test('a task for later is started now, and a stopped one is retried from a step', async () => {
    const { page, context, errors } = await openWindow(browser);
    await signUpInBrowser(page, 'Starter');
    await submitNotes(page, '3.0.0');
    await page.getByRole('button', { name: 'Cancel task' }).click();
    await becomes(page, 'Cancelled');
    await page.getByRole('button', { name: 'Retry from here: Draft' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Retry from here' }).click();
    await page.getByRole('heading', { name: 'Approve the release notes' }).waitFor();

    const slug = new URL(page.url()).pathname.split('/')[1];
    await page.goto(`${place.web}/${slug}/tasks/new?kind=assistant.prompt`);
    await page.getByRole('textbox', { name: 'Prompt' }).fill('Tomorrow is early enough.');
    await page.getByText('Advanced').click();
    const tomorrow = new Date(Date.now() + 24 * 3_600_000).toISOString().slice(0, 16);
    await page.getByLabel('Start at').fill(tomorrow);
    await page.getByRole('button', { name: 'Submit task' }).click();
    await page.waitForURL(/\/tasks\/[0-9a-f-]{36}/);
    await page.getByText('Submitted for later').waitFor();
    await page.getByTestId('task-explanation').getByText('It waits for the time').waitFor();
    await page.getByRole('button', { name: 'Start now' }).click();
    await becomes(page, 'Succeeded');
    expect(errors).toEqual([]);
    await context.close();
  }, 120_000);
});
