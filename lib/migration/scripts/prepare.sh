#!/usr/bin/env bash
# Unit: takes the snapshot of a database, makes the target database with its tables still empty, and plans the rest.
# shellcheck source=unit.sh
. "$SCRIPTS/unit.sh" "$@"

# The session that holds the snapshot outlives this unit. psql reads from a pipe that it also holds open itself.
hold_snapshot() {
  local input
  mkfifo "$FOLDER/snapshot.in"
  exec {input}<> "$FOLDER/snapshot.in"
  (
    enter_source
    exec "${SQL[@]}" --set=target="$TARGET_DATABASE" <&"$input" > "$FOLDER/snapshot" 2> "$FOLDER/snapshot.log"
  ) &
  printf '%s\n' "$!" > "$FOLDER/snapshot.pid"
  # The counters come first: what is written between the two shows as written, and is never missed.
  {
    printf "\\\\o '%s'\n%s\n" "$FOLDER/counters.before" "$(< "$SCRIPTS/counters.sql")"
    printf "\\\\o '%s'\nSELECT fingerprint FROM (%s) AS _;\n" "$FOLDER/fingerprint" "$(< "$SCRIPTS/write-fingerprint.sql")"
    printf "\\\\o '%s'\n%s\n\\\\o\n" "$FOLDER/create-target.sql" "$(< "$SCRIPTS/create-target.sql")"
    printf "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;\nSELECT pg_export_snapshot();\n"
  } >&"$input"
  exec {input}>&-
  until [ -s "$FOLDER/snapshot" ]; do
    if ! kill -0 "$(< "$FOLDER/snapshot.pid")" 2> /dev/null; then
      cat "$FOLDER/snapshot.log" >&2
      return 1
    fi
    sleep 0.02
  done
  # Begins a transaction that sees what the snapshot of the database sees.
  printf "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET TRANSACTION SNAPSHOT '%s';\n" "$(< "$FOLDER/snapshot")" > "$FOLDER/begin.sql"
}

# Drops what an earlier run left half-done, and creates the database unless it is there, empty. It is marked as a copy FIRST.
create_target() {
  local created=false shared=false given='' identity state
  IFS=$'\t' read -r _ _ identity < "$WORK/identity.source"
  state=$(< "$FOLDER/state")
  # Another database may have made the target that they share; what is somebody else's by now cannot be created.
  if [ "$state $(< "$FOLDER/own")" != 'absent true' ]; then
    json_array "$FOLDER/fact" | as_utf8 > "$FOLDER/fact.json"
    state=$(target_state "$identity" "$(FACTS=$FOLDER/fact.json on_target_server "${SQL[@]}" --file="$SCRIPTS/target-presence.sql")")
  fi
  if [[ $(< "$FOLDER/state") == older* && $state == proven* ]]; then
    on_target "${SQL[@]}" --set=source="$SOURCE_DATABASE" <<< "UPDATE cdk8s_rhdh.move SET state = 'copying', proven_at = NULL WHERE source_database = :'source'"
    state=copying${state#proven}
  fi
  # Nobody drops the database that the login may have no other beside.
  [ "$state" != 'copying created' ] || [ "$TARGET_DATABASE" != "$TARGET_MAINTENANCE_DATABASE" ] || state=copying
  case "$state" in
    empty) given=$(given_lines) ;;
    shared) ;;
    absent) created=true ;;
    invalid | 'copying created')
      on_target_server "${SQL[@]}" --set=name="$TARGET_DATABASE" <<< 'DROP DATABASE IF EXISTS :"name" WITH (FORCE)'
      created=true
      ;;
    copying*)
      [ "$state" = copying ] || shared=true
      on_target "${SQL[@]}" --set=shared="$shared" --file="$SCRIPTS/empty-target.sql"
      ;;
    *)
      printf 'move: the target database was filled by somebody else meanwhile: %s\n' "$state" >&2
      return 1
      ;;
  esac
  if "$created"; then
    on_target_server "${SQL[@]}" --file="$FOLDER/create-target.sql"
  fi
  FIRST=(--set=identity="$identity" --set=source="$SOURCE_DATABASE" --set=created="$created"
    --set=address="$SOURCE_HOST:$SOURCE_PORT" --set=given="$given" --file="$SCRIPTS/mark-copying.sql")
}

# What the administrator put into a database that is empty otherwise, as a JSON array of lines of catalog.sql.
given_lines() {
  local line
  on_target "${SQL[@]}" "${CATALOG[@]}" > "$FOLDER/given"
  while IFS= read -r line; do
    json_text "$line"
    printf '\n'
  done < "$FOLDER/given" > "$FOLDER/given.json"
  json_array "$FOLDER/given.json"
}

# Gives the target database the settings of its source before anything is computed by them, after what psql is told to do FIRST.
apply_settings() {
  local line name
  on_target "${SQL[@]}" "${FIRST[@]}" --file="$FOLDER/settings.sql" > "$FOLDER/settings.answer"
  : > "$FOLDER/settings.left-out"
  while IFS= read -r line; do
    case "$line" in
      'left out '*) printf '%s\n' "${line#left out }" >> "$FOLDER/settings.left-out" ;;
      '{"level"'*) printf '%s\n' "$line" >> "$WORK/findings" ;;
    esac
  done < "$FOLDER/settings.answer"
  # A library that the target does not have would let nobody in.
  for name in session_preload_libraries local_preload_libraries; do
    grep -q "SET $name TO" "$FOLDER/settings.sql" || continue
    ! on_target "${SQL[@]}" --command='SELECT' > /dev/null 2>&1 || continue
    on_target_server "${SQL[@]}" --set=target="$TARGET_DATABASE" <<< "ALTER DATABASE :\"target\" RESET $name"
    printf '%s\n' "$name" >> "$FOLDER/settings.left-out"
    finding notes target/setting "Setting $name of database $(name_of "$FOLDER") is not copied: the target has no such library."
  done
}

# Files for each big table and for all the others: statements to read, write and check them.
plan() {
  local sampled=9223372036854775807 kind table bytes weight first second third
  mkdir -p "$FOLDER/tables"
  [ "${MOVE_PROOF:-full}" = full ] || sampled=${MOVE_SAMPLE_BYTES:-1073741824}
  on_source "${SQL[@]}" --set=big="$BIG" --set=sampled="$sampled" --set=target_major="$TARGET_MAJOR" \
    --set=relation="$(< "$SCRIPTS/relation.sql")" --set=rest="$FOLDER/rest.check" --file="$FOLDER/begin.sql" --file="$SCRIPTS/plan.sql" \
    --set=target="$TARGET_DATABASE" --set=own="$(< "$FOLDER/own")" --command="\\o '$FOLDER/settings.sql'" --file="$SCRIPTS/settings.sql" \
    --command="\\o '$FOLDER/comments.sql'" --file="$SCRIPTS/database-comments.sql" \
    --command="\\o '$FOLDER/unlock.sql'" --file="$SCRIPTS/unlock.sql" > "$FOLDER/plan"
  [ -n "$(< "$FOLDER/schemas")" ] || cat "$SCRIPTS/large-objects.sql" "$SCRIPTS/extension-rows.sql" >> "$FOLDER/rest.check"
  : > "$FOLDER/big-tables"
  while IFS=$'\t' read -r kind table bytes weight first second third; do
    case "$kind" in
      table)
        printf '%s\n' "$bytes" > "$FOLDER/tables/$table.bytes"
        printf '%s\n' "$weight" > "$FOLDER/tables/$table.weight"
        printf %b "$first" > "$FOLDER/tables/$table.out"
        printf %b "$second" > "$FOLDER/tables/$table.in"
        printf %b "$third" > "$FOLDER/tables/$table.check"
        ;;
      big)
        printf '%s\n' "$first" >> "$FOLDER/big-tables"
        printf %b "$first" > "$FOLDER/tables/$table.name"
        ;;
      index) printf '%s\t%s\n' "$weight" "$first $second $third" >> "$FOLDER/tables/$table.indexes" ;;
      keyless) finding notes proof/no-key "Table $(printf %b "$first") of database $(name_of "$FOLDER") has no primary key to choose a sample by: it is proven whole." ;;
      rest) printf '%s\n' "$bytes" > "$FOLDER/rest.bytes" ;;
    esac
  done < "$FOLDER/plan"
}

# The archive has the rows of small tables, too, where all of them are no more than a big table.
restore_tables() {
  local sections=(--section=pre-data --section=post-data)
  if rest_is_archived; then
    leave_out_big_tables
    sections+=(--section=data "${BIG_TABLES_LEFT_OUT[@]}")
  fi
  on_source pg_dump --format=custom --compress=0 "${sections[@]}" \
    --snapshot="$(< "$FOLDER/snapshot")" "${DUMPED[@]}" --no-owner --no-privileges \
    --no-security-labels --no-publications --no-subscriptions --file="$FOLDER/archive"
  list_archive
  [ ! -s "$FOLDER/extensions.sql" ] || on_target "${SQL[@]}" --file="$FOLDER/extensions.sql"
  restore --section=pre-data --use-list="$FOLDER/list"
}

printf '%(%s)T\n' -1 > "$FOLDER/started"
hold_snapshot
state=$(< "$FOLDER/state")
plan
# One that is proven has its settings: it only says again which it cannot have.
FIRST=(--command=BEGIN)
[[ $state = proven* ]] || create_target
apply_settings
[[ $state = proven* ]] || restore_tables
