// npm run arrows: how the rooms of each package hang together, types included and tests left out. A room is a folder, or
// a file that stands alone, as in .dependency-cruiser.cjs. docs/architecture.md says what the numbers were.
import { cruise } from 'dependency-cruiser';
import { dirname } from 'node:path';

const houses = process.argv.length > 2 ? process.argv.slice(2) : ['lib', 'cli', 'cli/rollout'];

/** Room to room, each arrow once. */
async function arrowsOf(house) {
  const { output } = await cruise([house], {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.test\\.ts$|/build/|^test/' },
    tsPreCompilationDeps: true,
    ruleSet: { options: { tsConfig: { fileName: 'tsconfig.json' } } },
  });
  const inside = (path) => path.startsWith(`${house}/`);
  const roomOf = (path) => (dirname(path) === house ? path : dirname(path));
  const arrows = new Map();
  for (const { source, dependencies } of output.modules.filter((module) => inside(module.source))) {
    const from = roomOf(source);
    const to = dependencies.map(({ resolved }) => resolved).filter(inside);
    arrows.set(from, new Set([...(arrows.get(from) ?? []), ...to.map(roomOf)]));
  }
  for (const [from, to] of arrows) to.delete(from);
  return arrows;
}

/** Every room that one leads to, over others too. */
function reachedFrom(start, arrows) {
  const reached = new Set();
  const next = [start];
  while (next.length > 0) {
    for (const room of arrows.get(next.pop()) ?? []) {
      if (!reached.has(room)) next.push(room);
      reached.add(room);
    }
  }
  return reached;
}

for (const house of houses) {
  const arrows = await arrowsOf(house);
  const rooms = [...arrows.keys()].sort();
  const reached = new Map(rooms.map((room) => [room, reachedFrom(room, arrows)]));
  const pairs = rooms.flatMap((one, index) => rooms.slice(index + 1).map((other) => [one, other]));
  const tied = pairs.filter(([one, other]) => reached.get(one).has(other) && reached.get(other).has(one));
  const count = [...arrows.values()].reduce((sum, to) => sum + to.size, 0);
  console.log(
    `${house}: ${rooms.length} rooms, ${count} arrows, ${tied.length} of ${pairs.length} pairs in a circle`,
  );
  for (const pair of tied) if (tied.length < 10) console.log(`  ${pair.join(' <-> ')}`);
}
