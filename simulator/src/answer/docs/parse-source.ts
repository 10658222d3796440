export interface SourceSymbol {
  readonly kind: 'function' | 'class' | 'interface' | 'type' | 'constant' | 'method';
  /** A method's begins with its class, such as `Box.open`. */
  readonly name: string;
  /** Of the declaration, counted from 1. */
  readonly line: number;
  /** The declaration up to its body, on one line. */
  readonly signature: string;
  /** Its doc comment as plain text; empty when there is none. */
  readonly doc: string;
  readonly parameters: readonly string[];
  readonly returns: string;
}

const DECLARATIONS: readonly (readonly [SourceSymbol['kind'], RegExp])[] = [
  ['function', /^(?:export\s+)?(?:default\s+)?(?:async\s+)?function\*?\s+(\w+)/],
  ['class', /^(?:export\s+)?(?:default\s+)?(?:abstract\s+)?class\s+(\w+)/],
  ['interface', /^(?:export\s+)?interface\s+(\w+)/],
  ['type', /^export\s+type\s+(\w+)/],
  [
    'function',
    /^(?:export\s+)?const\s+(\w+)\s*(?::[^=]+)?=\s*(?:async\s*)?(?:\([^)]*\)|\w+)\s*(?::[^=]+)?=>/,
  ],
  ['constant', /^export\s+(?:const|let)\s+(\w+)/],
  ['function', /^(?:async\s+)?def\s+([a-z]\w*)/i],
  ['function', /^(?:pub\s+)?(?:async\s+)?fn\s+(\w+)/],
  ['function', /^func\s+(?:\([^)]*\)\s*)?(\w+)/],
  ['class', /^class\s+(\w+)/],
];
const METHOD =
  /^ {2,4}(?:(?:public|async|static|override)\s+)*(?!if|for|while|switch|catch|return|constructor|function)([a-z]\w*)\s*(?:<[^>]*>)?\([^)]*\)\s*(?::\s*[^{=]+)?\{\s*$/;
const SIGNATURE_LINES = 14;

/** Whether a text holds enough declarations to be documented. */
export function containsSource(text: string): boolean {
  return parseSource(text).some((symbol) => symbol.kind !== 'method');
}

/** The declarations of a source text (TypeScript, JavaScript, Python, Go, Rust), in order. */
export function parseSource(text: string): SourceSymbol[] {
  const lines = text.split('\n');
  let owner = '';
  const anyExport = lines.some((line) => line.startsWith('export '));
  return lines.flatMap((line, at) => {
    const declared = DECLARATIONS.find(([, pattern]) => pattern.test(line));
    if (declared !== undefined) owner = declared[1].exec(line)?.[1] ?? '';
    const isHidden = anyExport && !line.startsWith('export ');
    if (declared !== undefined && !isHidden) {
      return [symbolAt(lines, at, declared[0], declared[1].exec(line)?.[1] ?? '')];
    }
    const method = METHOD.exec(line)?.[1];
    return method === undefined ? [] : [symbolAt(lines, at, 'method', `${owner}.${method}`)];
  });
}

function symbolAt(
  lines: readonly string[],
  at: number,
  kind: SourceSymbol['kind'],
  name: string,
): SourceSymbol {
  const signature = signatureAt(lines, at, kind);
  const inside = /\(([\s\S]*)\)/.exec(signature)?.[1] ?? '';
  const parameters = splitParameters(inside);
  const returns = /\)\s*(?::|->)\s*([^{=]+?)\s*(?:=>)?$/.exec(signature)?.[1]?.trim() ?? '';
  return {
    kind,
    name,
    line: at + 1,
    signature,
    doc: docAbove(lines, at) || docstringBelow(lines, at),
    parameters,
    returns,
  };
}

/** Joins the lines of a declaration until its parentheses close and its body would begin. */
function signatureAt(lines: readonly string[], at: number, kind: SourceSymbol['kind']): string {
  let text = '';
  let depth = 0;
  for (const line of lines.slice(at, at + SIGNATURE_LINES)) {
    text += `${line.trim()} `;
    for (const sign of line) depth += sign === '(' ? 1 : sign === ')' ? -1 : 0;
    if (depth <= 0) break;
  }
  const cut =
    kind === 'constant' || kind === 'type' ? text : text.replace(/(?:\{[^{}]*|:)\s*$/, '');
  return cut.replace(/\s+/g, ' ').replace(/\( /g, '(').replace(/,? \)/g, ')').trim().slice(0, 300);
}

function splitParameters(inside: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let current = '';
  for (const sign of inside) {
    if ('([{<'.includes(sign)) depth += 1;
    if (')]}>'.includes(sign)) depth -= 1;
    if (sign === ',' && depth === 0) {
      parts.push(current);
      current = '';
    } else current += sign;
  }
  return [...parts, current]
    .map((part) => part.trim())
    .filter((part) => part !== '' && part !== 'self');
}

function docAbove(lines: readonly string[], at: number): string {
  const above: string[] = [];
  for (let index = at - 1; index >= 0; index -= 1) {
    const line = lines[index]?.trim() ?? '';
    if (/^@\w/.test(line)) continue;
    if (!/^(?:\/\/|\/\*|\*|#(?!!))/.test(line)) break;
    above.unshift(line.replace(/^(?:\/\*\*?|\*\/|\*|\/\/\/?|#+)\s?|\s*\*\/$/g, '').trim());
    if (line.startsWith('/*')) break;
  }
  return above.join(' ').trim();
}

function docstringBelow(lines: readonly string[], at: number): string {
  const below = lines.slice(at + 1, at + 12).join('\n');
  return /^\s*"""([\s\S]*?)"""/.exec(below)?.[1]?.replace(/\s+/g, ' ').trim() ?? '';
}
