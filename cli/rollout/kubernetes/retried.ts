import { isConflict } from './api-error';

/** Again, when somebody else wrote meanwhile. */
export async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!isConflict(error) || attempt >= 9) throw error;
    }
  }
}
