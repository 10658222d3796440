import { SignJWT } from 'jose';

export type FileStoreOptions = {
  supabaseUrl: string;
  publishableKey: string;
  jwtSecret: string;
};

export type FileStore = {
  /** Stores a file, replacing one that is there. Throws when the storage does not take it. */
  store: (
    bucket: string,
    path: string,
    mediaType: string,
    content: Uint8Array<ArrayBuffer>,
  ) => Promise<void>;
  /** Deletes files of a bucket whose names begin with `prefix`; one that is gone is no error. Throws when the storage refuses. */
  remove: (bucket: string, names: string[], prefix: string) => Promise<void>;
};

const tokenSeconds = 60;

/** Files as the system itself handles them: each call with a token of a minute that names what it may touch. */
export function createFileStore({
  supabaseUrl,
  publishableKey,
  jwtSecret,
}: FileStoreOptions): FileStore {
  const secret = new TextEncoder().encode(jwtSecret);
  const call = async (
    method: string,
    path: string,
    claims: Record<string, unknown>,
    body: { type: string; content: string | Uint8Array<ArrayBuffer> },
  ) => {
    const token = await new SignJWT({ role: 'authenticated', ...claims })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      // Nobody's person.
      .setSubject(crypto.randomUUID())
      .setIssuedAt()
      .setExpirationTime(Math.floor(Date.now() / 1000) + tokenSeconds)
      .sign(secret);
    const response = await fetch(`${supabaseUrl}/storage/v1/object/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        apikey: publishableKey,
        'content-type': body.type,
        'x-upsert': 'true',
      },
      body: body.content,
      signal: AbortSignal.timeout(60_000),
    });
    if (!response.ok)
      throw new Error(`the storage answered ${response.status} to ${method} of ${path}`);
  };
  return {
    store: (bucket, path, type, content) =>
      call('POST', `${bucket}/${path}`, { devsphere_export: { path } }, { type, content }),
    remove: (bucket, names, prefix) =>
      call(
        'DELETE',
        bucket,
        { devsphere_purge: { prefix } },
        { type: 'application/json', content: JSON.stringify({ prefixes: names }) },
      ),
  };
}
