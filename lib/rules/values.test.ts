import { Duration, Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import {
  annotationsProblem,
  countProblem,
  durationProblem,
  imageProblem,
  integrityProblem,
  labelsProblem,
  lineProblem,
  mountPathProblem,
  ordinalProblem,
  periodProblem,
  quantityProblem,
  repositoryProblem,
  sizeProblem,
  tagProblem,
  type ValueProblem,
} from './values';

const digest = `sha256:${'a'.repeat(64)}`;
const quantity = (text: string) => k8s.Quantity.fromString(text);

test.each<[string, ValueProblem, unknown[], unknown[]]>([
  [
    'an image',
    imageProblem,
    [
      'a',
      'a:1',
      'quay.io/a/b:1.2',
      'localhost/a',
      'localhost:5000/a',
      'host:5000/a/b@' + digest,
      `a/b:1@${digest}`,
      'a__b/c-d',
    ],
    ['', 'A', 'quay.io/A', 'a b', 'a:', 'a@sha256:1', 'https://quay.io/a', 'a:1:2', '/a', 'a//b', 'a\n'],
  ],
  [
    'a repository',
    repositoryProblem,
    ['quay.io/a/b', 'localhost:5000/a'],
    ['quay.io/a:1', `a@${digest}`, ''],
  ],
  ['a tag', tagProblem, ['1', 'v1.2-3_4', 'latest'], ['', '.1', '-1', 'a b', 'a'.repeat(129)]],
  [
    'a duration',
    durationProblem,
    ['0', '1h', '1h30m', '1.5s', '15m0s'],
    ['', '1', '1d', '1 h', '-1h', 'hourly'],
  ],
  ['a checksum', integrityProblem, ['sha512-abc=', 'sha256-a/b+c=='], ['', 'abc', 'md5-abc', 'sha512-a b']],
  ['a line', lineProblem, ['a', 'a b'], ['', ' ', 'a\nb']],
  ['a folder', mountPathProblem, ['/a', 'a/b'], ['', '/a:b', '/a\n']],
  ['a count', countProblem, [0, 1], [-1, 1.5]],
  ['an ordinal', ordinalProblem, [1, 2], [0, 1.5]],
  ['a size', sizeProblem, [Size.gibibytes(1), Size.mebibytes(0.5)], [Size.gibibytes(0), Size.kibibytes(0)]],
  [
    'a period',
    periodProblem,
    [Duration.seconds(1), Duration.hours(1)],
    [Duration.seconds(0), Duration.millis(1)],
  ],
  [
    'a quantity',
    quantityProblem,
    ['1', '500m', '1Gi', '0.5', '1e3', '2k', '1.5Gi'].map(quantity),
    ['', 'much', '1GB', '1 Gi', '1gi', '-1Gi'].map(quantity),
  ],
  [
    'labels',
    labelsProblem,
    [{}, { a: 'b' }, { 'example.com/a.b': 'A_b-1' }, { a: '' }],
    [
      { a: 'b c' },
      { a: 'ü' },
      { '': 'a' },
      { 'a/b/c': 'd' },
      { 'A_/b': 'c' },
      { a: 'b'.repeat(64) },
      { a: '-b' },
    ],
  ],
  ['annotations', annotationsProblem, [{ 'example.com/a': 'any\nthing' }], [{ 'a b': 'c' }, { '/a': 'b' }]],
])('%s is told from what is none', (_, problem, right, wrong) => {
  for (const value of right) expect([value, problem('it', value)]).toEqual([value, []]);
  for (const value of wrong) {
    expect([value, problem('it', value)]).toEqual([value, [expect.stringMatching(/^it.*; write /s)]]);
  }
});
