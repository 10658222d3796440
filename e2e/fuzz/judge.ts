import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Document, Operation } from './operations.ts';

export type Received = { status: number; contentType: string; text: string };
export type Judge = (operation: Operation, received: Received) => string[];

/** What an answer never holds, whoever asked: where the code is, what it asked the database. */
const inside = [
  /\bat .+:\d+:\d+\)?/,
  /node_modules/,
  /\.ts:\d+/,
  /\b(?:select|insert into|update|delete from)\b.+\b(?:from|values|set|where)\b.*\$\d/i,
  /violates|syntax error at or near|invalid input syntax|permission denied for/,
];

/** Says what is wrong with an answer, measured by the document alone. */
export function createJudge({ components }: Document): Judge {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: false });
  ajv.addSchema({ $id: 'document', components });
  const compiled = new Map<object, ValidateFunction>();
  const fits = (schema: object, value: unknown): string | null => {
    let validate = compiled.get(schema);
    if (!validate) {
      validate = ajv.compile(
        JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"document#/components/')),
      );
      compiled.set(schema, validate);
    }
    return validate(value) ? null : ajv.errorsText(validate.errors);
  };
  return (operation, { status, contentType, text }) => {
    if (status >= 500 && status !== 503) return [`answered ${status}: ${text.slice(0, 300)}`];
    const answer = operation.answers[String(status)];
    if (!answer)
      return [`answered ${status}, which the document does not know: ${text.slice(0, 300)}`];
    const type = contentType.split(';')[0] ?? '';
    if (!answer.content) return text === '' ? [] : ['has a body where the document knows none'];
    const described = answer.content[type];
    if (!described)
      return [`is ${type || 'untyped'}, the document knows ${Object.keys(answer.content)}`];
    if (!['application/json', 'application/problem+json'].includes(type)) return [];
    const faults: string[] = [];
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return ['is not JSON'];
    }
    const misfit = described.schema && fits(described.schema, value);
    if (misfit) faults.push(`does not fit its schema: ${misfit}`);
    if (type === 'application/problem+json') {
      const problem = value as { status?: unknown };
      if (problem.status !== status) faults.push(`says status ${problem.status} and is ${status}`);
      for (const pattern of inside)
        if (pattern.test(text)) faults.push(`tells of the inside: ${text.slice(0, 300)}`);
    }
    return faults;
  };
}
