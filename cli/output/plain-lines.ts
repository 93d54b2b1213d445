import { eventText } from './event-text';
import type { Reporter } from './reporter';

/** One line an event, for logs and pipes; what is unchanged and ready at once is not worth a line. */
export function plainLines(write: (text: string) => void): Reporter {
  const waited = new Set<string>();
  return {
    event: (event) => {
      if (event.type === 'waiting') {
        if (event.ready && !waited.has(event.object)) return;
        waited.add(event.object);
      }
      if (event.type === 'stage-started') waited.clear();
      write(`${eventText(event)}\n`);
    },
    close: async () => undefined,
  };
}
