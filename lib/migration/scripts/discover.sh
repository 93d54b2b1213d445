# Sourced. Finds the databases of the source: one folder each below $WORK/databases, with its name, the name in the
# target, and its size. Names travel as base64 and in files, never as words of a command.
# shellcheck shell=bash

discover() {
  local oid bytes name target folder
  on_source "${SQL[@]}" --field-separator=$'\t' --set=include="$MOVE_INCLUDE" --set=exclude="${MOVE_EXCLUDE:-}" \
    --file="$SCRIPTS/discover.sql" > "$WORK/discovered"
  while IFS=$'\t' read -r oid bytes name target; do
    folder=$WORK/databases/$oid
    mkdir -p "$folder/proof"
    base64 -d <<< "$name" > "$folder/name"
    base64 -d <<< "$target" > "$folder/target"
    printf '%s\n' "$bytes" > "$folder/bytes"
  done < "$WORK/discovered"
}

# The name of the database of folder $1 as a person may read it, on one line.
name_of() {
  local value
  value=$(value_of "$1/name")
  json_text "${value%.}"
}
