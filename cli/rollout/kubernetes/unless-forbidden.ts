import { isForbidden } from './api-error';

/** The answer, or nothing where the user may not ask: the check of the permissions says what he lacks. */
export async function unlessForbidden<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isForbidden(error)) return undefined;
    throw error;
  }
}
