import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump } from './dump';
import { Move } from './move';

const chats = readFileSync(join(__dirname, 'chats.sql'), 'utf8');
const database = 'rhdh-ls';
const hub = { user: 'hub', password: 'hub' };
const largeObjects =
  'SELECT oid, md5(lo_get(oid)), length(lo_get(oid)) FROM pg_largeobject_metadata ORDER BY oid';

let move: Move;

beforeEach(async () => {
  move = await Move.start();
  move.source.query(`CREATE DATABASE "${database}"`);
  move.source.query(chats, database);
  move.target.query(`CREATE ROLE hub LOGIN CREATEDB PASSWORD '${hub.password}'`);
});

afterEach(() => move.remove());

test.each([
  ['with the schema in one archive', '100000000'],
  ['in a stream, being larger than a big table', '1000000'],
])(
  "Lightspeed's chats and large objects, %s, are moved, and a chat goes on where they are now",
  async (_, big) => {
    const { result, report } = await move.run({
      targetLogin: hub,
      env: { MOVE_BIG_TABLE_BYTES: big },
    });
    expect(result).toMatchObject({
      outcome: 'proven',
      findings: [{ level: 'notes', code: 'target/room' }],
      databases: [{ database, tables: 7, equal: true }],
    });
    expect(report?.databases[0].tables.map(({ table, rows }: any) => [table, rows]).sort()).toEqual([
      ['cache', 2400],
      ['conversation_items', 2400],
      ['conversations', 400],
      ['llamastack_kvstore', 20],
      ['openai_conversations', 400],
      ['user_conversation', 400],
      ['user_turn', 2400],
    ]);
    const [source, target] = [dump(move.source, database), dump(move.target, database)];
    expect(target.schema).toBe(source.schema);
    // Compared as one value: the difference of so many rows is nothing to print.
    expect(target.rows.join('\n') === source.rows.join('\n')).toBe(true);
    const objects = move.source.query(largeObjects, database);
    expect(objects).toHaveLength(41);
    expect(objects.at(-1)).toMatch(/^6000\|[0-9a-f]{32}\|6000000$/);
    expect(move.target.query(largeObjects, database)).toEqual(objects);

    move.target.query(
      `SET ROLE hub;
     INSERT INTO conversations SELECT user_id, conversation_id, 'More', now() FROM conversations
       ON CONFLICT (user_id, conversation_id) DO UPDATE SET topic_summary = EXCLUDED.topic_summary;
     SELECT lo_put(6000, 1, 'X'), lo_unlink(5001), lo_from_bytea(0, 'new');
     INSERT INTO user_turn SELECT id, 7, now(), now(), 'vllm', 'granite' FROM user_conversation;`,
      database,
    );
    expect(move.target.query(largeObjects, database)).toHaveLength(41);
    expect(move.target.query('SELECT count(*) FROM user_turn', database)).toEqual(['2800']);
  },
);
