export { decodeText } from './decode-text';
export { copyJson, toJsonText } from './json';
export { describeProblem, type YamlProblem } from './yaml-problem';
export { readYaml, readYamlBytes, readYamlDocument, type YamlDocument, type YamlRead } from './read';
export { whyUnreadable } from './why-unreadable';
export { createDocument, toYaml, writeDocument } from './write';
