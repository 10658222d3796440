/** Streamed text as it is stored: merged text says of which events it was made, and how many characters each had. */
export type StoredText = {
  step: string;
  delta: string;
  parts?: Array<[seq: number, characters: number]>;
};

/** What of a stored text a reader still lacks that has had every event up to `afterSeq`. */
export function restOfText(
  { step, delta, parts }: StoredText,
  afterSeq: number,
): { step: string; delta: string } {
  const had = (parts ?? []).filter(([seq]) => seq <= afterSeq);
  if (had.length === 0) return { step, delta };
  const characters = had.reduce((sum, [, length]) => sum + length, 0);
  // The database counts characters, a string UTF-16 units.
  return { step, delta: Array.from(delta).slice(characters).join('') };
}
