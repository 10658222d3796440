import { once } from 'node:events';
import { createServer } from 'node:net';
import { inviteMember } from '@devsphere/shared/commands/invite-member.ts';
import { resendInvitation } from '@devsphere/shared/commands/resend-invitation.ts';
import { invitationToken } from '@devsphere/shared/invitation-token.ts';
import { createLogger } from '@devsphere/shared/log.ts';
import type { MailPayload } from '@devsphere/shared/queue/mail-queue.ts';
import { serviceQueues } from '@devsphere/shared/queue/service-queues.ts';
import { contextOf, signUp, type TestPerson } from '@devsphere/shared/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '@devsphere/shared/testing/test-database.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { SMTPServer } from 'smtp-server';
import { type MailOptions, sendQueuedMail } from '../src/mail/send-queued-mail.ts';
import { smtpSender } from '../src/mail/smtp-sender.ts';
import { invitationExpiry } from '../src/upkeep/expire-invitations.ts';

let db: TestDatabase;
let ada: TestPerson;
let server: SMTPServer;
let mail: MailOptions;
let received: Array<{ to: string; source: string }> = [];
let refusing = false;
const lines: string[] = [];
const log = createLogger('test', 'info', { write: (line) => void lines.push(line) });
const secret = 'the-secret-of-links-in-this-test-0123456789';

beforeAll(async () => {
  db = await createTestDatabase();
  ada = await signUp(db, 'ada');
  await db.admin.query(`update organizations set plan = 'pro'`);
  server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData: async (stream, session, done) => {
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(chunk as Buffer);
      if (refusing) return done(new Error('the mailbox is full'));
      received.push({
        to: session.envelope.rcptTo.map(({ address }) => address).join(),
        // Undo the line folding of quoted-printable.
        source: Buffer.concat(chunks).toString().replaceAll('=\r\n', '').replaceAll('=3D', '='),
      });
      done();
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const address = server.server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  mail = {
    send: smtpSender({ url: `smtp://127.0.0.1:${port}`, from: 'DevSphere OS <no-reply@test>' }),
    links: { secret, publicUrl: 'https://devsphere.test' },
  };
});
beforeEach(() => {
  received = [];
  refusing = false;
});
afterAll(async () => {
  await new Promise<void>((resolve) => server.close(() => resolve()));
  await db.close();
});

const invite = (email: string) =>
  inviteMember(contextOf(db, ada), { orgId: ada.orgId, email, role: 'member' });
const rowOf = async (id: string) =>
  (await db.admin.query('select * from invitations where id = $1', [id])).rows[0];
/** Takes the waiting mails, as a worker does, and sends them. */
async function work(options: MailOptions | null = mail): Promise<MailPayload[]> {
  await db.admin.query(`update pgboss.job set start_after = now() where name = $1`, [
    serviceQueues.mail.name,
  ]);
  const jobs = await db.boss.fetch<MailPayload>(serviceQueues.mail.name, { batchSize: 10 });
  for (const job of jobs)
    await sendQueuedMail({ database: db.database, boss: db.boss, mail: options, log }, job);
  return jobs.map(({ data }) => data);
}

describe('the mail of an invitation', () => {
  test('goes to the address over SMTP with a link whose hash alone is stored', async () => {
    const { id } = await invite('bob@example.test');
    const jobs = await work();
    expect(jobs).toEqual([{ version: 1, mail: 'invitation', orgId: ada.orgId, id }]);
    expect(received).toHaveLength(1);
    expect(received[0]?.to).toBe('bob@example.test');
    const token = /https:\/\/devsphere\.test\/invitations\/([\w-]{43})/.exec(
      received[0]?.source ?? '',
    )?.[1];
    const row = await rowOf(id);
    expect(token).toBe(invitationToken(secret, { orgId: ada.orgId, id, nonce: row.nonce }));
    expect(row.mailed_at).not.toBeNull();
    const kept = JSON.stringify([row, jobs, lines]);
    expect(kept).toContain(row.token_hash);
    expect(kept).not.toContain(token);
  });

  test('is tried again with the same link when the server refuses it, which the queue says nothing about', async () => {
    refusing = true;
    const { id } = await invite('full@example.test');
    await work();
    const before = await rowOf(id);
    refusing = false;
    await work();
    expect(received).toHaveLength(1);
    expect((await rowOf(id)).token_hash).toBe(before.token_hash);
    const { rows } = await db.admin.query(`select output::text from pgboss.job where name = $1`, [
      serviceQueues.mail.name,
    ]);
    expect(JSON.stringify(rows)).not.toContain('full');
  });

  test('waits while this worker knows no server, and is not sent when the invitation is over', async () => {
    const { id } = await invite('late@example.test');
    await work(null);
    await db.admin.query(
      `update invitations set state = 'revoked', ended_at = now() where id = $1`,
      [id],
    );
    await work();
    expect(received).toEqual([]);
  });

  test('sent again has another link', async () => {
    const { id } = await invite('again@example.test');
    await work();
    const before = await rowOf(id);
    const target = { orgId: ada.orgId, invitationId: id };
    await expect(resendInvitation(contextOf(db, ada), target)).rejects.toMatchObject({
      code: 'conflict',
      retryAfterSeconds: 60,
    });
    await db.admin.query(`update invitations set mailed_at = now() - interval '2 minutes'`);
    await resendInvitation(contextOf(db, ada), target);
    expect((await rowOf(id)).token_hash).toBeNull();
    await work();
    expect((await rowOf(id)).token_hash).not.toBe(before.token_hash);
    expect(received).toHaveLength(2);
  });

  test('escapes what people named things', async () => {
    await db.admin.query('update organizations set name = $2 where org_id = $1', [
      ada.orgId,
      '<img src=x>\r\nBcc: eve@example.test',
    ]);
    await invite('careful@example.test');
    await work();
    expect(received[0]?.to).toBe('careful@example.test');
    expect(received[0]?.source.split('text/html')[1]).not.toContain('<img');
    expect(received[0]?.source.split('\r\n\r\n')[0]).not.toMatch(/^Bcc:/im);
  });

  test('fails within a deadline when the server says nothing', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    const port = typeof address === 'object' ? address?.port : 0;
    silent.close();
    const send = smtpSender({ url: `smtp://127.0.0.1:${port}`, from: 'a@b.test' });
    await invite('nobody@example.test');
    await work({ ...mail, send });
    expect(received).toEqual([]);
  });
});

describe('upkeep', () => {
  test('expires what is over and forgets what ended 90 days ago, and nothing younger', async () => {
    const [due, old, young] = [
      await invite('due@example.test'),
      await invite('old@example.test'),
      await invite('young@example.test'),
    ];
    await db.admin.query(`update invitations set expires_at = now() where id = $1`, [due.id]);
    await db.admin.query(
      `update invitations set state = 'expired', ended_at = now() - interval '91 days' where id = $1`,
      [old.id],
    );
    const careless = { everySeconds: 1, perRun: 100, keepDays: 0 };
    expect(await invitationExpiry(db.database, careless).runOnce()).toEqual({
      expired: 1,
      forgotten: 1,
    });
    expect((await rowOf(due.id)).state).toBe('expired');
    expect(await rowOf(old.id)).toBeUndefined();
    expect((await rowOf(young.id)).state).toBe('pending');
  });
});
