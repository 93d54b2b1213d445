import { isSession, sessionText } from '../../servers/sessions';

/** A line of a Job's log for people: those that are data are put into words. */
export function logLineText(line: string): string {
  const text = line.trim();
  if (!text.startsWith('{')) return line;
  try {
    const value: unknown = JSON.parse(text);
    return isSession(value) ? sessionText(value) : line;
  } catch {
    return line;
  }
}
