import type { Manifest } from '../manifest/yaml-file';
import { combined } from './effective/strategic-merge';

/** A Backstage resource as JSON, changed in place: what is not touched stays as it was given. */
export class BackstageManifest {
  constructor(readonly json: Manifest) {}

  /** Value at a path such as `spec.database.enableLocalDb`. */
  get(path: string): any {
    return path.split('.').reduce<any>((value, key) => value?.[key], this.json);
  }

  /** Sets the value at a path, making the objects on the way. `undefined` changes nothing. */
  set(path: string, value: unknown): void {
    if (value === undefined) return;
    const keys = path.split('.');
    const last = keys.pop() as string;
    this.object(keys.join('.'))[last] = value;
  }

  /** Appends to the list at a path. */
  append(path: string, item: unknown): void {
    const list = this.get(path);
    this.set(path, [...(Array.isArray(list) ? list : []), JSON.parse(JSON.stringify(item))]);
  }

  /** Replaces the element of the same `name` in the list at a path, or appends it. */
  put(path: string, item: { readonly name: string }): void {
    const list = this.list(path);
    const index = list.findIndex((present) => present?.name === item.name);
    if (index < 0) {
      this.append(path, item);
    } else {
      this.set(
        path,
        list.map((present, at) => (at === index ? JSON.parse(JSON.stringify(item)) : present)),
      );
    }
  }

  /** Removes the field at a path. */
  remove(path: string): void {
    const parent = this.get(path.slice(0, path.lastIndexOf('.')));
    if (typeof parent === 'object' && parent !== null) {
      delete parent[path.slice(path.lastIndexOf('.') + 1)];
    }
  }

  /** Merges an element into a list of a patch: there is one element a name, whatever adds to it. */
  merge(path: string, element: unknown): void {
    const field = path.slice(path.lastIndexOf('.') + 1);
    this.set(path, combined(this.get(path), [JSON.parse(JSON.stringify(element))], field));
  }

  /** The list at a path; empty if there is none. */
  list(path: string): any[] {
    const value = this.get(path);
    return Array.isArray(value) ? value : [];
  }

  /** Whether a field is there; `[]` in the path stands for any element of a list. */
  has(path: string): boolean {
    return present(this.json, path.split('.'));
  }

  private object(path: string): Manifest {
    let current: Manifest = this.json;
    for (const key of path.split('.').filter((part) => part !== '')) {
      if (typeof current[key] !== 'object' || current[key] === null) {
        current[key] = {};
      }
      current = current[key];
    }
    return current;
  }
}

function present(value: any, path: string[]): boolean {
  if (path.length === 0) return value !== undefined;
  const [head, ...rest] = path;
  if (head.endsWith('[]')) {
    const list = value?.[head.slice(0, -2)];
    return Array.isArray(list) && list.some((item) => present(item, rest));
  }
  return value?.[head] !== undefined && present(value[head], rest);
}
