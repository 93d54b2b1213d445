#!/usr/bin/env bash
# Unit: tries at the target what a database is made of, without its rows: in a database of its own, which is dropped again,
# or, where the database is there and empty, in a transaction that is rolled back.
# shellcheck source=unit.sh
. "$SCRIPTS/unit.sh" "$@"
# shellcheck source=messages.sh
. "$SCRIPTS/messages.sh"
# shellcheck source=trials.sh
. "$SCRIPTS/trials.sh"

# An error by itself says more than all that follow from it.
MOST_FINDINGS=5

archive() {
  on_source pg_dump --format=custom --compress=0 --section=pre-data --section=post-data "${DUMPED[@]}" --no-owner --no-privileges \
    --no-security-labels --no-publications --no-subscriptions --file="$FOLDER/archive"
  list_archive
}

try_in_own_database() {
  local target=$TARGET_DATABASE
  TARGET_DATABASE=$(trial_name "$FOLDER")
  on_source "${SQL[@]}" --set=target="$TARGET_DATABASE" --file="$SCRIPTS/create-target.sql" > "$FOLDER/create-trial.sql"
  if ! on_target_server "${SQL[@]}" --file="$FOLDER/create-trial.sql" 2> "$FOLDER/trial.messages"; then
    return 0
  fi
  if [ ! -s "$FOLDER/extensions.sql" ] || loading_target "${SQL[@]}" --file="$FOLDER/extensions.sql" 2> "$FOLDER/trial.messages"; then
    loading_target pg_restore --verbose --no-owner --no-privileges --no-tablespaces --use-list="$FOLDER/list" --dbname="$(connection_string "$TARGET_DATABASE")" \
      "$FOLDER/archive" 2> "$FOLDER/trial.messages" || true
  fi
  read_messages "$FOLDER/trial.messages"
  if [ "${#ERRORS[@]}" -eq 0 ]; then
    try_rows
    [ -z "$(< "$FOLDER/rename.sql")" ] ||
      loading_target "${SQL[@]}" --single-transaction --output=/dev/null --file="$FOLDER/rename.sql" 2>> "$FOLDER/trial.messages" || true
    [ ! -s "$FOLDER/event-triggers.list" ] || loading_target pg_restore --no-owner --use-list="$FOLDER/event-triggers.list" \
      --verbose --dbname="$(connection_string "$TARGET_DATABASE")" "$FOLDER/archive" 2>> "$FOLDER/trial.messages" || true
  fi
  drop_trial "$TARGET_DATABASE"
  TARGET_DATABASE=$target
}

# What an index or a constraint computes by functions of the database is seen with rows only: some of each such table.
try_rows() {
  local number=0 table columns
  on_source "${SQL[@]}" --file="$SCRIPTS/trial-rows.sql" > "$FOLDER/trial.rows"
  while IFS=$'\t' read -r table columns; do
    number=$((number + 1))
    printf -v table %b "$table"
    printf -v columns %b "$columns"
    {
      printf 'SET client_min_messages = error; CREATE SCHEMA IF NOT EXISTS cdk8s_rhdh;\n'
      printf 'CREATE TABLE cdk8s_rhdh.cdk8s_rhdh_trial_%s (LIKE %s INCLUDING GENERATED INCLUDING CONSTRAINTS INCLUDING INDEXES);\n' "$number" "$table"
      printf 'COPY cdk8s_rhdh.cdk8s_rhdh_trial_%s (%s) FROM STDIN;\n' "$number" "$columns"
      on_source "${SQL[@]}" --command="COPY (SELECT $columns FROM ONLY $table AS t WHERE pg_column_size(t.*) < 100000 LIMIT 20) TO STDOUT"
    } < /dev/null | loading_target "${SQL[@]}" --output=/dev/null --file=- 2>> "$FOLDER/trial.messages" || true
  done < "$FOLDER/trial.rows"
}

try_and_roll_back() {
  {
    printf 'BEGIN;\n%s\n' "$(< "$FOLDER/extensions.sql")"
    pg_restore --no-owner --no-privileges --no-tablespaces --use-list="$FOLDER/list" --file=- "$FOLDER/archive"
    printf '\n%s\n' "$(< "$FOLDER/rename.sql")"
    # What event triggers call is of the source, so nothing is done after them.
    [ ! -s "$FOLDER/event-triggers.list" ] || pg_restore --no-owner --use-list="$FOLDER/event-triggers.list" --file=- "$FOLDER/archive"
    printf '\nROLLBACK;\n'
  } | loading_target "${SQL[@]}" --set=ON_ERROR_STOP=0 --set=ON_ERROR_ROLLBACK=on --output=/dev/null --file=- 2> "$FOLDER/trial.messages"
}

report_trial() {
  local error told=0
  read_messages "$FOLDER/trial.messages"
  for error in "${ERRORS[@]}"; do
    if [ "$told" -ge "$MOST_FINDINGS" ]; then
      finding refuses target/trial "$((${#ERRORS[@]} - told)) more things of database $(name_of "$FOLDER") cannot be made at the target."
      break
    fi
    told=$((told + 1))
    finding refuses target/trial "What database $(name_of "$FOLDER") is made of cannot be made at the target by this login: $error"
  done
}

: > "$FOLDER/trial.messages"
case "$(< "$FOLDER/state")" in
  absent | invalid | 'copying created')
    archive
    try_in_own_database
    ;;
  empty | shared)
    archive
    try_and_roll_back
    # shellcheck disable=SC2034 # read by messages.sh
    NO_ROWS=true
    ;;
esac
report_trial
