-- The database of Lightspeed: tables of its conversation cache (lightspeed-stack, src/cache/postgres_cache.py), of its
-- own records (src/models/database/conversations.py) and of the conversations that Llama Stack keeps (its SQL store, with
-- the two columns of its access control, and its store of keys), with chats in them, and files as large objects.
CREATE TABLE cache (
  user_id text, conversation_id text, created_at timestamp, started_at text, completed_at text, query text, response text, provider text, model text,
  referenced_documents jsonb, tool_calls jsonb, tool_results jsonb, attachments jsonb, PRIMARY KEY (user_id, conversation_id, created_at)
);
CREATE INDEX timestamps ON cache (created_at);
CREATE TABLE conversations (
  user_id text, conversation_id text, topic_summary text, last_message_timestamp timestamp NOT NULL, PRIMARY KEY (user_id, conversation_id)
);
CREATE TABLE user_conversation (
  id varchar PRIMARY KEY, user_id varchar NOT NULL, last_used_model varchar NOT NULL, last_used_provider varchar NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(), last_message_at timestamptz NOT NULL DEFAULT now(), message_count int NOT NULL, topic_summary varchar NOT NULL
);
CREATE INDEX ix_user_conversation_user_id ON user_conversation (user_id);
CREATE TABLE user_turn (
  conversation_id varchar REFERENCES user_conversation ON DELETE CASCADE, turn_number int, started_at timestamptz NOT NULL, completed_at timestamptz NOT NULL,
  provider varchar NOT NULL, model varchar NOT NULL, response_id varchar, PRIMARY KEY (conversation_id, turn_number)
);
CREATE INDEX ix_user_turn_response_id ON user_turn (response_id);
CREATE TABLE openai_conversations (
  id varchar PRIMARY KEY, created_at int, items json, metadata json, access_attributes json, owner_principal varchar
);
CREATE TABLE conversation_items (
  id varchar PRIMARY KEY, conversation_id varchar, created_at int, item_data json, access_attributes json, owner_principal varchar
);
CREATE TABLE llamastack_kvstore (key text PRIMARY KEY, value text, expiration timestamp);

CREATE TEMP TABLE turn AS
SELECT conversation, turn, 'conv_' || encode(sha256(conversation::text::bytea), 'hex') AS id, (ARRAY['guest', 'zoë', 'o''brien "jr"'])[conversation % 3 + 1] AS user_id,
  timestamp '2025-10-21 07:59:59.999999' + conversation * interval '41 minutes' + turn * interval '17.25 seconds' AS at,
  E'Warum schlägt mein Build fehl? 🤔\n```sh\ncd "$HOME" && make \\\n  all\n```' || conversation AS query,
  repeat(E'| a | b |\n|---|---|\n| 1 | \\N |\n\tDies und „das“ … 日本語 👩‍💻\n', 1 + (conversation * turn) % 60) AS response
FROM generate_series(1, 400) AS conversation, generate_series(1, 6) AS turn;
INSERT INTO cache
SELECT user_id, id, at, at::text || 'Z', (at + interval '9 seconds')::text || 'Z', query, response, 'vllm', 'granite-3.3-8b',
  CASE turn % 2 WHEN 0 THEN '[{"doc_url": "https://docs.example.com/a?b=1", "doc_title": "Größe"}]'::jsonb END,
  jsonb_build_array(jsonb_build_object('id', turn, 'args', jsonb_build_object('kind', 'Component', 'score', 0.10))), '[]', NULL
FROM turn;
INSERT INTO conversations SELECT user_id, id, 'Builds', max(at) FROM turn GROUP BY user_id, id;
INSERT INTO user_conversation SELECT id, user_id, 'granite-3.3-8b', 'vllm', min(at), max(at), count(*), '' FROM turn GROUP BY id, user_id;
INSERT INTO user_turn (conversation_id, turn_number, started_at, completed_at, provider, model, response_id)
SELECT id, turn, at, at + interval '9 seconds', 'vllm', 'granite-3.3-8b', CASE WHEN turn > 1 THEN 'resp_' || id || turn END FROM turn;
INSERT INTO openai_conversations SELECT id, extract(epoch FROM min(at))::int, NULL, '{"user":  "guest",  "user": "twice"}', NULL, '' FROM turn GROUP BY id;
INSERT INTO conversation_items
SELECT 'msg_' || id || turn, id, extract(epoch FROM at)::int, json_build_object('type', 'message', 'role', 'assistant', 'content', response, 'emoji', E'\u2713'), 'null', 'guest' FROM turn;
INSERT INTO llamastack_kvstore SELECT 'registry:v10::model:' || i, '{"identifier": "' || i || '"}', CASE i % 2 WHEN 0 THEN timestamp '2030-01-01' END FROM generate_series(1, 20) AS i;

SELECT lo_from_bytea(5000 + i, convert_to(repeat('page ' || i || E' ✓\n', 20000 * (i % 4)), 'UTF8')) FROM generate_series(1, 40) AS i;
SELECT lo_from_bytea(6000, decode(repeat('00ff5c0a', 1500000), 'hex'));
COMMENT ON LARGE OBJECT 6000 IS 'a recording of "Zoë"';
