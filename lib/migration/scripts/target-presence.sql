-- A line for each database of FACTS, the file with facts of the source's databases: what the target has under its name there.
-- `invalid` is what PostgreSQL makes of a database whose DROP did not come to its end: nobody can use it, and it can only be dropped.
\set facts `cat "$FACTS"`
SELECT CASE WHEN oid IS NULL THEN 'absent' WHEN datconnlimit = -2 THEN 'invalid'
            WHEN datallowconn AND has_database_privilege(session_user, oid, 'CONNECT') THEN 'there' ELSE 'closed' END
FROM json_array_elements(:'facts') WITH ORDINALITY AS _ (fact, number) LEFT JOIN pg_database ON datname = fact ->> 'target'
ORDER BY number;
