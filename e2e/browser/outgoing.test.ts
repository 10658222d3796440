import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { Receiver } from '../system/receiver.ts';
import { launchBrowser, openWindow, pace, signUpInBrowser, violations } from './browser.ts';

let browser: Browser;
let receiver: Receiver;
beforeAll(async () => {
  [browser, receiver] = await Promise.all([launchBrowser(), Receiver.listen()]);
  await pace(0);
});
afterAll(async () => {
  await pace(80);
  await Promise.all([browser.close(), receiver.close()]);
});

/** Goes to a section of the settings. */
async function openSettings(page: Page, section: string): Promise<void> {
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page
    .getByRole('navigation', { name: 'Settings' })
    .getByRole('link', { name: section })
    .click();
  await page.getByRole('heading', { level: 1, name: section }).waitFor();
}

async function runTask(page: Page, prompt: string): Promise<void> {
  await page.getByRole('link', { name: 'New task', exact: true }).first().click();
  await page.getByRole('link', { name: /Ask the assistant/ }).click();
  await page.getByLabel('Prompt').fill(prompt);
  await page
    .getByRole('button', { name: /Run|Submit|Ask/ })
    .first()
    .click();
  await page.waitForURL(/\/tasks\/[0-9a-f-]{36}$/);
  await page.getByText('Succeeded').first().waitFor();
}

describe('what leaves the organisation', () => {
  test('a webhook is made, tested, told of a task, looked into, disabled by failure and mended', async () => {
    const { page, context, errors } = await openWindow(browser);
    await signUpInBrowser(page, 'Wanda');
    await openSettings(page, 'Webhooks');
    await page.getByRole('button', { name: 'New webhook' }).click();
    await page.getByLabel('Address').fill('somewhere');
    await page.getByRole('button', { name: 'Create webhook' }).click();
    await page.getByText(/whole address/).waitFor();
    await page.getByLabel('Address').fill(`${receiver.url}/wanda`);
    await page.getByRole('button', { name: 'Create webhook' }).click();
    const secret = page.getByRole('region', { name: 'Signing secret' }).locator('pre');
    expect(await secret.textContent()).toMatch(/^whsec_/);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'I have copied it' }).click();

    await page.getByRole('link', { name: `${receiver.url}/wanda` }).click();
    await page.getByRole('button', { name: 'Send a test' }).click();
    await page.getByText('Delivered').waitFor();
    await runTask(page, 'Tell the receiver');
    await openSettings(page, 'Webhooks');
    await page.getByRole('link', { name: `${receiver.url}/wanda` }).click();
    await page.getByRole('link', { name: 'task.succeeded' }).click();
    await page.getByText('Answered 200').waitFor();
    await page.getByText('thank you').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Send again' }).click();
    await page.getByText('Attempt 2').waitFor();
    expect(receiver.at('/wanda')).toHaveLength(3);

    receiver.answer = () => ({ status: 410 });
    await runTask(page, 'The receiver is gone');
    const notice = page.getByRole('region', { name: 'Notices' });
    await expect(waitForNotice(page)).resolves.toMatch(/disabled after repeated failure/);
    receiver.answer = () => ({ status: 200 });
    await notice.getByRole('link', { name: 'See why' }).click();
    await page.getByText('The receiver answered 410: it is gone.').waitFor();
    await page.getByRole('button', { name: 'Enable' }).click();
    await page.getByText('Enabled').waitFor();
    await notice.waitFor({ state: 'detached' });
    expect(errors).toEqual([]);
    await context.close();
  }, 90_000);

  test('an Anthropic key and a chat are connected, seen to work and disconnected, and the audit log tells of it', async () => {
    const { page, context, errors } = await openWindow(browser, { phone: true });
    await signUpInBrowser(page, 'Ines');
    await page.getByRole('button', { name: 'Open navigation' }).click();
    await openSettings(page, 'Integrations');
    const own = page.getByRole('region', { name: 'Anthropic key' });
    await own.getByRole('textbox', { name: 'Key' }).fill('sk-ant-a-key-of-the-test-wxyz');
    await own.getByRole('button', { name: 'Connect' }).click();
    await page.getByText('…wxyz').waitFor();
    await own.getByText('Working').waitFor();
    const chat = page.getByRole('region', { name: 'Chat' });
    await chat.getByLabel('Address of the incoming webhook').fill(`${receiver.url}/chat`);
    await chat.getByRole('button', { name: 'Connect' }).click();
    await chat.getByText('Working').waitFor();
    expect(receiver.at('/chat')).toHaveLength(1);
    expect(await page.content()).not.toContain('sk-ant-a-key');
    expect(await page.content()).not.toContain(`${receiver.url}/chat`);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Disconnect anthropic' }).click();
    await page.getByRole('button', { name: 'Disconnect', exact: true }).click();
    await page.getByText('…wxyz').waitFor({ state: 'detached' });

    await page
      .getByRole('navigation', { name: 'Settings' })
      .getByRole('link', { name: 'Audit log' })
      .click();
    const log = page.getByRole('list', { name: 'Audit log' });
    const act = log.getByText('disconnected an integration');
    await act.click();
    await log.getByText('…wxyz').first().waitFor();
    await page.getByRole('combobox', { name: 'Did what' }).click();
    await page.getByRole('option', { name: 'Connected an integration', exact: true }).click();
    await act.waitFor({ state: 'detached' });
    expect(page.url()).toContain('action=integration.connected');
    expect(await log.getByRole('listitem').count()).toBe(2);
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'CSV' }).click();
    expect((await download).suggestedFilename()).toMatch(/^audit-log-ines.*\.csv$/);
    expect(await violations(page)).toEqual([]);
    expect(errors).toEqual([]);
    await context.close();
  }, 90_000);
});

/** The notice, once the page has it: it comes with the next page that is asked for. */
async function waitForNotice(page: Page): Promise<string> {
  for (let look = 0; look < 20; look += 1) {
    await page.reload();
    const notice = page.getByRole('region', { name: 'Notices' });
    if ((await notice.count()) > 0) return (await notice.textContent()) ?? '';
  }
  throw new Error('there is no notice');
}
