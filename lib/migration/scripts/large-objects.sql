-- How many large objects there are, and a sum over what each holds, read by pieces of a mebibyte; nothing where there are none.
WITH RECURSIVE piece (oid, number, bytes) AS (
  SELECT oid, 0::bigint, lo_get(oid, 0, 1048576) FROM pg_largeobject_metadata
  UNION ALL
  SELECT oid, number + 1, lo_get(oid, (number + 1) * 1048576, 1048576) FROM piece WHERE length(bytes) = 1048576
)
SELECT json_build_object('largeObjects', count(DISTINCT oid),
                         'checksum', concat(sum(hashtextextended(encode(sha256(bytes), 'hex') COLLATE "C", hashint8extended(number, oid::bigint))), ':',
                                            sum(hashtextextended(encode(sha256(bytes), 'hex') COLLATE "C", hashint8extended(number, oid::bigint + 4294967296)))))
FROM piece
HAVING count(*) > 0;
