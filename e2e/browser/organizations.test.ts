import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchBrowser, openWindow, place, signUpInBrowser, violations } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe('an organisation', () => {
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
