# Sourced. Whether a server answers, with sessions as the copy needs them.
# shellcheck shell=bash

# Notes why a server cannot be used, in its own words. A server that does not answer yet gets some time.
# `reach side [level]`
reach() {
  local side=$1 level=${2:-refuses} host=${1^^}_HOST user=${1^^}_USER answer left=${MOVE_PATIENCE_SECONDS:-30}
  { [ -n "${!host:-}" ] && [ -n "${!user:-}" ]; } || left=0
  until [ "$left" -le 0 ] || "on_$side" pg_isready --quiet; do
    sleep 1
    left=$((left - 1))
  done
  [ "$side" = source ] || choose_target_maintenance_database
  if answer=$("on_$side" "${SQL[@]}" --command='SELECT 1' 2>&1 > /dev/null); then
    check_session "$side" "$level"
  elif [[ $answer == *'unsupported startup parameter'* ]]; then
    finding "$level" "$side/session" "The $side is reached by a pooler that takes no settings of a session (unsupported startup parameter: ${answer##*: }). Give the address of PostgreSQL itself."
    return 1
  else
    finding "$level" "$side/unreachable" "The $side cannot be reached: $answer"
    return 1
  fi
}

# From now on sessions ask for all settings that the server knows; and do they take effect?
check_session() {
  local side=$1 level=$2 session=${1^^}_SESSION settings missing
  if ! settings=$("on_$side" "${SQL[@]}" --set=settings="$SESSION_SETTINGS" --file="$SCRIPTS/session-settings.sql" 2> "$WORK/no-answer") ||
    ! export "$session=$(as_options "$settings")" ||
    ! missing=$("on_$side" "${SQL[@]}" --set=settings="$settings"$'\n'"$TEXT_SETTINGS" --file="$SCRIPTS/session-check.sql" 2> "$WORK/no-answer"); then
    finding "$level" "$side/unreachable" "The $side cannot be reached: $(words_of "$WORK/no-answer")"
    return 1
  fi
  [ -n "$missing" ] || return 0
  finding "$level" "$side/session" "Sessions of the $side do not have the settings that the copy asks for (${missing//$'\n'/, }): something in between drops them, such as PgBouncer with ignore_startup_parameters = options. Give the address of PostgreSQL itself."
  return 1
}

# Whether server $1 lets a session into its maintenance database: what keeps one out of another is then that database's own.
server_answers() (
  leave_databases
  "on_$1" "${SQL[@]}" --command=';' > /dev/null 2>&1
)

# The database that is meant at side $1 could not be asked, with what file $2 says. It is refused by name where it let no
# session in; after anything else the command ends.
closed_database() {
  local side=$1 words name=$SOURCE_DATABASE
  [ "$side" = source ] || name=$TARGET_DATABASE
  words=$(NO_ROWS=true words_of "$2")
  if [[ $words != 'psql: error: connection to server'* ]] || ! server_answers "$side"; then
    cat "$2" >&2
    return 1
  fi
  finding refuses "$side/may-not-connect" "Database $(json_text "$name") of the $side lets no session of the copy in: ${words#psql: error: }. Mend that, or exclude the database."
}
