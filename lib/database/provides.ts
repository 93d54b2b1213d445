import { providesAnnotation } from '../operators/marks';

/** The annotation that says which Secret an object makes. */
export function providingSecret(name: string): { [key: string]: string } {
  return { [providesAnnotation]: `Secret/${name}` };
}
