import { Listr, type DefaultRenderer, type ListrTaskWrapper, type SimpleRenderer } from 'listr2';
import { createColors, isColorSupported } from 'picocolors';
import type { RolloutEvent } from '../rollout/event';
import { colouredText } from './coloured-text';
import { eventText, objectsText, secondsText } from './event-text';
import type { Reporter } from './reporter';

type Task = ListrTaskWrapper<unknown, typeof DefaultRenderer, typeof SimpleRenderer>;

/** A stage on the screen: a task whose output is what is waited for. */
interface Running {
  readonly task: Task;
  /** The last line of each object, in the sequence in which they were applied. */
  readonly lines: Map<string, string>;
  readonly end: (error?: Error) => void;
  /** Settles when the last picture was drawn. */
  readonly drawn: Promise<unknown>;
}

/** A task for each stage, with its objects as long as they are waited for; everything else as coloured lines. */
export function taskList(write: (text: string) => void): Reporter {
  const colors = createColors(isColorSupported);
  let running: Running | undefined;
  let held: RolloutEvent[] = [];
  let queue: Promise<void> = Promise.resolve();

  const finish = async (error?: Error): Promise<void> => {
    running?.end(error);
    await running?.drawn;
    running = undefined;
    for (const event of held) print(event);
    held = [];
  };
  const print = (event: RolloutEvent) => write(`${colouredText(event, colors)}\n`);
  const show = async (event: RolloutEvent): Promise<void> => {
    if (event.type === 'stage-started') {
      await finish();
      running = await start(event.stage, event.objects);
    } else if (running === undefined) {
      print(event);
    } else if (event.type === 'applied' || event.type === 'waiting') {
      running.lines.set(`${event.namespace} ${event.object}`, eventText(event).trim());
      running.task.output = unfinished(running.lines, event).join('\n');
    } else if (event.type === 'stage-ready' || event.type === 'stage-gone') {
      running.task.title = `${event.stage} ${colors.dim(secondsText(event.seconds))}`;
      await finish();
    } else if (event.type === 'stage-failed') {
      held.push(event);
      await finish(new Error(event.stage));
    } else {
      held.push(event);
    }
  };
  return {
    event: (event) => {
      queue = queue.then(() => show(event));
    },
    close: async () => {
      await queue;
      await finish(running === undefined ? undefined : new Error('ended'));
    },
  };
}

async function start(stage: string, objects: number): Promise<Running> {
  let end: Running['end'] = () => undefined;
  const ended = new Promise<void>((resolve, reject) => {
    end = (error) => (error === undefined ? resolve() : reject(error));
  });
  return new Promise((resolve) => {
    const list = new Listr(
      {
        title: `${stage}: ${objectsText(objects)}`,
        task: (_, task) => {
          resolve({ task, lines: new Map(), end, drawn: drawn.catch(() => undefined) });
          return ended;
        },
      },
      {
        // Ctrl-C belongs to the command.
        registerSignalListeners: false,
        renderer: 'default',
        rendererOptions: { showErrorMessage: false, collapseErrors: false },
      },
    );
    const drawn = list.run();
  });
}

/** What is not ready yet, with the latest news last. */
function unfinished(lines: ReadonlyMap<string, string>, latest: RolloutEvent): string[] {
  const waiting = [...lines.values()].filter((line) => / waiting: /.test(line));
  const news = eventText(latest).trim();
  return waiting.includes(news) ? waiting : [...waiting, news];
}
