import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requirePrograms } from '../programs';

/** A certificate and its key, as PEM. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

/** A certificate authority of a test. */
export class TestAuthority {
  /** An authority that nobody knows yet. */
  static create(): TestAuthority {
    requirePrograms({ openssl: 'openssl' });
    return new TestAuthority(signed(['-subj', '/CN=test authority']));
  }

  private constructor(private readonly own: Certificate) {}

  /** The authority's certificate. */
  get certificate(): string {
    return this.own.certificate;
  }

  /**
   * A certificate signed by the authority.
   * @param name whom it is made out to, as openssl writes it: `DNS:db.example.com`, `IP:127.0.0.1`
   */
  issue(name: string): Certificate {
    const leaf = ['-subj', '/CN=server', '-addext', `subjectAltName=${name}`];
    return signed([...leaf, '-addext', 'basicConstraints=critical,CA:false'], this.own);
  }
}

function signed(request: string[], issuer?: Certificate): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'authority-'));
  const file = (name: string) => join(folder, name);
  try {
    if (issuer !== undefined) {
      writeFileSync(file('issuer.crt'), issuer.certificate);
      writeFileSync(file('issuer.key'), issuer.key);
    }
    const by = issuer === undefined ? [] : ['-CA', file('issuer.crt'), '-CAkey', file('issuer.key')];
    const key = [
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-keyout',
      file('key'),
    ];
    execFileSync('openssl', ['req', '-x509', '-days', '2', ...key, ...request, ...by, '-out', file('crt')], {
      stdio: 'pipe',
    });
    return { certificate: readFileSync(file('crt'), 'utf8'), key: readFileSync(file('key'), 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
