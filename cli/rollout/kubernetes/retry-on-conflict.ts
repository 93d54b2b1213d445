import { isConflict, isFieldConflict } from './api-error';

/** Again, when somebody else wrote meanwhile; a field that somebody else owns stays his however often it is asked for. */
export async function retryOnConflict<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!isConflict(error) || isFieldConflict(error) || attempt >= 9) throw error;
    }
  }
}
