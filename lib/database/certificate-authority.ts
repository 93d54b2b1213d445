import { byFactory, demand, made, standInFor } from '../api/arguments';
import type { k8s } from 'cdk8s-plus-28';

/** Where the certificates of an authority are kept: one PEM file, under a key of a Secret or a ConfigMap. */
export class CertificateAuthority {
  /**
   * From a Secret of the hub's namespace.
   * @param name name of the Secret
   * @param key key of the PEM file, by default `ca.crt`
   */
  static fromSecret(name: string, key: string = 'ca.crt'): CertificateAuthority {
    return made(
      'CertificateAuthority.fromSecret',
      { name, key },
      () => new CertificateAuthority(byFactory, 'Secret', name, key),
      unknown,
    );
  }

  /**
   * From a ConfigMap of the hub's namespace.
   * @param name name of the ConfigMap
   * @param key key of the PEM file, by default `ca.crt`
   */
  static fromConfigMap(name: string, key: string = 'ca.crt'): CertificateAuthority {
    return made(
      'CertificateAuthority.fromConfigMap',
      { name, key },
      () => new CertificateAuthority(byFactory, 'ConfigMap', name, key),
      unknown,
    );
  }

  private constructor(
    factory: symbol,
    /** `Secret` or `ConfigMap`. */
    readonly kind: string,
    /** Name of the Secret or ConfigMap. */
    readonly name: string,
    /** Key of the PEM file. */
    readonly key: string,
  ) {
    if (factory !== byFactory) return standInFor('CertificateAuthority', unknown());
  }

  /** A pod's volume of the given name that holds only the PEM file. */
  asVolume(volumeName: string): k8s.Volume {
    demand('CertificateAuthority.asVolume', { volumeName });
    const items = [{ key: this.key, path: this.key }];
    return this.kind === 'Secret'
      ? { name: volumeName, secret: { secretName: this.name, items } }
      : { name: volumeName, configMap: { name: this.name, items } };
  }
}

const unknown = () => CertificateAuthority.fromSecret('unknown');
