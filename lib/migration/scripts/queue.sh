# Sourced. One queue of units over all databases: the heaviest waiting unit starts as soon as a worker is free. A unit
# is a script of its own process; its last words are its exit code, in a file.
# shellcheck shell=bash

declare -A UNIT_WEIGHT=() UNIT_SCRIPT=() UNIT_FOLDER=() UNIT_KEY=() RUNNING=()
UNIT_COUNT=0

# `add_unit weight script folder [key]`
add_unit() {
  UNIT_COUNT=$((UNIT_COUNT + 1))
  UNIT_WEIGHT[$UNIT_COUNT]=$1
  UNIT_SCRIPT[$UNIT_COUNT]=$2
  UNIT_FOLDER[$UNIT_COUNT]=$3
  UNIT_KEY[$UNIT_COUNT]=${4:-}
}

# Runs units until none waits and none runs. `unit_ended script folder key code files` is told of each, with what it printed in `files.log` and `files.messages`, and may add more;
# `tell_progress` is called at least every second. A unit that ends says so in a pipe: `wait -n` misses one that ends
# before it is called.
run_queue() {
  local workers=$1 id
  mkfifo "$WORK/ended"
  exec 9<> "$WORK/ended"
  while :; do
    while [ "${#RUNNING[@]}" -lt "$workers" ] && heaviest_unit; do
      start_unit "$HEAVIEST"
    done
    [ "${#RUNNING[@]}" -gt 0 ] || break
    read -r -t 1 -u 9 id || true
    for id in "${!RUNNING[@]}"; do
      reap_unit "$id"
    done
    tell_progress
  done
  exec 9>&-
  rm "$WORK/ended"
}

heaviest_unit() {
  local id
  HEAVIEST=
  for id in "${!UNIT_WEIGHT[@]}"; do
    if [ -z "$HEAVIEST" ] || [ "${UNIT_WEIGHT[$id]}" -gt "${UNIT_WEIGHT[$HEAVIEST]}" ]; then
      HEAVIEST=$id
    fi
  done
  [ -n "$HEAVIEST" ]
}

start_unit() {
  local id=$1
  unset "UNIT_WEIGHT[$id]"
  {
    code=0
    bash "$SCRIPTS/${UNIT_SCRIPT[$id]}.sh" "${UNIT_FOLDER[$id]}" "${UNIT_KEY[$id]}" 9>&- > "$WORK/units/$id.log" 2> "$WORK/units/$id.messages" || code=$?
    printf '%s\n' "$code" > "$WORK/units/$id.code"
    printf '%s\n' "$id" >&9
  } &
  RUNNING[$id]=$!
}

# A unit that is gone without a word was killed.
reap_unit() {
  local id=$1 code=137
  if [ ! -s "$WORK/units/$id.code" ] && kill -0 "${RUNNING[$id]}" 2> /dev/null; then
    return 0
  fi
  unset "RUNNING[$id]"
  [ ! -s "$WORK/units/$id.code" ] || code=$(< "$WORK/units/$id.code")
  unit_ended "${UNIT_SCRIPT[$id]}" "${UNIT_FOLDER[$id]}" "${UNIT_KEY[$id]}" "$code" "$WORK/units/$id"
}

# Forgets what waits of the database of folder $1.
drop_units() {
  local id
  for id in "${!UNIT_WEIGHT[@]}"; do
    [ "${UNIT_FOLDER[$id]}" != "$1" ] || unset "UNIT_WEIGHT[$id]"
  done
}
