import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page, Response } from 'playwright-core';
import { launchBrowser, openWindow, place, signUpInBrowser } from './browser.ts';

type Visitor = { page: Page; slug: string; mark: string; key: string; sent: Promise<string>[] };

const own = ['tasks', 'schedules', 'usage', 'settings/general', 'settings/members', 'settings/plan']
  .concat(['settings/audit', 'settings/api-keys', 'settings/webhooks', 'settings/integrations'])
  .concat('settings/data');
let browser: Browser;
let visitors: Visitor[];

beforeAll(async () => {
  browser = await launchBrowser();
  visitors = await Promise.all(['Una', 'Otto'].map(visit));
  for (const { page } of visitors)
    for (const { slug } of visitors)
      for (const path of own) await page.goto(`${place.web}/${slug}/${path}`);
  // What streams ends with its page.
  await Promise.all(visitors.map(({ page }) => page.close()));
}, 240_000);
afterAll(() => browser.close());

/** Every byte that a page was sent: documents, parts of pages, answers of commands, events, scripts. */
const bodyOf = (response: Response): Promise<string> =>
  response.body().then(
    (body) => body.toString('latin1'),
    () => '',
  );

/** Somebody with an organisation of their own, a task that says a canary, and a key. */
async function visit(name: string): Promise<Visitor> {
  const { page } = await openWindow(browser);
  const sent: Promise<string>[] = [];
  page.on('response', (response) => sent.push(bodyOf(response)));
  await signUpInBrowser(page, name);
  const slug = String(new URL(page.url()).pathname.split('/')[1]);
  const mark = `canary-${randomBytes(16).toString('hex')}`;
  await page.goto(`${place.web}/${slug}/tasks/new?kind=assistant.prompt`);
  await page.getByLabel('Prompt').fill(`Say ${mark}`);
  await page.getByRole('button', { name: 'Submit task' }).click();
  await page.waitForURL(/\/tasks\/[0-9a-f-]{36}/);
  await page.goto(`${place.web}/${slug}/settings/api-keys`);
  await page.getByRole('button', { name: 'New API key' }).click();
  await page.getByLabel('Name').fill('Canary');
  await page.getByRole('button', { name: 'Make the key' }).click();
  await page.getByRole('button', { name: 'I have copied it' }).waitFor();
  const [key = ''] = /ds_live_\w{8}_\w{38}/.exec(await page.content()) ?? [];
  await page.getByRole('button', { name: 'I have copied it' }).click();
  return { page, slug, mark, key, sent };
}

describe('what is one organisation’s', () => {
  test('is sent to its own people, and to nobody else who asks for the same pages', async () => {
    for (const { mark, sent } of visitors) {
      const received = (await Promise.all(sent)).join('\n');
      const seen = visitors.filter((visitor) => received.includes(visitor.mark));
      expect(seen.map((visitor) => visitor.mark)).toEqual([mark]);
    }
  });

  test('as a secret is in one answer, to who made it', async () => {
    for (const { key } of visitors) {
      expect(key).not.toBe('');
      const answers = (await Promise.all(visitors.flatMap(({ sent }) => sent))).filter((text) =>
        text.includes(key),
      );
      expect(answers).toHaveLength(1);
    }
  });

  test('is in no log', () => {
    const folder = join(place.home, 'logs');
    const logs = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
    for (const { mark, key } of visitors)
      expect(logs.some((text) => text.includes(mark) || text.includes(key))).toBe(false);
  });

  test('is what a model is asked with for it alone', async () => {
    const answer = await fetch(`${place.simulator}/_control/calls`, {
      headers: { 'x-control-token': place.controlToken },
    });
    const { calls } = (await answer.json()) as { calls: Array<{ canaries: string[] }> };
    const asked = calls.filter(({ canaries }) => canaries.length > 0);
    expect(asked.filter(({ canaries }) => canaries.length > 1)).toEqual([]);
  });
});
