/** A request to the storage about a file of another organisation; `mine` is one of the caller's own. */
export type Attempt = {
  name: string;
  method: string;
  path: string;
  body?: string | object;
  headers?: Record<string, string>;
};

/** Everything the storage offers to do with a file, and with the bucket it is in. */
export function attemptsAt(bucket: string, theirs: string, mine: string): Attempt[] {
  const folder = theirs.slice(0, theirs.lastIndexOf('/'));
  const upsert = { 'x-upsert': 'true' };
  const move = { bucketId: bucket, destinationBucket: bucket };
  return [
    { name: 'read', method: 'GET', path: `/object/${bucket}/${theirs}` },
    { name: 'read signed in', method: 'GET', path: `/object/authenticated/${bucket}/${theirs}` },
    { name: 'read in public', method: 'GET', path: `/object/public/${bucket}/${theirs}` },
    {
      name: 'read around the corner',
      method: 'GET',
      path: `/object/${bucket}/${mine}/..%2f..%2f..%2f${theirs}`,
    },
    { name: 'ask whether it exists', method: 'HEAD', path: `/object/${bucket}/${theirs}` },
    { name: 'describe', method: 'GET', path: `/object/info/${bucket}/${theirs}` },
    {
      name: 'sign for reading',
      method: 'POST',
      path: `/object/sign/${bucket}/${theirs}`,
      body: { expiresIn: 60 },
    },
    {
      name: 'sign many',
      method: 'POST',
      path: `/object/sign/${bucket}`,
      body: { expiresIn: 60, paths: [theirs] },
    },
    {
      name: 'sign for storing',
      method: 'POST',
      path: `/object/upload/sign/${bucket}/${theirs}`,
      headers: upsert,
    },
    { name: 'store over it', method: 'POST', path: `/object/${bucket}/${theirs}`, body: 'mine' },
    {
      name: 'replace by storing',
      method: 'POST',
      path: `/object/${bucket}/${theirs}`,
      body: 'mine',
      headers: upsert,
    },
    { name: 'replace', method: 'PUT', path: `/object/${bucket}/${theirs}`, body: 'mine' },
    { name: 'store beside it', method: 'POST', path: `/object/${bucket}/${folder}/x`, body: 'x' },
    {
      name: 'move here',
      method: 'POST',
      path: '/object/move',
      body: { ...move, sourceKey: theirs, destinationKey: `${mine}.moved` },
    },
    {
      name: 'move there',
      method: 'POST',
      path: '/object/move',
      body: { ...move, sourceKey: mine, destinationKey: `${theirs}.moved` },
    },
    {
      name: 'copy here',
      method: 'POST',
      path: '/object/copy',
      body: { ...move, sourceKey: theirs, destinationKey: `${mine}.copied` },
    },
    {
      name: 'copy over it',
      method: 'POST',
      path: '/object/copy',
      body: { ...move, sourceKey: mine, destinationKey: theirs },
      headers: upsert,
    },
    {
      name: 'list its folder',
      method: 'POST',
      path: `/object/list/${bucket}`,
      body: { prefix: folder },
    },
    { name: 'list all', method: 'POST', path: `/object/list/${bucket}`, body: { prefix: '' } },
    {
      name: 'delete',
      method: 'DELETE',
      path: `/object/${bucket}`,
      body: { prefixes: [theirs] },
    },
    { name: 'delete alone', method: 'DELETE', path: `/object/${bucket}/${theirs}` },
    { name: 'empty the bucket', method: 'POST', path: `/bucket/${bucket}/empty` },
    { name: 'empty it, spelled otherwise', method: 'POST', path: `/%62ucket/${bucket}/empty` },
    { name: 'open the bucket', method: 'PUT', path: `/bucket/${bucket}`, body: { public: true } },
    { name: 'delete the bucket', method: 'DELETE', path: `/bucket/${bucket}` },
    {
      name: 'make a bucket',
      method: 'POST',
      path: '/bucket',
      body: { id: 'mine', name: 'mine', public: true },
    },
  ];
}
