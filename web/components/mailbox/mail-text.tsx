import { Text } from '@mantine/core';

const address = /(https?:\/\/[^\s]+)/;

/** A mail's text with its links made to follow. */
export function MailText({ text }: { text: string }) {
  return (
    <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
      {text.split(address).map((part, index) =>
        // Every other part is an address.
        index % 2 === 1 ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the text of a mail does not change
          <a key={`${index}-${part}`} href={part} rel="noreferrer">
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </Text>
  );
}
