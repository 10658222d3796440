import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import {
  launchBrowser,
  openWindow,
  pace,
  place,
  signInBrowser,
  signUpInBrowser,
  submitPrompt,
  violations,
} from '../browser.ts';
import { killWorkers } from '../worker-process.ts';

const shots = process.env.E2E_SHOTS;
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
afterEach(() => pace(80));

const becomes = (page: Page, text: string) =>
  page.getByTestId('task-state').filter({ hasText: text }).first().waitFor({ timeout: 60_000 });
const timeline = (page: Page) => page.getByRole('region', { name: 'Timeline' });
const attempt = (page: Page, number: number) =>
  timeline(page).locator(`[data-attempt="${number}"]`);
/** Waits until an attempt says this, whatever else it says. */
const says = (page: Page, number: number, text: string | RegExp) =>
  attempt(page, number).getByText(text).first().waitFor();

async function fail(fault: object): Promise<void> {
  const response = await fetch(`${place.simulator}/_control/faults`, {
    method: 'POST',
    headers: { 'x-control-token': place.controlToken },
    body: JSON.stringify(fault),
  });
  if (!response.ok) throw new Error(await response.text());
}

/** What of the page a test is about stands still in every look it is opened in. */
async function inEveryLook(
  { email, password }: { email: string; password: string },
  url: string,
  look: (page: Page) => Promise<void>,
  name: string,
): Promise<void> {
  for (const options of [{}, { dark: true }, { phone: true }, { phone: true, dark: true }]) {
    const { page, context, errors } = await openWindow(browser, options);
    await signInBrowser(page, email, password);
    await page.goto(url);
    await look(page);
    expect(await violations(page)).toEqual([]);
    const wide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wide).toBe(0);
    expect(errors).toEqual([]);
    if (shots)
      await page.screenshot({
        path: join(shots, `${[name, ...Object.keys(options)].join('-')}.png`),
        fullPage: true,
      });
    await context.close();
  }
}

describe('a task that lived through a fault', () => {
  test('tells of the attempt whose worker was killed, while it goes on and after it succeeded', async () => {
    const { page, context, errors } = await openWindow(browser);
    const person = await signUpInBrowser(page, 'Survivor');
    await pace(20);
    await submitPrompt(page, 'Explain how work outlives the process that does it.');
    await becomes(page, 'Running');
    await page.waitForFunction(() => {
      const text = document.querySelector('[data-testid="task-output"]')?.textContent ?? '';
      return text.length > 40 && !text.startsWith('Working');
    });
    killWorkers();
    await attempt(page, 2).waitFor({ timeout: 60_000 });
    await says(page, 1, 'Worker lost');
    await says(page, 1, /^at least/);
    await pace(0);
    await becomes(page, 'Succeeded');

    const look = async (of: Page) => {
      await says(of, 1, 'Worker lost');
      await says(of, 1, /was not heard from any more/);
      await says(of, 1, /worker_vanished/);
      await says(of, 1, /wrote nothing after .*given up/);
      await says(of, 2, 'Succeeded');
      await of.getByTestId('task-explanation').getByText('It succeeded in attempt 2.').waitFor();
      // Killed some seconds after it began; that it was gone was noticed ten seconds later.
      const [began = 0, wrote = 0, givenUp = 0] = await attempt(of, 1)
        .locator('time')
        .evaluateAll((times) =>
          times.map((time) => Date.parse(time.getAttribute('datetime') ?? '')),
        );
      expect(wrote).toBeGreaterThan(began);
      expect(givenUp - wrote).toBeGreaterThan(5_000);
    };
    await inEveryLook(person, page.url(), look, 'lost');
    expect(errors).toEqual([]);
    await context.close();
  }, 240_000);

  test('tells of the attempt that Claude turned away, of the pause after it, of who answered, and of what was kept', async () => {
    const { page, context, errors } = await openWindow(browser);
    const person = await signUpInBrowser(page, 'Patient');
    const slug = new URL(page.url()).pathname.split('/')[1];
    await page.goto(`${place.web}/${slug}/tasks/new?kind=release.notes&example=1`);
    await page.getByLabel('Version').fill('4.0.0');
    await pace(0);
    await fail({ kind: 'status', status: 529, headers: { 'retry-after': '600' } });
    await page.getByRole('button', { name: 'Submit task' }).click();
    await page.waitForURL(/\/tasks\/[0-9a-f-]{36}/);
    await page.getByText('Attempt 1 failed: Claude is overloaded right now.').waitFor();
    await timeline(page).getByText('Pause before trying again, set to 10 min 00 s').waitFor();
    await page.getByTestId('task-explanation').getByText('The next attempt is due').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Retry now' }).click();
    await page.getByRole('heading', { name: 'Approve the release notes' }).waitFor();
    await page.getByTestId('task-explanation').getByText('The time to answer ends').waitFor();
    if (shots) await page.screenshot({ path: join(shots, 'asked.png'), fullPage: true });
    await page.getByRole('button', { name: 'Send answer' }).click();
    await becomes(page, 'Succeeded');

    const look = async (of: Page) => {
      await says(of, 1, 'Failed');
      await says(of, 1, 'Claude is overloaded right now.');
      await says(of, 1, /Temporary · model_overloaded/);
      await timeline(of).getByText('Pause before trying again').waitFor();
      await timeline(of).getByText('Put back into the queue by a person').waitFor();
      await says(of, 2, 'Asked a person');
      await timeline(of).getByText('Answered by Patient').waitFor();
      await says(of, 3, 'Succeeded');
      expect(await attempt(of, 3).getByText('kept', { exact: true }).count()).toBe(2);
    };
    await inEveryLook(person, page.url(), look, 'failed');
    expect(errors).toEqual([]);
    await context.close();
  }, 240_000);

  test('of a task that failed for good says what to do about this very error', async () => {
    const { page, context } = await openWindow(browser);
    await signUpInBrowser(page, 'Refused');
    await fail({ kind: 'status', status: 401 });
    await submitPrompt(page, 'Is this key good?');
    await becomes(page, 'Failed');
    await page.getByText('The input is not at fault.').waitFor();
    await says(page, 1, /Lasting · model_access_denied/);
    expect(await violations(page)).toEqual([]);
    if (shots) await page.screenshot({ path: join(shots, 'refused.png'), fullPage: true });
    await context.close();
  }, 120_000);
});
