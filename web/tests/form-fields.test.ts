import { taskKindNames, taskKinds } from '@devsphere/shared/tasks/catalogue.ts';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { examples } from '../lib/examples.ts';
import { fieldsOf, problemsByField, readInput, toText } from '../lib/form-fields.ts';

function fieldsOfKind(kind: (typeof taskKindNames)[number]) {
  const schema = z.toJSONSchema(taskKinds[kind].input as z.ZodType, { io: 'input' });
  return fieldsOf(schema as Parameters<typeof fieldsOf>[0]);
}

describe('a form made from a kind', () => {
  it.each(taskKindNames)('gives every field of %s a title of its own', (kind) => {
    for (const field of fieldsOfKind(kind)) expect(field.title).not.toBe(field.name);
  });

  it('knows widgets, limits, choices and defaults', () => {
    const [source, filename, audience] = fieldsOfKind('docs.generate');
    expect(source).toMatchObject({ widget: 'file', required: true, maxLength: 200_000 });
    expect(filename).toMatchObject({ widget: 'text', required: false });
    expect(audience).toMatchObject({
      widget: 'select',
      options: ['users', 'maintainers'],
      initial: 'users',
    });
  });

  it('reads back what it was filled with', () => {
    for (const { kind, input } of examples) {
      const fields = fieldsOfKind(kind as (typeof taskKindNames)[number]);
      const values = Object.fromEntries(fields.map(({ name }) => [name, toText(input[name])]));
      expect(readInput(fields, values)).toEqual({ input });
    }
  });

  it('says what is missing and what is not JSON', () => {
    const read = readInput(fieldsOfKind('data.extract'), { text: ' ', schema: '{"type":' });
    expect(read).toMatchObject({
      fields: { text: 'Text is needed', schema: expect.stringMatching(/^Not valid JSON/) },
    });
  });

  it('puts the server’s messages at their fields', () => {
    const fields = fieldsOfKind('data.extract');
    const errors = [
      { field: 'input.schema.properties.a', message: 'first' },
      { field: 'input.schema', message: 'second' },
      { field: 'kind', message: 'whole' },
    ];
    expect(problemsByField(errors, fields)).toEqual({ schema: 'first', '': 'whole' });
  });
});

describe('the examples', () => {
  it.each(examples)('$title is accepted by its kind', ({ kind, input }) => {
    const schema = taskKinds[kind as (typeof taskKindNames)[number]].input as z.ZodType;
    expect(schema.safeParse(input).success).toBe(true);
  });

  it('covers every kind', () =>
    expect(examples.map(({ kind }) => kind).sort()).toEqual([...taskKindNames].sort()));
});
