import { SignJWT } from 'jose';
import { failureOf } from '../runner/failures.ts';

export type ArtifactStoreOptions = {
  supabaseUrl: string;
  publishableKey: string;
  jwtSecret: string;
};
export type ArtifactStore = (
  place: { orgId: string; taskId: string; name: string },
  mediaType: string,
  body: Buffer,
) => Promise<string>;

const tokenSeconds = 60;

/**
 * Stores files in Supabase Storage as the task itself: a token of a minute whose claim names the organisation and the
 * task, so that the bucket's policies decide. Its subject is the task, which is nobody's person. Storing again replaces.
 * The returned function gives the path, and throws `TaskFailure` when the storage does not take the file.
 */
export function createArtifactStore({
  supabaseUrl,
  publishableKey,
  jwtSecret,
}: ArtifactStoreOptions): ArtifactStore {
  const secret = new TextEncoder().encode(jwtSecret);
  return async ({ orgId, taskId, name }, mediaType, body) => {
    const token = await new SignJWT({
      role: 'authenticated',
      devsphere_task: { org_id: orgId, task_id: taskId },
    })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setSubject(taskId)
      .setIssuedAt()
      .setExpirationTime(Math.floor(Date.now() / 1000) + tokenSeconds)
      .sign(secret);
    const path = `${orgId}/${taskId}/${name}`;
    const response = await fetch(`${supabaseUrl}/storage/v1/object/artifacts/${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        apikey: publishableKey,
        'content-type': mediaType,
        'x-upsert': 'true',
      },
      body: new Uint8Array(body),
      signal: AbortSignal.timeout(30_000),
    }).catch((cause) => {
      throw failureOf('storage_unavailable', { cause });
    });
    if (!response.ok) {
      throw failureOf('storage_refused', {
        cause: `status ${response.status}: ${(await response.text()).slice(0, 300)}`,
      });
    }
    return path;
  };
}
