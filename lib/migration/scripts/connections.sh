# Sourced. How many workers the copy has: as many as it was told, else 3, or fewer where a server has no connections
# for more.
# shellcheck shell=bash

WORKERS=3

choose_workers() {
  local side places free besides words
  WORKERS=${MOVE_WORKERS:-3}
  for side in source target; do
    "on_$side" "${SQL[@]}" --field-separator=$'\t' --set=side="$side" --file="$SCRIPTS/connections.sql" > "$WORK/connections.$side"
    while IFS=$'\t' read -r places free besides words; do
      if [ "$places" -lt "${MOVE_WORKERS:-1}" ]; then
        finding refuses "$side/connections" "The $side has $free connections left ($words) and a copy with ${MOVE_WORKERS:-1} at a time needs $((besides + 2 * ${MOVE_WORKERS:-1})): raise the limit, or end some of those$([ "${MOVE_WORKERS:-1}" -eq 1 ] || printf ', or lower the number of workers')."
      elif [ "$places" -lt "$WORKERS" ]; then
        WORKERS=$places
        finding notes "$side/connections" "The $side has $free connections left ($words), so the copy runs with workers: $WORKERS instead of 3."
      fi
    done < "$WORK/connections.$side"
  done
}
