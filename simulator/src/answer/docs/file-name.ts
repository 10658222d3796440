const NAMED = /^(?:<\w+ file="|#{1,3} |\/\/ |File: |\+\+\+ |path[:=] ?)`?([\w./-]+\.\w{1,4})["`]?/m;

/** The path a source says it has, in a tag, a heading or its first comment. */
export function fileNameOf(source: string): string | undefined {
  return NAMED.exec(source)?.[1];
}
