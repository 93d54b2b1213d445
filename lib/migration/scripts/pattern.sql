SELECT list, line, replace(replace(replace(replace(replace(line, '\', '\\'), '%', '\%'), '_', '\_'), '*', '%'), '?', '_') AS pattern
FROM (VALUES ('include', :'include'), ('exclude', :'exclude')) AS lists (list, lines), regexp_split_to_table(lines, E'\n') AS line
WHERE line <> ''
