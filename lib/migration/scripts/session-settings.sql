-- Those lines of :settings, each `name=value`, that this server knows and this login may set, where they begin with `?`.
SELECT ltrim(line, '?') FROM regexp_split_to_table(:'settings', E'\n') AS line
WHERE line NOT LIKE '?%' OR EXISTS (
  SELECT FROM pg_settings
  WHERE name = substr(split_part(line, '=', 1), 2) AND (context = 'user' OR (SELECT rolsuper FROM pg_roles WHERE rolname = session_user)));
