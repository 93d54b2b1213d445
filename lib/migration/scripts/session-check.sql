-- Those lines of :settings, each `name=value`, whose value this session does not have, with what it has instead.
SELECT format('%s is %s', name, to_json(current_setting(name)))
FROM regexp_split_to_table(:'settings', E'\n') AS line, LATERAL (SELECT split_part(line, '=', 1), substr(line, strpos(line, '=') + 1)) AS _ (name, value)
WHERE current_setting(name) <> value;
