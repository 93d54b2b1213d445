# Sourced. Finds the databases of the source: one folder each, or one for each database of the target that a mapping
# makes of it, below $WORK/databases. It has the names on both sides, the size, and what the mapping says of schemas.
# With `on_target` it finds those of the target. Names travel as `printf %b` takes them, and in files.
# shellcheck shell=bash

discover() {
  local on_server=${1:-on_source} mappings=${MOVE_MAPPINGS:-} oid bytes encoding name target own schemas rename undo folder part
  [ "$on_server" = on_source ] || mappings=$(cut -f 3 <<< "$mappings" | sort -u | sed 's/..*/&\t\t&\t/')
  rm -rf "$WORK/databases"
  mkdir "$WORK/databases"
  "$on_server" "${SQL[@]}" --set=include="$MOVE_INCLUDE" --set=exclude="${MOVE_EXCLUDE:-}" \
    --set=mappings="$mappings" --set=pattern="$(< "$SCRIPTS/pattern.sql")" --file="$SCRIPTS/discover.sql" > "$WORK/discovered"
  while IFS=$'\t' read -r oid bytes encoding name target own schemas rename undo; do
    folder=$WORK/databases/$oid
    part=1
    while [ -e "$folder" ]; do
      part=$((part + 1))
      folder=$WORK/databases/$oid.$part
    done
    mkdir -p "$folder/proof"
    printf %b "$name" > "$folder/name"
    printf %b "$target" > "$folder/target"
    printf '%s\n' "$own" > "$folder/own"
    printf %b "$schemas" > "$folder/schemas"
    printf %b "$rename" > "$folder/rename.sql"
    printf %b "$undo" > "$folder/undo.sql"
    printf '%s\n' "$bytes" > "$folder/bytes"
    printf '%s\n' "$encoding" > "$folder/encoding"
  done < "$WORK/discovered"
}

# What the target database that is meant is now; $1 is the identity of the source, $2 what target-presence.sql says of it.
target_state() {
  if [ "$2" = there ]; then
    on_target "${SQL[@]}" --set=identity="$1" --set=source="$SOURCE_DATABASE" --file="$SCRIPTS/inspect-target.sql"
  else
    printf %s "$2"
  fi
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
    folder=$(basename "$folder")
    [ "$folder" = '*' ] || oids+=,${folder%%.*}
  done
  printf '{%s}' "${oids#,}"
}
