import type { TaskEvent } from '@devsphere/shared/contracts/events/task-event.ts';

/** The events of a task from its first to its last, reconnecting where the stream broke off. */
export async function* readEvents(url: string, token: string): AsyncGenerator<TaskEvent> {
  let lastSeq = 0;
  for (;;) {
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${token}`, 'last-event-id': String(lastSeq) },
    });
    if (!response.ok || !response.body) throw new Error(`watching answered ${response.status}`);
    let rest = '';
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + chunk).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const data = block.split('\n').find((line) => line.startsWith('data: '));
        if (!data) continue;
        const event = JSON.parse(data.slice('data: '.length)) as TaskEvent;
        lastSeq = event.seq;
        yield event;
        if (event.type === 'task.ended') return;
      }
    }
  }
}
