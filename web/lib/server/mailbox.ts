import 'server-only';
import { timingSafeEqual } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { webEnv } from '../env.ts';

const newest = 50;
const mail = z.object({
  to: z.string(),
  subject: z.string(),
  text: z.string().optional(),
  html: z.string().optional(),
});

export type KeptMail = { id: string; at: string; to: string; subject: string; text: string };

/**
 * The newest mails of the local mailbox, for whoever has its key; the 404 page for everybody else, and where mails are
 * really sent. Anybody's mails are there, links that sign people in included.
 */
export async function loadMailbox(key: unknown): Promise<KeptMail[]> {
  const { MAILBOX_DIR, MAILBOX_KEY } = webEnv();
  if (!MAILBOX_DIR || !MAILBOX_KEY || !isSame(key, MAILBOX_KEY)) notFound();
  const names = (await readdir(MAILBOX_DIR).catch(() => []))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .reverse()
    .slice(0, newest);
  return Promise.all(names.map((name) => readMail(MAILBOX_DIR, name)));
}

async function readMail(folder: string, name: string): Promise<KeptMail> {
  const file = join(folder, name);
  const [{ mtime }, content] = await Promise.all([stat(file), readFile(file, 'utf8')]);
  const { to, subject, text, html } = mail.parse(JSON.parse(content));
  return { id: name, at: mtime.toISOString(), to, subject, text: text ?? textOf(html ?? '') };
}

/** Enough of a mail without a text of its own to read it and follow its links. */
function textOf(html: string): string {
  return html
    .replaceAll(/<a [^>]*href="([^"]*)"[^>]*>/g, ' $1 ')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll(/[ \t]+/g, ' ')
    .replaceAll(/\s*\n\s*/g, '\n')
    .trim();
}

function isSame(given: unknown, expected: string): boolean {
  if (typeof given !== 'string') return false;
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
