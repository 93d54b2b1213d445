# Sourced. Finds the databases of the source, or with `on_target` those of the target: one folder each below
# $WORK/databases, with its name, the name in the target, and its size. Names travel as base64 and in files, never as
# words of a command.
# shellcheck shell=bash

discover() {
  local on_server=${1:-on_source} oid bytes name target folder
  rm -rf "$WORK/databases"
  mkdir "$WORK/databases"
  "$on_server" "${SQL[@]}" --field-separator=$'\t' --set=include="$MOVE_INCLUDE" --set=exclude="${MOVE_EXCLUDE:-}" \
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

# The databases that were found, as PostgreSQL writes an array of their oids.
database_oids() {
  local folder oids=
  for folder in "$WORK"/databases/*/; do
    [ ! -d "$folder" ] || oids+=,$(basename "$folder")
  done
  printf '{%s}' "${oids#,}"
}
