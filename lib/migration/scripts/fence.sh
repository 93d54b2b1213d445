# Sourced. The commands `fence` and `unfence`: nobody can write to the databases of the source, until it is undone. Each
# database is set by itself, so that a server that others use too is theirs as before.
# shellcheck shell=bash

fence_source() {
  find_source
  set_read_only 'SET default_transaction_read_only = on' on
  end_sessions
  say "Read-only, and without sessions: $(sed -E 's/^\{"database":(.*)\}$/\1/' "$WORK/summaries" | paste -sd ' ')"
  conclude 'done'
}

unfence_source() {
  find_source
  set_read_only 'RESET default_transaction_read_only' off
  say 'The databases of the source can be written to.'
  conclude 'done'
}

find_source() {
  reach source || conclude refused
  discover
  local folder
  for folder in "$WORK"/databases/*/; do
    [ ! -d "$folder" ] || printf '{"database":%s}\n' "$(name_of "$folder")"
  done | tee "$WORK/results" > "$WORK/summaries"
}

# Alters each database, and sees to it that a new session gets the value $2.
set_read_only() {
  local change=$1 wanted=$2 folder answer
  for folder in "$WORK"/databases/*/; do
    [ -d "$folder" ] || continue
    use_database "$folder"
    on_source env PGDATABASE="$SOURCE_MAINTENANCE_DATABASE" PGCLIENTENCODING=SQL_ASCII "${SQL[@]}" --set=name="$SOURCE_DATABASE" 2> "$WORK/no-answer" \
      <<< "SET default_transaction_read_only = off; ALTER DATABASE :\"name\" $change;" || not_fenced "Database $(name_of "$folder"): "
    answer=$(on_source "${SQL[@]}" --command='SHOW default_transaction_read_only' 2> "$WORK/no-answer") || not_fenced "Database $(name_of "$folder"): "
    [ "$answer" = "$wanted" ] || cannot_fence \
      "default_transaction_read_only is still $answer in database $(name_of "$folder") for user $SOURCE_USER: a setting of the role or the server wins over that of the database."
  done
  leave_databases
}

# A session that began before the fence can still write.
end_sessions() {
  local left=20 oids answer session
  oids=$(database_oids)
  on_source "${SQL[@]}" --set=databases="$oids" --output=/dev/null --file="$SCRIPTS/end-sessions.sql" 2> "$WORK/no-answer" || not_fenced
  while answer=$(on_source "${SQL[@]}" --set=side=source --set=databases="$oids" --file="$SCRIPTS/sessions.sql") && [ -n "$answer" ]; do
    if [ "$left" -le 0 ]; then
      while IFS= read -r session; do
        finding refuses source/sessions "A session of the source does not end: $session"
      done <<< "$answer"
      conclude refused
    fi
    left=$((left - 1))
    sleep 0.5
  done
}

# The server did not do as it was asked: it says why. One that is lost, or ended the session, is no refusal: another try may find
# it mended. `not_fenced [words before its own]`
not_fenced() {
  if ! server_answers source || grep -qE ':  57P0[0-9]: |server closed the connection' "$WORK/no-answer"; then
    cat "$WORK/no-answer" >&2
    return 1
  fi
  cannot_fence "${1:-}$(NO_ROWS=true words_of "$WORK/no-answer")"
}

cannot_fence() {
  finding refuses source/fence "The source could not be changed: $1"
  conclude refused
}
