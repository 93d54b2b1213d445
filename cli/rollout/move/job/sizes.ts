import type { CommandResult } from './command-result';

/** Bytes a second that a copy with its proof reaches at least on two cores (bench/migration). */
const bytesPerSecond = 20 * 1024 * 1024;

/** How much there is to copy, as far as the preflight says. */
export interface MoveSize {
  readonly databases: number;
  readonly bytes: number;
  /** An estimate, in seconds: the hub is stopped about as long. */
  readonly seconds: number;
}

/** The size of a move, from what the preflight says of each database. */
export function sizeOf({ databases }: CommandResult): MoveSize {
  const bytes = databases.reduce((sum, database) => sum + (Number(database.bytes) || 0), 0);
  return { databases: databases.length, bytes, seconds: Math.ceil(bytes / bytesPerSecond) + 60 };
}

/** `2.2 GiB` */
export function bytesText(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes;
  let unit = 0;
  for (; value >= 1024 && unit < units.length - 1; unit++) value /= 1024;
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}

/** `4 min`: minutes, as an announcement would have them. */
export function minutesText(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`;
}
