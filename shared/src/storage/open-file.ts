import { AppError } from '../errors.ts';

export type Storage = { supabaseUrl: string; publishableKey: string };

const connectMilliseconds = 10_000;

/** Opens a file of the storage with somebody's own token, so that the bucket's policies decide. Throws `not_found` or `unavailable`. */
export async function openFile(
  { supabaseUrl, publishableKey }: Storage,
  accessToken: string,
  file: { bucket: string; path: string },
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), connectMilliseconds);
  try {
    const response = await fetch(`${supabaseUrl}/storage/v1/object/${file.bucket}/${file.path}`, {
      headers: { authorization: `Bearer ${accessToken}`, apikey: publishableKey },
      cache: 'no-store',
      signal: deadline.signal,
    });
    if (response.ok && response.body) return response.body;
    await response.body?.cancel();
    if (response.status < 500)
      throw new AppError('not_found', 'There is no such file, or you may not see it.');
    throw new Error(`the storage answered ${response.status}`);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('unavailable', 'The file storage is not reachable right now. Try again.', {
      cause,
      retryAfterSeconds: 5,
    });
  } finally {
    clearTimeout(timer);
  }
}
