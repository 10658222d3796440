export type StreamStatus = 'connecting' | 'open' | 'reconnecting';

export type EventStreamOptions = {
  /** Asked anew at every connection, so that a stream resumes where it stopped. */
  url: () => string;
  types: readonly string[];
  onEvent: (data: string) => void;
  onStatus: (status: StreamStatus) => void;
  /** The stream has failed several times in a row: time to look by other means. */
  onTrouble: () => void;
};

const firstRetryMilliseconds = 500;
const longestRetryMilliseconds = 15_000;
const failuresBeforeTrouble = 2;

/**
 * Keeps a stream of server-sent events open while the page is visible, until the returned function is called.
 * A browser allows only a few streams per site: a hidden tab gives its own up and resumes when shown again.
 */
export function openEventStream(options: EventStreamOptions): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;

  const disconnect = () => {
    clearTimeout(timer);
    source?.close();
    source = undefined;
  };

  const connect = () => {
    disconnect();
    if (document.visibilityState === 'hidden') return;
    const opened = new EventSource(options.url());
    source = opened;
    opened.onopen = () => {
      failures = 0;
      options.onStatus('open');
    };
    // Reconnecting is ours: the browser gives up for good after any answer but 200.
    opened.onerror = () => {
      disconnect();
      failures += 1;
      options.onStatus('reconnecting');
      if (failures >= failuresBeforeTrouble) options.onTrouble();
      const delay = Math.min(
        firstRetryMilliseconds * 2 ** (failures - 1),
        longestRetryMilliseconds,
      );
      timer = setTimeout(connect, delay * (0.75 + Math.random() / 2));
    };
    for (const type of options.types) {
      opened.addEventListener(type, (event) =>
        options.onEvent((event as MessageEvent<string>).data),
      );
    }
  };

  options.onStatus('connecting');
  connect();
  document.addEventListener('visibilitychange', connect);
  window.addEventListener('online', connect);
  return () => {
    document.removeEventListener('visibilitychange', connect);
    window.removeEventListener('online', connect);
    disconnect();
  };
}
