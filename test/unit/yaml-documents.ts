/** A document and the JSON that sigs.k8s.io/yaml makes of it, as text: a number of JavaScript would hide digits. */
export const read: readonly (readonly [string, string])[] = [
  ['[22:30, 08:00, 190:20:30]', '["22:30","08:00","190:20:30"]'],
  ['[08, 0755, 0o17, 0O17, 0x1F, 0b11, 0b-1, 1_000, +1, -0]', '[8,493,15,15,31,3,-1,1000,1,0]'],
  [
    '[9007199254740993, -9223372036854775808, 18446744073709551615]',
    '[9007199254740993,-9223372036854775808,18446744073709551615]',
  ],
  ['[18446744073709551616, 1e3, 1.50, .5, .5_0, 1e400]', '[18446744073709552000,1000,1.5,0.5,0.5,"1e400"]'],
  ['[y, Y, n, N, yes, No, ON, off, yEs]', '[true,true,false,false,true,false,true,false,"yEs"]'],
  ['[~, null, NULL, nUll]', '[null,null,null,"nUll"]'],
  ['[2001-01-01, 2001-12-14t21:59:43.10-05:00]', '["2001-01-01","2001-12-14t21:59:43.10-05:00"]'],
  ['[!!str 1, !!int "1", !!float 1, !!bool "yes", !local 12, ! 12]', '["1",1,1,true,"12","12"]'],
  ['!!binary R3LDvMOfZQ==', '"Grüße"'],
  ['!!set {a, b}', '{"a":null,"b":null}'],
  ['!!omap [a: 1]', '[{"a":1}]'],
  [
    '{1: a, 0x10: d, 1.5: b, yes: c, 3.14159265358979: e}',
    '{"1":"a","16":"d","1.5":"b","true":"c","3.1415927":"e"}',
  ],
  ['{1000000.5: a, 1e6: b, .inf: c}', '{"1.0000005e+06":"a","1e+06":"b",".inf":"c"}'],
  ['a: &x {p: 1, q: 2}\nb: {<<: *x, q: 3}\n', '{"a":{"p":1,"q":2},"b":{"p":1,"q":3}}'],
  ['a: &x {p: 1}\nb: {p: 2, <<: *x}\n', '{"a":{"p":1},"b":{"p":1}}'],
  ['{<<: [{a: 1}, {a: 2, b: 2}], c: 3}', '{"a":1,"b":2,"c":3}'],
  ['{"<<": {a: 1}}', '{"<<":{"a":1}}'],
  ['a: &x 1\nb: &x 2\nc: *x\n', '{"a":1,"b":2,"c":2}'],
  ['__proto__: {a: 1}', '{"__proto__":{"a":1}}'],
  ['a: |\r\n  x\r\n  y\r\n', '{"a":"x\\ny\\n"}'],
  ['a: |\n\n  x', '{"a":"\\nx"}'],
  ['\ufeffa: 1', '{"a":1}'],
  ['%YAML 1.1\n---\na: 1\n...\n', '{"a":1}'],
  ['{\n\t"a": [\n\t\t1\n\t]\n}', '{"a":[1]}'],
  ['# nothing', 'null'],
];

/** A document that is refused, and what is said of it. Of some Kubernetes' parser makes a value, without a word. */
export const refused: readonly (readonly [string, string])[] = [
  ['a: 1\na: 2', '2:1: key "a" stands twice in this map; keep one'],
  ['{1: a, "1": b}', '1:8: key "1" stands twice in this map; keep one'],
  ['a: &x [*x]', '1:8: alias *x stands inside what it repeats'],
  ['a: *x', '1:4: alias *x has no anchor before it; write &x at the value that it repeats'],
  ['{? [a] : b}', '1:4: a key that is a list or a map, which JSON does not have'],
  ['{~: a}', '1:2: a key that is null; write it in quotes'],
  ['a: .nan', '1:4: .nan is a number that JSON does not have; write it in quotes for text'],
  ['a: {<<: 1}', '1:5: << merges a map, or a list of maps; in quotes it is a key'],
  ['a: !!int x', '1:10: "x" is no !!int'],
  ['a: !!binary x', '1:13: !!binary holds what is not base64'],
  [
    'a: !!binary /w==',
    '1:13: !!binary holds bytes that are no text, which JSON has no place for; ' +
      'write the base64 without !!binary where base64 is expected',
  ],
  [
    'a: "\\ud83d\\ude00"',
    '1:4: an escape of half a surrogate pair; write the letter itself, or \\U and its eight digits',
  ],
  ['a: "\\/"', "1:4: escape '\\/', which YAML 1.1 does not have; write '/'"],
  [
    'a: \u0007',
    '1:4: character U+0007, which the parser of Kubernetes does not read as it stands; ' +
      'leave it out, or write it as an escape in double quotes',
  ],
  [
    'a: b\u2028c',
    '1:5: character U+2028, which the parser of Kubernetes does not read as it stands; ' +
      'leave it out, or write it as an escape in double quotes',
  ],
  ['a:\n\t\n  b: 1', '2:1: a tab where the parser of Kubernetes reads spaces only; write spaces'],
  ['%YAML 1.2\n---\na: 1', '1:1: Kubernetes reads YAML 1.1; leave the line with %YAML out'],
  [
    'a: 1\n...\nb: 2',
    "3:1: a second document, which Kubernetes' parser would not see; write '---' on a line of its own before it",
  ],
  ['{a: 1} b', '1:8: Unexpected scalar at node end'],
];
