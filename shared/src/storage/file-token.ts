import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Storage } from './open-file.ts';

/** A storage whose files programs get too, which have no token of their own; null: they are for people only. */
export type StorageForPrograms = Storage & { jwtSecret: string | null };

const tokenSeconds = 60;

/** A token of a minute that opens one file of the bucket of artifacts for reading, and nothing else. Look first whether it may be given. */
export function signFileToken(jwtSecret: string, path: string): Promise<string> {
  return (
    new SignJWT({ role: 'authenticated', devsphere_file: { path } })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      // Nobody's person.
      .setSubject(randomUUID())
      .setIssuedAt()
      .setExpirationTime(Math.floor(Date.now() / 1000) + tokenSeconds)
      .sign(new TextEncoder().encode(jwtSecret))
  );
}
