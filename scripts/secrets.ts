import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateSealingPair } from '@devsphere/shared/crypto/sealing-keys.ts';
import { SignJWT } from 'jose';
import { root } from './system/settings.ts';

/** Writes `.env` for docker-compose.yml with secrets of its own; refuses to replace one that is there. */
const file = join(root, '.env');
if (existsSync(file)) {
  process.stderr.write(
    '.env exists already. Move it away first: replacing its secrets would lock you out of your data.\n',
  );
  process.exit(1);
}
const secret = () => randomBytes(32).toString('hex');
const jwtSecret = secret();
const tenYears = 10 * 365 * 24 * 3_600;
const apiKey = (role: string) =>
  new SignJWT({ role, iss: 'supabase' })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuedAt()
    .setExpirationTime(Math.floor(Date.now() / 1000) + tenYears)
    .sign(new TextEncoder().encode(jwtSecret));
const sealing = generateSealingPair();
const lines = [
  '# Made by npm run secrets. Keep it out of version control.',
  `POSTGRES_PASSWORD=${secret()}`,
  `DEVSPHERE_APP_PASSWORD=${secret()}`,
  `JWT_SECRET=${jwtSecret}`,
  `ANON_KEY=${await apiKey('anon')}`,
  `SERVICE_ROLE_KEY=${await apiKey('service_role')}`,
  `AGENT_SERVICE_TOKEN=${secret()}`,
  `LINK_SECRET=${secret()}`,
  '# What organisations entrust to us is sealed with the first and opened, by the worker alone, with the second.',
  `SECRETS_PUBLIC_KEY=${sealing.publicKey}`,
  `SECRETS_PRIVATE_KEYS=${sealing.privateKey}`,
  '',
  '# Yours to set:',
  'ANTHROPIC_API_KEY=',
  'PUBLIC_URL=http://localhost:8000',
  '# Without a mail server, people can only sign up if addresses need no confirmation:',
  'MAILER_AUTOCONFIRM=false',
  '# The first four are for mails about accounts, the address is for those about organisations:',
  'SMTP_HOST=',
  'SMTP_USER=',
  'SMTP_PASS=',
  'SMTP_ADMIN_EMAIL=',
  'SMTP_URL=',
  'MAIL_FROM=',
  '',
];
writeFileSync(file, lines.join('\n'), { mode: 0o600 });
process.stdout.write('Wrote .env. Set ANTHROPIC_API_KEY in it, then: docker compose up --build\n');
