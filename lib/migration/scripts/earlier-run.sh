# Sourced. Only one run of a move works at a time: the newest, because an older one may be a pod that was killed.
# shellcheck shell=bash

# What an earlier run began must have ended before this one looks at what it left.
end_earlier_run() {
  local side left=${MOVE_PATIENCE_SECONDS:-30} sessions
  for side in source target; do
    until sessions=$("on_$side" "${SQL[@]}" --file="$SCRIPTS/earlier-run.sql") && [ -z "$sessions" ]; do
      if [ "$left" -le 0 ]; then
        [ -n "$sessions" ] || return 1
        finding fails "$side/earlier-run" "A session of an earlier run does not end at the $side: process ${sessions//$'\n'/, process }. Run this again; if it stays, end that process there."
        conclude failed
      fi
      left=$((left - 1))
      sleep 1
    done
  done
}
