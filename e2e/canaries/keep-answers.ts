import { appendFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { marksIn } from './marks.ts';
import { type SentAnswer, sendPlainly, watchAnswers } from './record.ts';

/**
 * Loaded before a server of the browser tests: appends what each of its answers tells of organisations and secrets, and
 * to whom, to the file that `KEEP_ANSWERS` names, a line of JSON each.
 */
const file = process.env.KEEP_ANSWERS;
if (file) {
  sendPlainly();
  watchAnswers((answer, response) => {
    response.once('close', () => {
      const authorizations = [...answer.authorizations, ...sessionsOf(response)];
      const line: SentAnswer = { ...answer, authorizations, text: marksIn(answer.text).join(' ') };
      if (line.text !== '') appendFileSync(file, `${JSON.stringify(line)}\n`);
    });
  });
}

/** Who came, and who they became by this answer: in the web a person's token is in a cookie, in pieces when it is long. */
function sessionsOf(response: ServerResponse): string[] {
  const given = response.getHeader('set-cookie');
  const becoming = (Array.isArray(given) ? given : []).map((cookie) => cookie.split(';')[0] ?? '');
  return [(response.req.headers.cookie ?? '').split('; '), becoming].flatMap((cookies) => {
    const session = cookies
      .filter((cookie) => /^devsphere-session(\.\d+)?=/.test(cookie))
      .sort()
      .map((cookie) => decodeURIComponent(cookie.slice(cookie.indexOf('=') + 1)))
      .join('');
    const text = Buffer.from(session.replace(/^base64-/, ''), 'base64url').toString();
    const [, token] = /"access_token":"([^"]+)"/.exec(text) ?? [];
    return token ? [`Bearer ${token}`] : [];
  });
}
