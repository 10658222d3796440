import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { APIRequestContext, Browser } from 'playwright-core';
import { launchBrowser, openWindow, place, signUpInBrowser } from './browser.ts';

/** Every place of the web below an organisation or for operators, as the files say; a new one is tried by itself. */
const app = join(import.meta.dirname, '../../web/app');
const places = readdirSync(app, { recursive: true, encoding: 'utf8' })
  .filter((file) => /^(\[org\]|operator)\//.test(file) && /\/(page\.tsx|route\.ts)$/.test(file))
  .map((file) => `/${file.replace(/\/(page\.tsx|route\.ts)$/, '')}`)
  .map((path) => path.replaceAll(/\/\([^)]+\)/g, '').replace('/[[...path]]', ''))
  .sort();

const canary = randomBytes(16).toString('hex');
let browser: Browser;
let slug: string;
let taskId: string;
let outsiders: Record<string, APIRequestContext>;

beforeAll(async () => {
  browser = await launchBrowser();
  const { page } = await openWindow(browser);
  await signUpInBrowser(page, `Vic-${canary}`);
  slug = String(new URL(page.url()).pathname.split('/')[1]);
  await page.goto(`${place.web}/${slug}/tasks/new?kind=assistant.prompt`);
  await page.getByLabel('Prompt').fill(`Say ${canary}`);
  await page.getByRole('button', { name: 'Submit task' }).click();
  await page.waitForURL(/\/tasks\/[0-9a-f-]{36}/);
  taskId = String(new URL(page.url()).pathname.split('/').at(-1));
  const stranger = await openWindow(browser);
  await signUpInBrowser(stranger.page, 'Eve');
  const nobody = await browser.newContext();
  outsiders = { 'a stranger': stranger.context.request, 'somebody signed out': nobody.request };
}, 90_000);
afterAll(() => browser.close());

describe('every page of an organisation or of operators', () => {
  test('is found in the files', () => {
    expect(places).toEqual(
      expect.arrayContaining(['/[org]/tasks/[id]', '/[org]/settings/audit', '/operator/jobs']),
    );
  });

  test.each(places)(
    '%s tells outsiders nothing, and as much of what exists as of what does not',
    async (path) => {
      for (const [who, request] of Object.entries(outsiders)) {
        const ask = async (org: string) => {
          const address = path.replace('[org]', org).replaceAll(/\[\w+\]/g, taskId);
          const answer = await request.get(`${place.web}${address}`, { maxRedirects: 0 });
          const text = await answer.text();
          const to = answer.headers().location?.replaceAll(org, '<org>');
          return { who, status: answer.status(), to, leaks: text.includes(canary) };
        };
        const seen = await ask(slug);
        expect(seen.leaks).toBe(false);
        expect(seen.status).toBeGreaterThanOrEqual(300);
        expect(await ask('no-such-organisation')).toEqual(seen);
      }
    },
  );
});
