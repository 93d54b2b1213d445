import { get } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Container } from './container';

type Probe = Record<string, any>;

/** What a probe needs of its container. */
export interface Probed {
  readonly container: Container;
  readonly podIP: string;
  /** Ports of the container by name. */
  readonly ports: Readonly<Record<string, number>>;
}

/**
 * Calls back whenever a probe has made up its mind anew: after `successThreshold` good or `failureThreshold` bad
 * answers in a row. It ends with its container.
 *
 * `haste` shortens the delay before the first look and the time between looks. Failures count once a period all
 * the same, so a container has as much time to come up as its manifest gives it.
 */
export async function watchProbe(
  probe: Probe,
  probed: Probed,
  haste: number,
  decided: (good: boolean) => void,
): Promise<void> {
  const period = (probe.periodSeconds ?? 10) * 1000;
  await sleep(((probe.initialDelaySeconds ?? 0) * 1000) / haste);
  let verdict: boolean | undefined;
  let good = 0;
  let bad = 0;
  let lastBad = 0;
  while (probed.container.isRunning) {
    if (await answers(probe, probed)) {
      bad = 0;
      good += 1;
    } else {
      good = 0;
      if (Date.now() - lastBad >= period) {
        bad += 1;
        lastBad = Date.now();
      }
    }
    if (!probed.container.isRunning) return;
    const now =
      good >= (probe.successThreshold ?? 1) ? true : bad >= (probe.failureThreshold ?? 3) ? false : verdict;
    if (now !== undefined && now !== verdict) decided((verdict = now));
    await sleep(period / haste);
  }
}

/** One look. */
async function answers(probe: Probe, { container, podIP, ports }: Probed): Promise<boolean> {
  const timeoutSeconds: number = probe.timeoutSeconds ?? 1;
  const portOf = (port: string | number) => (typeof port === 'number' ? port : ports[port]);
  if (probe.exec) return (await container.run(probe.exec.command, timeoutSeconds)).code === 0;
  if (probe.tcpSocket) return connects(podIP, portOf(probe.tcpSocket.port), timeoutSeconds);
  if (probe.httpGet) {
    const { path = '/', port } = probe.httpGet;
    return isOk(`http://${podIP}:${portOf(port)}${path}`, timeoutSeconds);
  }
  throw new Error(`pods as processes know no probe of ${Object.keys(probe).join()}`);
}

function connects(host: string, port: number, timeoutSeconds: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: timeoutSeconds * 1000 });
    const end = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket
      .once('connect', () => end(true))
      .once('error', () => end(false))
      .once('timeout', () => end(false));
  });
}

function isOk(url: string, timeoutSeconds: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(url, { timeout: timeoutSeconds * 1000, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode! >= 200 && response.statusCode! < 400);
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(false));
  });
}
