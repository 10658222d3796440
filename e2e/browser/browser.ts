import { AxeBuilder } from '@axe-core/playwright';
import { eventually } from '@devsphere/shared/testing/eventually.ts';
import sparticuz from '@sparticuz/chromium';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

/** Where the system under test is; set by scripts/test-browser.ts. */
export const place = {
  web: process.env.E2E_WEB_URL ?? '',
  api: process.env.E2E_API_URL ?? '',
  simulator: process.env.E2E_SIMULATOR_URL ?? '',
  controlToken: process.env.E2E_CONTROL_TOKEN ?? '',
  home: process.env.E2E_HOME ?? '',
};

/** Chromium from npm: nothing is downloaded at run time. */
export async function launchBrowser(args: string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: await sparticuz.executablePath(),
    args: ['--no-sandbox', '--disable-gpu', ...args],
    headless: true,
  });
}

/** A person's own browser window; anything the page logs as an error fails the test that asks. */
export async function openWindow(
  browser: Browser,
  options: { dark?: boolean; phone?: boolean } = {},
): Promise<{ context: BrowserContext; page: Page; errors: string[] }> {
  const context = await browser.newContext({
    colorScheme: options.dark ? 'dark' : 'light',
    viewport: options.phone ? { width: 360, height: 780 } : { width: 1280, height: 850 },
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  return { context, page, errors };
}

export async function signUpInBrowser(
  page: Page,
  name: string,
  web = place.web,
): Promise<{ email: string; password: string }> {
  const email = `${name.toLowerCase()}-${Date.now()}@example.test`;
  const password = 'a-long-password';
  await page.goto(`${web}/sign-up`);
  await page.getByLabel('Display name').fill(name);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.waitForURL(/\/tasks$/);
  return { email, password };
}

export async function signInBrowser(page: Page, email: string, password: string): Promise<void> {
  await page.goto(`${place.web}/sign-in`);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(/\/tasks$/);
}

/** Asks the assistant from the page's own form, and waits for the task's page. */
export async function submitPrompt(page: Page, prompt: string): Promise<void> {
  await page.getByRole('link', { name: 'New task' }).first().click();
  await page.waitForURL(/\/tasks\/new/);
  if (!page.url().includes('assistant.prompt'))
    await page.getByRole('link', { name: /Ask the assistant/ }).click();
  await page.getByLabel('Prompt').fill(prompt);
  await page.getByLabel('Prompt').press('Control+Enter');
  await page.waitForURL(/\/tasks\/[0-9a-f-]{36}/);
}

/**
 * Accessibility violations of the page (WCAG 2 A and AA), one line each with what axe measured. A page that
 * is still being drawn is not judged: a violation counts when the third look still finds one.
 */
export async function violations(page: Page): Promise<string[]> {
  for (let look = 1; ; look += 1) {
    await eventually('a title', async () => (await page.title()) !== '');
    // Forms are disabled until the page has come alive; the moment between has the colours of neither.
    await eventually(
      'forms that can be used',
      async () => (await page.locator('fieldset:disabled').count()) === 0,
    );
    // Without frames there is nothing to gather in a page of its own, which costs as much as the look.
    const { violations: found } = await new AxeBuilder({ page })
      .options({
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'],
        resultTypes: ['violations'],
      })
      .setLegacyMode()
      .analyze();
    if (found.length > 0 && look < 3) continue;
    return found.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} (${failureSummary ?? ''})`).join(', ')}`,
    );
  }
}

/** How fast the simulated model answers; 0 tokens a second means at once. */
export async function pace(tokensPerSecond: number): Promise<void> {
  const response = await fetch(`${place.simulator}/_control/pace`, {
    method: 'PUT',
    headers: { 'x-control-token': place.controlToken },
    body: JSON.stringify({
      tokens_per_second: tokensPerSecond,
      first_token_ms: tokensPerSecond === 0 ? 0 : 50,
    }),
  });
  if (!response.ok) throw new Error(await response.text());
}
