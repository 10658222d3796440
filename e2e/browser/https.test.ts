import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { freePort } from '../../scripts/system/ports.ts';
import type { Service } from '../../scripts/system/service.ts';
import { launchBrowser, place, signUpInBrowser } from './browser.ts';
import { startSecondWeb } from './https/second-web.ts';
import { startTlsProxy } from './https/tls-proxy.ts';

/** Not `localhost`, to which browsers send everything. */
const name = 'devsphere.test';
let browser: Browser;
let web: Service;
let stopProxy: () => Promise<void>;
let secure: string;
let plain: string;

beforeAll(async () => {
  const [securePort, plainPort] = [await freePort(), await freePort()];
  secure = `https://${name}:${securePort}`;
  plain = `http://${name}:${plainPort}`;
  web = await startSecondWeb(plainPort, secure);
  stopProxy = await startTlsProxy(name, securePort, plainPort);
  browser = await launchBrowser([`--host-resolver-rules=MAP ${name} 127.0.0.1`]);
}, 90_000);
afterAll(async () => {
  await browser?.close();
  await stopProxy?.();
  await web?.stop();
});

test('behind https, browsers are told to use nothing else, and keep the session to it', async () => {
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const answer = await page.goto(`${secure}/sign-in`);
  expect(answer?.headers()['strict-transport-security']).toMatch(/max-age=31536000/);
  expect(answer?.headers()['content-security-policy']).toContain('upgrade-insecure-requests');
  await signUpInBrowser(page, 'Tess', secure);
  const cookies = await context.cookies();
  expect(cookies.map((cookie) => cookie.name).join()).toContain('devsphere-session');
  for (const cookie of cookies) expect(cookie).toMatchObject({ secure: true, httpOnly: true });

  const [request] = await Promise.all([
    page.waitForRequest((sent) => sent.url().startsWith(plain)),
    page.goto(`${plain}/account`, { waitUntil: 'commit' }),
  ]);
  expect((await request.allHeaders()).cookie).toBeUndefined();
  await context.close();
}, 120_000);

test('over plain http nothing is said of https', async () => {
  const answer = await fetch(`${place.web}/sign-in`);
  expect(answer.headers.get('strict-transport-security')).toBeNull();
  expect(answer.headers.get('content-security-policy')).not.toContain('upgrade-insecure');
});
