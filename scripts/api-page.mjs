/** In this order on the page; any other folder comes after them. */
const FOLDERS = ['stages', 'database', 'migration', 'hub', 'orchestrator', 'operators'];

/**
 * The page of an API that jsii described. Refuses what is not documented, and unions, which jsii lets pass and other
 * languages cannot check; all of it at once.
 */
export function apiPage({ name, types }) {
  const all = Object.values(types).sort(byPlace);
  const problems = all.flatMap((type) => [...undocumented(type), ...unions(type)]);
  if (problems.length > 0) {
    throw new Error(
      `The public API is not as it must be:\n${problems.map((text) => `  ${text}`).join('\n')}`,
    );
  }
  const folderOf = (type) => type.locationInModule.filename.split('/')[1];
  const folders = [...new Set([...FOLDERS, ...all.map(folderOf)])]
    .map((folder) => ({ folder, own: all.filter((type) => folderOf(type) === folder) }))
    .filter(({ own }) => own.length > 0);
  const links = (own) => own.map((type) => linkTo(type.name)).join(', ');
  return `${[
    '# API',
    `Everything that \`import … from '${name}'\` gives. Written by \`npm run docs:api\` from the docstrings; properties without a default are required.`,
    folders.map(({ folder, own }) => `- [lib/${folder}](#lib${folder}): ${links(own)}`).join('\n'),
    ...folders.flatMap(({ folder, own }) => [
      `## lib/${folder}`,
      ...own.map((type) => section(type, types, name)),
    ]),
  ].join('\n\n')}\n`;
}

/** As in the source, but properties after what they are of. */
function byPlace(one, other) {
  const [a, b] = [one.locationInModule, other.locationInModule];
  if (a.filename !== b.filename) return a.filename < b.filename ? -1 : 1;
  return Number(one.datatype ?? false) - Number(other.datatype ?? false) || a.line - b.line;
}

function undocumented({ name, datatype, docs, properties = [], methods = [], members = [] }) {
  const missing = [...properties, ...methods, ...members]
    .filter((member) => member.docs?.summary === undefined && member.overrides === undefined)
    .map((member) => `${name}.${member.name} has no docstring`);
  const defaults = properties
    .filter(({ optional, docs: own }) => datatype && optional && own?.default === undefined)
    .map((member) => `${name}.${member.name} is optional and has no @default`);
  return [...(docs?.summary === undefined ? [`${name} has no docstring`] : []), ...missing, ...defaults];
}

function unions({ name, initializer, properties = [], methods = [] }) {
  const calls = [...(initializer === undefined ? [] : [{ name: 'constructor', ...initializer }]), ...methods];
  return [
    ...properties,
    ...calls.flatMap((call) =>
      [...(call.parameters ?? []), call.returns ?? {}].map(({ type }) => ({ name: call.name, type })),
    ),
  ]
    .filter(({ type }) => isUnion(type))
    .map(
      (member) => `${name}.${member.name} has a union type; write a class with static factories, or an enum`,
    );
}

function isUnion(type) {
  return type !== undefined && (type.union !== undefined || isUnion(type.collection?.elementtype));
}

function section(type, types, assembly) {
  const parts = [`### ${type.name}`, paragraphs(type.docs)];
  if (type.base?.startsWith(`${assembly}.`)) parts.push(`Has all that ${linkTo(typeName(type.base))} has.`);
  if (type.kind === 'enum') {
    parts.push(
      table(
        ['value', 'meaning'],
        type.members.map((member) => [`\`${member.name}\``, line(member.docs)]),
      ),
    );
  } else if (type.datatype) {
    parts.push(table(['property', 'type', 'meaning', 'default'], propertiesOf(type, types).map(row)));
  } else {
    const created = type.initializer !== undefined && !type.initializer.protected && !type.abstract;
    const methods = (type.methods ?? []).sort(byPlace);
    const properties = (type.properties ?? []).sort(byPlace);
    parts.push(
      list([
        ...(created ? [`\`new ${type.name}(${parameters(type.initializer)})\``] : []),
        ...methods.filter(isStatic).map((method) => methodItem(method, type.name)),
        ...properties.filter(isStatic).map((property) => propertyItem(property, type.name)),
        ...properties.filter((property) => !isStatic(property)).map((property) => propertyItem(property)),
        ...methods.filter((method) => !isStatic(method)).map((method) => methodItem(method)),
      ]),
    );
  }
  return parts.filter((part) => part !== '').join('\n\n');
}

/** Its own properties after those of what it extends; what must be given first. */
function propertiesOf(type, types) {
  const inherited = (type.interfaces ?? []).flatMap((name) => propertiesOf(types[name], types));
  const all = [...inherited, ...(type.properties ?? []).sort(byPlace)];
  return [...all.filter(({ optional }) => !optional), ...all.filter(({ optional }) => optional)];
}

function row({ name, type, docs }) {
  return [
    `\`${name}\``,
    linked(type),
    line(docs),
    docs.default === undefined ? '' : defaultText(docs.default),
  ];
}

/** A default that is a value is code, one that begins with a dash is a sentence. */
function defaultText(text) {
  return text.startsWith('- ') ? line({ summary: text.slice(2) }) : `\`${text}\``;
}

function isStatic(member) {
  return member.static === true;
}

function methodItem(method, owner) {
  const returns = method.returns === undefined ? '' : `: ${plain(method.returns.type)}`;
  const head = `\`${owner ? `${owner}.` : ''}${method.name}(${parameters(method)})${returns}\`${about(method.docs)}`;
  const described = (method.parameters ?? []).filter(({ docs }) => docs?.summary !== undefined);
  const throws = method.docs?.custom?.throws ?? method.docs?.throws;
  return [
    head,
    ...described.map(({ name, docs }) => `  - \`${name}\`: ${line(docs)}`),
    ...(throws === undefined ? [] : [`  - throws ${line({ summary: throws })}`]),
  ].join('\n');
}

function propertyItem({ name, type, optional, docs }, owner) {
  const shown = owner ? `${owner}.${name}` : `${name}${optional ? '?' : ''}: ${plain(type)}`;
  return `\`${shown}\`${about(docs)}`;
}

function about(docs) {
  return docs?.summary === undefined ? '' : `: ${line(docs)}`;
}

function parameters({ parameters: all = [] }) {
  return all.map(({ name, optional, type }) => `${name}${optional ? '?' : ''}: ${plain(type)}`).join(', ');
}

/** A type as TypeScript has it. */
function plain(type, shown = (name) => name) {
  if (type.collection !== undefined) {
    const element = plain(type.collection.elementtype, shown);
    return type.collection.kind === 'array' ? `${element}[]` : `{ [key: string]: ${element} }`;
  }
  return type.primitive ?? shown(typeName(type.fqn), type.fqn);
}

/** A type with links to those of this page, and without characters that mean something in Markdown. */
function linked(type) {
  const own = (name, fqn) =>
    fqn.includes('.k8s.') || /^(cdk8s|constructs)\./.test(fqn) ? name : linkTo(name);
  return plain(type, own).replace('{ [key: string]: ', '{ \\[key: string]: ').replace(/\[\]$/, '\\[]');
}

/** `Construct` of `constructs.Construct`, `k8s.Volume` of `cdk8s-plus-28.k8s.Volume`. */
function typeName(fqn) {
  return fqn.slice(fqn.indexOf('.') + 1);
}

function linkTo(name) {
  return `[${name}](#${name.toLowerCase()})`;
}

function paragraphs({ summary, remarks }) {
  return references([summary, remarks].filter(Boolean).join(remarks?.includes('\n\n') ? '\n\n' : ' '));
}

function line(docs) {
  return paragraphs(docs).replace(/\s+/g, ' ').replaceAll('|', '\\|');
}

/** `{@link Thing}` and `{@link Thing | text}` as links. */
function references(text) {
  return text.replace(
    /\{@link ([\w.]+)[^}]*\}/g,
    (_, name) => `[${name}](#${name.split('.')[0].toLowerCase()})`,
  );
}

function table(head, rows) {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function list(items) {
  return items.map((item) => `- ${item}`).join('\n');
}
