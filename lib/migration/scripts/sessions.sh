# Sourced. The command `sessions`: who is connected to either server.
# shellcheck shell=bash

tell_sessions() {
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
