#!/usr/bin/env bash
# Entry of every Job of the move: runs what MOVE_COMMAND names, and ends with one line of JSON.
# Exit codes: 0 success, 1 failed (may be run again), 2 refused (findings), 3 unequal.
set -euo pipefail
shopt -s inherit_errexit
SCRIPTS=${BASH_SOURCE[0]%/*}
WORK=/tmp/move
export SCRIPTS WORK
# shellcheck source=servers.sh
. "$SCRIPTS/servers.sh"
# shellcheck source=report.sh
. "$SCRIPTS/report.sh"
# shellcheck source=discover.sh
. "$SCRIPTS/discover.sh"
# shellcheck source=connections.sh
. "$SCRIPTS/connections.sh"
# shellcheck source=disk-space.sh
. "$SCRIPTS/disk-space.sh"
# shellcheck source=earlier-run.sh
. "$SCRIPTS/earlier-run.sh"
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
# shellcheck source=copy.sh
. "$SCRIPTS/copy.sh"

# shellcheck disable=SC2317 # called by the trap
stop_children() {
  local pid
  # shellcheck disable=SC2046 # a list of process ids
  kill $(jobs -p) 2> /dev/null || true
  for pid in "$WORK"/databases/*/snapshot.pid; do
    [ ! -e "$pid" ] || kill "$(< "$pid")" 2> /dev/null || true
  done
}

# A run that ends where nobody expected it still says so in its last line.
# shellcheck disable=SC2317 # called by the trap
last_words() {
  local code=$?
  stop_children
  [ -e "$WORK/concluded" ] || printf '{"command":"%s","outcome":"failed","exitCode":%s}\n' "${MOVE_COMMAND:-copy}" "$code"
}

rm -rf "$WORK"
mkdir -p "$WORK/units"
cd "$WORK"
printf '[move]\nkeepalives_idle=30\nkeepalives_interval=10\nkeepalives_count=3\n' > "$PGSERVICEFILE"
trap last_words EXIT
trap 'exit 143' TERM
trap 'exit 130' INT

choose_target_maintenance_database
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
