-- Findings on the room for :bytes more on the volumes of the target, which only its own `df` knows. Beside the data
-- there is its log, of which about max_wal_size is kept.
CREATE TEMP TABLE room (number int GENERATED ALWAYS AS IDENTITY, line text);
COPY room (line) FROM PROGRAM 'df -Pk . pg_wal/.' (FORMAT csv, DELIMITER E'\x01', QUOTE E'\x02');
WITH volume AS (
  SELECT row_number() OVER (ORDER BY number) AS number, field[1]::bigint * 1024 AS free, field[2] AS mount
  FROM room, regexp_match(line, '(\d+) +\S+% +(/.*)$') AS field WHERE field IS NOT NULL
), kept (bytes) AS (
  SELECT least(:bytes::bigint, pg_size_bytes(current_setting('max_wal_size')))
), needed AS (
  SELECT mount, min(free) AS free, sum(CASE number WHEN 1 THEN :bytes ELSE kept.bytes END) AS bytes,
         string_agg(CASE number WHEN 1 THEN pg_size_pretty(:bytes::bigint) || ' of data' ELSE pg_size_pretty(kept.bytes) || ' of its log' END, ', ' ORDER BY number) AS words
  FROM volume, kept GROUP BY mount
)
SELECT json_build_object('level', 'refuses', 'code', 'target/room', 'text', format(
         'The volume %s of the target has %s left and the copy needs %s (%s): make it larger, or make room.',
         mount, pg_size_pretty(free), pg_size_pretty(bytes), words))
FROM needed WHERE free < bytes;
