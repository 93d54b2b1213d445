#!/usr/bin/env bash
# Entry of every Job of the move: runs what MOVE_COMMAND names, and ends with one line of JSON.
# Exit codes, whatever a program's was: 0 success, 1 failed (may be run again), 2 refused (findings), 3 unequal.
set -euo pipefail
shopt -s inherit_errexit
SCRIPTS=${BASH_SOURCE[0]%/*}
WORK=/tmp/move
export SCRIPTS WORK
# shellcheck source=servers.sh
. "$SCRIPTS/servers.sh"
# shellcheck source=messages.sh
. "$SCRIPTS/messages.sh"
# shellcheck source=report.sh
. "$SCRIPTS/report.sh"
# shellcheck source=discover.sh
. "$SCRIPTS/discover.sh"
# shellcheck source=connections.sh
. "$SCRIPTS/connections.sh"
# shellcheck source=disk-space.sh
. "$SCRIPTS/disk-space.sh"
# shellcheck source=reach.sh
. "$SCRIPTS/reach.sh"
# shellcheck source=earlier-run.sh
. "$SCRIPTS/earlier-run.sh"
# shellcheck source=mapped-extensions.sh
. "$SCRIPTS/mapped-extensions.sh"
# shellcheck source=preflight.sh
. "$SCRIPTS/preflight.sh"
# shellcheck source=proven-target.sh
. "$SCRIPTS/proven-target.sh"
# shellcheck source=fence.sh
. "$SCRIPTS/fence.sh"
# shellcheck source=sessions.sh
. "$SCRIPTS/sessions.sh"
# shellcheck source=written.sh
. "$SCRIPTS/written.sh"
# shellcheck source=progress.sh
. "$SCRIPTS/progress.sh"
# shellcheck source=queue.sh
. "$SCRIPTS/queue.sh"
# shellcheck source=trials.sh
. "$SCRIPTS/trials.sh"
# shellcheck source=copy.sh
. "$SCRIPTS/copy.sh"

run_command() {
  case "${MOVE_COMMAND:-copy}" in
    copy) copy_databases ;;
    preflight) only_preflight ;;
    fence) fence_source ;;
    unfence) unfence_source ;;
    sessions) tell_sessions ;;
    written) tell_written ;;
    *)
      finding refuses command "MOVE_COMMAND is ${MOVE_COMMAND@Q}; write copy, preflight, fence, unfence, sessions or written"
      conclude refused
      ;;
  esac
}

# The command was told to end: so is everything that it began.
# shellcheck disable=SC2317 # called by the traps
stop() {
  trap '' TERM INT HUP
  kill -TERM -- "-$COMMAND_PID" 2> /dev/null || true
  wait "$COMMAND_PID" 2> /dev/null || true
  # Nobody waits for the report much longer.
  PUBLISH_SECONDS=10
  [ -e "$WORK/concluded" ] || finding fails command/stopped "The Job was told to end by SIG$1 before it was done. Run it again."
  last_words
}

# Whatever became of the command, its report is written and its last line said.
last_words() {
  kill -TERM -- "-$COMMAND_PID" 2> /dev/null || true
  if [ ! -e "$WORK/concluded" ]; then
    fails || finding fails command/failed "The command ${MOVE_COMMAND:-copy} did not come to its end: $(last_message)"
    [ -e "$WORK/results" ] || collect_results
    settle failed
  fi
  [ -e "$WORK/told" ] || tell
  exit "$(< "$WORK/concluded")"
}

# What the main part of the command was told last, and by which server.
last_message() {
  local words
  words=$(words_of "$WORK/messages")
  printf '%s%s' "$([ ! -s "$WORK/asked" ] || printf 'the %s was asked: ' "$(< "$WORK/asked")")" "${words:-it was killed}"
}

rm -rf "$WORK"
mkdir -p "$WORK/units" "$WORK/databases"
cd "$WORK"
printf '[move]\nkeepalives_idle=30\nkeepalives_interval=10\nkeepalives_count=3\n' > "$PGSERVICEFILE"

# The command is a process group of its own: this process does nothing but wait, so nothing keeps it from its last words.
set -m
(
  ASKED=$WORK/asked
  run_command
) 2> "$WORK/messages" &
COMMAND_PID=$!
set +m
trap 'stop TERM' TERM
trap 'stop INT' INT
trap 'stop HUP' HUP
wait "$COMMAND_PID" 2> /dev/null || true
last_words
