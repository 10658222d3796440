import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { App } from '@supabase/lite';

type Adapter = NonNullable<App['_storageAdapter']>;
type Metadata = Awaited<ReturnType<Adapter['headObject']>>;
type Kept = { mimetype: string; cacheControl: string };

/**
 * Where the embedded storage keeps bytes: one file an object, named by a digest, so that no key can name a place
 * outside the folder.
 */
export function fileStorage(folder: string): Adapter {
  // Versions are left out: Lite stores without one and asks with one.
  const place = (bucket: string, key: string) =>
    join(
      folder,
      createHash('sha256')
        .update(`${bucket}
${key}`)
        .digest('hex'),
    );

  const metadataOf = async (file: string): Promise<Metadata> => {
    const { size, mtime } = await stat(file);
    const kept = JSON.parse(await readFile(`${file}.json`, 'utf8')) as Kept;
    return {
      ...kept,
      contentLength: size,
      size,
      lastModified: mtime,
      eTag: `"${size}-${mtime.getTime()}"`,
      httpStatusCode: 200,
    };
  };

  return {
    driver: undefined,
    async getObject(bucket, key) {
      const file = place(bucket, key);
      return { metadata: await metadataOf(file), httpStatusCode: 200, body: await readFile(file) };
    },
    async uploadObject(bucket, key, _version, body, contentType, cacheControl) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const file = place(bucket, key);
      await writeFile(file, body as Uint8Array, { mode: 0o600 });
      await writeFile(
        `${file}.json`,
        JSON.stringify({ mimetype: contentType, cacheControl } satisfies Kept),
        { mode: 0o600 },
      );
      return metadataOf(file);
    },
    async deleteObject(bucket, key) {
      const file = place(bucket, key);
      await Promise.all([rm(file, { force: true }), rm(`${file}.json`, { force: true })]);
    },
    async deleteObjects(bucket, keys) {
      for (const key of keys) await this.deleteObject(bucket, key, undefined);
    },
    async copyObject(sourceBucket, source, _version, bucket, key) {
      const [from, to] = [place(sourceBucket, source), place(bucket, key)];
      await Promise.all([copyFile(from, to), copyFile(`${from}.json`, `${to}.json`)]);
      const { eTag, lastModified } = await metadataOf(to);
      return { httpStatusCode: 200, eTag, ...(lastModified ? { lastModified } : {}) };
    },
    headObject: (bucket, key) => metadataOf(place(bucket, key)),
    privateAssetUrl: async (bucket, key) => `file://${place(bucket, key)}`,
  };
}
