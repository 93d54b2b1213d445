# Sourced. The commands `sessions` and `written`, which only look: who is connected to either server, and what was
# written to the target since it was proven.
# shellcheck shell=bash

look_at_sessions() {
  : > "$WORK/sessions"
  sessions_of source notes
  sessions_of target refuses
  refused && conclude refused
  sed 's/^/  /' "$WORK/sessions"
  conclude 'done'
}

# An old server that is gone has no sessions.
sessions_of() {
  local side=$1
  reach "$side" "$2" || return 0
  discover "on_$side"
  "on_$side" "${SQL[@]}" --set=side="$side" --set=databases="$(database_oids)" --file="$SCRIPTS/sessions.sql" >> "$WORK/sessions"
}

# A database without the mark of this move was made since: all its rows count.
look_at_written() {
  local folder
  : > "$WORK/written"
  reach target || conclude refused
  discover on_target
  for folder in "$WORK"/databases/*/; do
    [ -d "$folder" ] || continue
    use_database "$folder"
    on_target "${SQL[@]}" --file="$SCRIPTS/written.sql" > "$folder/written"
    sed -n '/^{"level"/p' "$folder/written" >> "$WORK/findings"
    sed -n '/^{"database"/p' "$folder/written" >> "$WORK/written"
  done
  sed 's/^/  /' "$WORK/written"
  conclude 'done'
}
