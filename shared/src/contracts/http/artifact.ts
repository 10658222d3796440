import { z } from 'zod';

export const artifact = z
  .object({
    id: z.uuid(),
    taskId: z.uuid(),
    name: z.string(),
    mediaType: z.string(),
    bytes: z.int(),
    sha256: z.string().meta({ description: 'Of the content, in hexadecimal digits.' }),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Artifact' });

export const artifactList = z.object({ artifacts: z.array(artifact) }).meta({ id: 'ArtifactList' });

export type Artifact = z.output<typeof artifact>;
