import { knownFor } from './array-value.ts';
import { fitString } from './fit-string.ts';
import { formatValue } from './format-value.ts';
import type { Schema } from './json-schema.ts';
import type { Place } from './place.ts';
import type { Source } from './source.ts';
import { foundText, writtenText } from './text-by-name.ts';

/**
 * A string for a property: what the input says under that name, what its format or name suggests,
 * or text written about the input. Null only where that is allowed and nothing was found.
 */
export function stringValue(
  schema: Schema,
  source: Source,
  place: Place,
  isNullable: boolean,
): string | null {
  const format = typeof schema.format === 'string' ? schema.format : undefined;
  const known = knownFor(place.name, place.known);
  if (known !== undefined && format === undefined) return fitString(String(known), schema, source);
  if (format !== undefined) {
    const formatted = formatValue(
      format,
      source,
      place,
      known === undefined ? undefined : String(known),
    );
    if (formatted.isFound || !isNullable) return formatted.value;
    return null;
  }
  const found = foundText(source, place);
  if (found !== undefined) return fitString(found, schema, source);
  const written = writtenText(schema, source, place);
  if (written.isGuess && isNullable) return null;
  return fitString(written.text, schema, source);
}
