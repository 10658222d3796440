const followed = ['http:', 'https:', 'mailto:'];

/** The address of a link in a model's text, or an empty one unless it leads to the web or to a mailbox. */
export function safeLink(address: string): string {
  const url = URL.parse(address);
  return url && followed.includes(url.protocol) ? url.href : '';
}
