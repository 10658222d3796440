import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '@devsphere/shared/testing/eventually.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openWindow, place, signUpInBrowser } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const secrets = (): Array<[string, string]> =>
  Object.entries(JSON.parse(readFileSync(join(place.home, 'secrets.json'), 'utf8')));

/** Does something in a page that sends a command, and returns how to send the same again with changes. */
async function recordCommand(page: Page, act: () => Promise<void>) {
  const [request] = await Promise.all([
    page.waitForRequest((sent) => sent.headers()['next-action'] !== undefined),
    act(),
  ]);
  const kept = ['next-action', 'next-router-state-tree', 'content-type', 'accept'];
  const headers = Object.fromEntries(
    Object.entries(await request.allHeaders()).filter(([name]) => kept.includes(name)),
  );
  const body = request.postData() ?? '';
  const send = (change: Record<string, string>, changedBody = body) =>
    fetch(request.url(), {
      method: 'POST',
      redirect: 'manual',
      headers: { ...headers, ...change },
      body: changedBody,
    });
  return { send, body };
}

async function keysShown(page: Page): Promise<number> {
  await page.reload();
  return page.getByRole('list', { name: 'API keys' }).getByRole('listitem').count();
}

describe('a command of the web', () => {
  test('is obeyed from this site only, and not when it is too large', async () => {
    const { page, context } = await openWindow(browser);
    await signUpInBrowser(page, 'Cleo');
    const org = new URL(page.url()).pathname.split('/')[1];
    await page.goto(`${place.web}/${org}/settings/api-keys`);
    await page.getByRole('button', { name: 'New API key' }).click();
    await page.getByLabel('Name').fill('Recorded');
    const { send: sendPlain, body } = await recordCommand(page, () =>
      page.getByRole('button', { name: 'Make the key' }).click(),
    );
    await page.getByRole('button', { name: 'I have copied it' }).click();
    expect(await keysShown(page)).toBe(1);
    const cookie = (await context.cookies())
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
    const send = (headers: Record<string, string>, changed: string) =>
      sendPlain({ cookie, ...headers }, changed);
    // With the same idempotency key it would be the same command again.
    const fresh = (name = 'Again') =>
      body
        .replace('Recorded', name)
        .replace(/("idempotencyKey":")[^"]*/, `$1${crypto.randomUUID()}`);

    for (const foreign of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
    ]) {
      const answer = await send(foreign, fresh());
      expect({ foreign, status: answer.status }).toEqual({ foreign, status: 403 });
    }
    const huge = await send({ origin: place.web }, fresh('x'.repeat(10_000_000)));
    expect(huge.status).toBe(413);
    expect(await keysShown(page)).toBe(1);

    expect((await send({ origin: place.web }, fresh())).status).toBe(200);
    expect(await keysShown(page)).toBe(2);
    await context.close();
  }, 60_000);
});

describe('every page', () => {
  test('is sent with a policy that runs no script of strangers, and cookies that no script can read', async () => {
    const { page, context, errors } = await openWindow(browser);
    const answer = await page.goto(`${place.web}/sign-in`);
    const headers = answer?.headers() ?? {};
    const policy = headers['content-security-policy'] ?? '';
    const scripts = policy.split('; ').find((rule) => rule.startsWith('script-src ')) ?? '';
    expect(scripts).toMatch(/'nonce-[\w+/=]{20,}'/);
    expect(scripts).not.toMatch(/unsafe-inline|unsafe-eval|https?:|\*/);
    for (const rule of [`object-src 'none'`, `base-uri 'self'`, `frame-ancestors 'none'`])
      expect(policy).toContain(rule);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'strict-origin-when-cross-origin',
      'cross-origin-opener-policy': 'same-origin',
    });
    expect(headers['permissions-policy']).toContain('camera=()');
    // Served over plain http here, where it must not be said.
    expect(headers['strict-transport-security']).toBeUndefined();
    const again = await page.goto(`${place.web}/sign-in`);
    expect(again?.headers()['content-security-policy']).not.toBe(policy);

    await signUpInBrowser(page, 'Nora');
    const ran = await page.evaluate(() => {
      const script = document.createElement('div');
      script.innerHTML = '<img src="x" onerror="window.hacked = 1">';
      document.body.append(script);
      document.body.insertAdjacentHTML('beforeend', '<script>window.hacked = 2</script>');
      return new Promise((done) =>
        document.addEventListener('securitypolicyviolation', () => done('hacked' in window), {
          once: true,
        }),
      );
    });
    expect(ran).toBe(false);
    const cookies = await context.cookies();
    expect(cookies.length).toBeGreaterThan(0);
    for (const { name, httpOnly, sameSite } of cookies)
      expect({ name, httpOnly, sameSite }).toEqual({ name, httpOnly: true, sameSite: 'Lax' });
    expect(await page.evaluate(() => document.cookie)).toBe('');
    expect(errors).toEqual([]);
    await context.close();
  }, 60_000);

  test('and every script of the site is free of secrets and of what only servers know', async () => {
    const folder = join(import.meta.dirname, '../../web/.next/static');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(?:js|css|json|map|html|txt)$/.test(name),
    );
    expect(files.length).toBeGreaterThan(10);
    const onlyServers = ['devsphere_app', 'request.jwt.claims', 'SUPABASE_JWT_SECRET', 'pgboss.'];
    const { page, context } = await openWindow(browser);
    await signUpInBrowser(page, 'Ines');
    const texts = [
      ...files.map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const),
      ['the page of tasks', await page.content()] as const,
    ];
    const found = texts.flatMap(([where, text]) =>
      [...secrets(), ...onlyServers.map((name) => [name, name] as const)]
        .filter(([, value]) => text.includes(value))
        .map(([name]) => `${name} in ${where}`),
    );
    // It opens nothing that a stranger may not open: Supabase means it to be public.
    expect(found.filter((line) => !line.startsWith('publishable '))).toEqual([]);
    await context.close();
  }, 60_000);
});

describe('signing in', () => {
  test('too often to one account is refused alike, whether or not there is such an account', async () => {
    const { page, context } = await openWindow(browser);
    const { email } = await signUpInBrowser(page, 'Theo');
    await context.clearCookies();
    for (const account of [email, `nobody-${Date.now()}@example.test`]) {
      await page.goto(`${place.web}/sign-in`);
      await page.getByLabel('Email').fill(account);
      await page.getByLabel('Password').fill('a-wrong-password');
      const { send } = await recordCommand(page, () =>
        page.getByRole('button', { name: 'Sign in' }).click(),
      );
      await page.getByText('Email or password is wrong.').waitFor();
      const wrong: string[] = [];
      const tooMany = await eventually('a refusal', async () => {
        const answer = await (await send({ origin: place.web })).text();
        if (answer.includes('Too many')) return answer;
        wrong.push(answer);
        return false;
      });
      // The browser's own try counts with them, unless this program has another of the machine's addresses.
      expect([9, 10]).toContain(wrong.length);
      for (const answer of wrong) expect(answer).toContain('Email or password is wrong.');
      expect(tooMany).toMatch(/Too many tries to sign in\. Try again in \d+ minutes\./);
      expect(tooMany).not.toContain('wrong');
    }
    await context.close();
  }, 60_000);
});
