import { expect, test } from '@jest/globals';
import { launchBrowser, openWindow, violations } from './browser.ts';

test('a text that is hard to read and a picture without words are found', async () => {
  const browser = await launchBrowser();
  try {
    const { page } = await openWindow(browser);
    await page.setContent(
      '<html lang="en"><title>Pale</title><main><p style="color: #bbb; background: #fff">Pale</p><img src="data:,"></main></html>',
    );
    const found = await violations(page);
    expect(found.map((line) => line.split(':')[0])).toEqual(['color-contrast', 'image-alt']);
  } finally {
    await browser.close();
  }
}, 60_000);
