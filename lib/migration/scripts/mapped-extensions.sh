# Sourced. A mapping copies what belongs to its schemas, and the extensions that this cannot do without.
# shellcheck shell=bash

# Notes for the database of folder $1 what pg_dump is told of them, and what makes room for them at the target.
find_extensions() {
  local name schema statement tables
  : > "$1/extensions"
  : > "$1/extensions.sql"
  [ -n "$(< "$1/schemas")" ] || return 0
  on_source "${SQL[@]}" --set=needed="$(< "$SCRIPTS/needed-extensions.sql")" --file="$SCRIPTS/mapped-extensions.sql" > "$1/extensions.needed"
  while IFS=$'\t' read -r name schema statement tables; do
    printf -- '--extension=%b\n' "$name" >> "$1/extensions"
    [ -z "$tables" ] || printf '%b\n' "$tables" | sed 's/^/--exclude-table-data=/' >> "$1/extensions"
    printf %b "$statement" >> "$1/extensions.sql"
    printf '%s\n' "$schema" >> "$1/schemas-there"
  done < "$1/extensions.needed"
}
