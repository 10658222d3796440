import { limitOf, patternOf, type Schema } from './json-schema.ts';
import { sampleOf } from './sample-pattern.ts';
import type { Source } from './source.ts';

/**
 * Makes a string obey `pattern`, `minLength` and `maxLength`. Validators disagree on whether length
 * means characters or UTF-16 units, so the minimum counts the former and the maximum the latter.
 */
export function fitString(text: string, schema: Schema, source: Source): string {
  const pattern = compile(patternOf(schema));
  if (pattern !== undefined && !pattern.test(text)) {
    const inText = new RegExp(pattern.source.replaceAll(/^\^|\$$/g, ''), 'u').exec(
      source.text,
    )?.[0];
    if (inText !== undefined && pattern.test(inText)) return inText;
    return sampleOf(pattern.source, source.writer.random);
  }
  const least = limitOf(schema, 'minLength') ?? 0;
  const most = limitOf(schema, 'maxLength') ?? Number.POSITIVE_INFINITY;
  let fitted = text;
  for (let index = 0; [...fitted].length < least; index += 1) {
    fitted = `${fitted} ${source.writer.phrase(index)}`.trimStart();
  }
  if (fitted.length <= most) return fitted;
  const cut = fitted.slice(0, most).replace(/[\ud800-\udbff]$/, '');
  const atWord = cut.replace(/\s+\S*$/, '');
  return atWord.length >= Math.max(1, least) ? atWord : cut;
}

/** The pattern, if it is one that this engine understands. */
function compile(pattern: string | undefined): RegExp | undefined {
  if (pattern === undefined) return undefined;
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return undefined;
  }
}
