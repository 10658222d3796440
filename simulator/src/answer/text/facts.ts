/** Hard facts found in a text, each list in reading order and without repeats. */
export interface Facts {
  readonly emails: readonly string[];
  readonly urls: readonly string[];
  readonly phones: readonly string[];
  /** As ISO dates. */
  readonly dates: readonly string[];
  readonly amounts: readonly number[];
  readonly currency: string | undefined;
  readonly names: readonly string[];
  readonly companies: readonly string[];
  /** Identifiers such as `INV-2043`. */
  readonly ids: readonly string[];
  /** `Label: value` lines, by normalised label. */
  readonly labels: ReadonlyMap<string, string>;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const CURRENCY_BY_SIGN: Readonly<Record<string, string>> = {
  $: 'USD',
  '€': 'EUR',
  '£': 'GBP',
  '¥': 'JPY',
};

/** Looks for facts with plain patterns; finds what is written, never what is meant. */
export function factsOf(text: string): Facts {
  const money = [
    ...text.matchAll(
      /(?:([$€£¥])|\b(USD|EUR|GBP|CHF|JPY)\b)\s?(\d[\d,.' ]{0,18}\d|\d)|(?<![\d,.'])(\d[\d,.']{0,18}\d|\d)\s?(?:(€|£)|\b(USD|EUR|GBP|CHF|JPY)\b)/g,
    ),
  ];
  const sign = money.map((hit) => hit[1] ?? hit[2] ?? hit[5] ?? hit[6]).find((hit) => hit);
  const companies = unique(
    text.match(
      /(?:\p{Lu}[\p{L}&-]*[ ]){1,4}(?:Inc|LLC|Ltd|GmbH|AG|Corp|Co|SA|SARL|BV|PLC|Company|Industries|Supplies|Group)\b\.?/gu,
    ) ?? [],
  );
  return {
    emails: unique(
      text.match(/(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g) ?? [],
    ),
    urls: unique(text.match(/https?:\/\/[^\s<>"')\]]+[^\s<>"')\].,;:!?]/g) ?? []),
    phones: unique(
      (text.match(/(?<!\d)\+?\d[\d ().-]{7,18}\d/g) ?? []).filter(
        (hit) => !/\d{4}-\d{2}-\d{2}/.test(hit) && /[ +().-]/.test(hit),
      ),
    ),
    dates: unique(datesOf(text)),
    amounts: money.map((hit) => numberOf(hit[3] ?? hit[4] ?? '')).filter(Number.isFinite),
    currency: sign === undefined ? undefined : (CURRENCY_BY_SIGN[sign] ?? sign),
    names: unique(
      [
        ...text.matchAll(
          /\b(?:(?:Mr|Mrs|Ms|Dr|Prof)\.? )?(\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+)\b(?!\s*[:|])(?! (?:Inc|LLC|Ltd|GmbH|AG|Corp)\b)/gu,
        ),
      ].map((hit) => hit[1] ?? ''),
    ).filter((name) => !companies.some((company) => company.includes(name))),
    companies,
    ids: unique(text.match(/\b[A-Z]{2,}[A-Z0-9]*[-_/#]?\d[\w-]*\b|#\d{3,}/g) ?? []),
    labels: labelsOf(text),
  };
}

/** A number as people write it: `1,234.50`, `1.234,50` and `1'234` included. NaN when it is none. */
export function numberOf(text: string): number {
  const digits = text.replace(/[^\d.,-]/g, '');
  const decimalComma = /,\d{1,2}$/.test(digits);
  return Number.parseFloat(
    decimalComma ? digits.replaceAll('.', '').replace(',', '.') : digits.replaceAll(',', ''),
  );
}

/** A name reduced to its words: `invoiceNumber`, `invoice_number` and `Invoice No.` meet here. */
export function normalizeName(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/\b(no|nr|num)\b\.?|#/g, 'number')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function datesOf(text: string): string[] {
  const found: { at: number; iso: string }[] = [];
  const add = (at: number, year: number, month: number, day: number) => {
    if (month < 1 || month > 12 || day < 1 || day > 31) return;
    const iso = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
    found.push({ at, iso });
  };
  for (const hit of text.matchAll(/\b(\d{4})-(\d{2})-(\d{2})/g)) {
    add(hit.index, Number(hit[1]), Number(hit[2]), Number(hit[3]));
  }
  for (const hit of text.matchAll(/\b(\d{1,2})([./])(\d{1,2})\2(\d{4})\b/g)) {
    const [first, second] = [Number(hit[1]), Number(hit[3])];
    const isDayFirst = hit[2] === '.' || first > 12;
    add(hit.index, Number(hit[4]), isDayFirst ? second : first, isDayFirst ? first : second);
  }
  for (const hit of text.matchAll(
    /\b([A-Z][a-z]{2,8})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b/g,
  )) {
    add(hit.index, Number(hit[3]), monthOf(hit[1]), Number(hit[2]));
  }
  for (const hit of text.matchAll(/\b(\d{1,2})(?:st|nd|rd|th)? ([A-Z][a-z]{2,8})\.? (\d{4})\b/g)) {
    add(hit.index, Number(hit[3]), monthOf(hit[2]), Number(hit[1]));
  }
  return found.sort((a, b) => a.at - b.at).map(({ iso }) => iso);
}

function monthOf(name: string | undefined): number {
  return MONTHS.indexOf((name ?? '').slice(0, 3).toLowerCase()) + 1;
}

function labelsOf(text: string): Map<string, string> {
  const labels = new Map<string, string>();
  for (const hit of text.matchAll(
    /^[ \t*_-]{0,12}([\p{L}][\p{L}\p{N} ._#/'-]{0,40}?)[*_]*\s*[:=]\s+(\S.*)$/gmu,
  )) {
    const label = normalizeName(hit[1] ?? '');
    const value = (hit[2] ?? '').replace(/^[*_\s]+|[*_\s]+$/g, '');
    if (label !== '' && value !== '' && !labels.has(label)) labels.set(label, value);
  }
  return labels;
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values.map((value) => value.trim()).filter((value) => value !== ''))];
}
