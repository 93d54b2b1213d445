# Sourced. The command `copy`: what is done for each database, and what follows what.
#   prepare -> copy-table, copy-rest -> build-index -> finish -> seal
#                        \-> prove-table, prove-rest --------^
# and, once everything is said, analyze.
# shellcheck shell=bash

# Units that are still to come of each database, until it is loaded and until it is proven.
declare -A LOADING=() PROVING=() FINISHED=() FAILED=()

copy_databases() {
  preflight
  refused && conclude refused
  local folder target
  for folder in "$WORK"/databases/*/; do
    [ "$(< "$folder/state")" = written ] || stand_in_line "${folder%/}"
  done
  for target in "${!LINE[@]}"; do
    next_in_line "$target"
  done
  begin_progress
  run_queue "$WORKERS"
  collect_results
  if [ "${#FAILED[@]}" -gt 0 ]; then conclude failed; fi
  if grep -qs '"equal":false' "$WORK/summaries"; then conclude unequal; fi
  if grep -qsx written "$WORK"/databases/*/state; then conclude written gather_statistics; fi
  conclude proven gather_statistics
}

# Comes last, so that the hub can be switched meanwhile: what the planner knows of each table, which no copy brings along.
gather_statistics() {
  local folder
  for folder in "$WORK"/databases/*/; do
    [ "$(< "$folder/state")" = written ] || add_unit "$(< "$folder/bytes")" analyze "${folder%/}"
  done
  run_queue "$WORKERS"
}

# Databases that share a target come one after the other, what was half-done first: each is loaded into the same schema
# before that is renamed. After a failure nobody follows.
declare -A LINE=()
stand_in_line() {
  local target
  target=$(< "$1/target")
  case "$(< "$1/state")" in
    copying*) LINE[$target]="$1 ${LINE[$target]:-}" ;;
    *) LINE[$target]="${LINE[$target]:-} $1" ;;
  esac
}
next_in_line() {
  local folder rest
  read -r folder rest <<< "${LINE[$1]}"
  LINE[$1]=$rest
  [ -z "$folder" ] || add_unit "$(< "$folder/bytes")" prepare "$folder"
}

# Told of every unit that ended; adds those that could not begin before.
unit_ended() {
  local script=$1 folder=$2 key=$3 code=$4 files=$5
  [ -z "${FAILED[$folder]:-}" ] || return 0
  if [ "$code" -ne 0 ]; then
    unit_failed "$@"
    return 0
  fi
  cat "$files.log"
  warnings_of "$files.messages"
  count_unit "$script" "$folder" "$key"
  case "$script" in
    prepare) add_tables "$folder" ;;
    copy-table)
      add_indexes "$folder" "$key"
      loaded_one "$folder"
      add_proof "$folder" "$key"
      ;;
    copy-rest)
      loaded_one "$folder"
      add_unit "$(< "$folder/rest.bytes")" prove-rest "$folder"
      ;;
    build-index) loaded_one "$folder" ;;
    finish)
      FINISHED[$folder]=1
      seal_if_complete "$folder"
      ;;
    prove-table | prove-rest)
      PROVING[$folder]=$((PROVING[$folder] - 1))
      seal_if_complete "$folder"
      ;;
    seal)
      close_snapshot "$folder"
      next_in_line "$(< "$folder/target")"
      ;;
  esac
}

unit_failed() {
  local script=$1 folder=$2 key=$3 code=$4 files=$5 words
  cat "$files.log"
  words=$(FOLDER=$folder words_of "$files.messages")
  words="Database $(name_of "$folder"): $script failed$(about_unit "$script" "$folder" "$key"): ${words:-it ended with exit code $code}"
  say "$words"
  finding fails "$script/failed" "$words"
  FAILED[$folder]=1
  drop_units "$folder"
  close_snapshot "$folder"
}

# What a unit is about, in words, where that is less than the database.
about_unit() {
  local script=$1 name=$2/tables/${3%% *}.name
  case "$script" in
    copy-table | prove-table) [ ! -s "$name" ] || printf ' for table %s' "$(< "$name")" ;;
  esac
}

# What follows `prepare`: everything is loaded, or, where it was proven before, only proven again.
add_tables() {
  local folder=$1 file oid
  local -i tables=0
  plan_effort "$folder"
  if proven_before "$folder"; then FINISHED[$folder]=1 LOADING[$folder]=0; else LOADING[$folder]=1; fi
  for file in "$folder"/tables/*.bytes; do
    [ -e "$file" ] || continue
    oid=${file##*/}
    oid=${oid%.bytes}
    tables+=1
    if [ -n "${FINISHED[$folder]:-}" ]; then
      add_proof "$folder" "$oid"
    else
      LOADING[$folder]=$((LOADING[$folder] + 1))
      add_needed_unit "$(< "${file%.bytes}.weight")" copy-table "$folder" "$oid"
    fi
  done
  PROVING[$folder]=$((tables + 1))
  if [ -n "${FINISHED[$folder]:-}" ]; then
    add_unit "$(< "$folder/rest.bytes")" prove-rest "$folder"
  else
    add_needed_unit "$(< "$folder/rest.bytes")" copy-rest "$folder"
  fi
}

# A unit that `finish` waits for weighs more in a large database: checking foreign keys comes last and takes long.
add_needed_unit() { add_unit "$(($1 + $(< "$3/bytes") / 2))" "${@:2}"; }

# Nothing waits for a proof for long, so it fills the gaps between units that others wait for.
add_proof() { add_unit "$(($(< "$1/tables/$2.bytes") / 2))" prove-table "$1" "$2"; }

add_indexes() {
  local folder=$1 table=$2 weight index
  [ -e "$folder/tables/$table.indexes" ] || return 0
  while IFS=$'\t' read -r weight index; do
    LOADING[$folder]=$((LOADING[$folder] + 1))
    add_needed_unit "$weight" build-index "$folder" "$index"
  done < "$folder/tables/$table.indexes"
}

loaded_one() {
  LOADING[$1]=$((LOADING[$1] - 1))
  [ "${LOADING[$1]}" -gt 0 ] || add_needed_unit 0 finish "$1"
}

seal_if_complete() {
  if [ -n "${FINISHED[$1]:-}" ] && [ "${PROVING[$1]}" -eq 0 ]; then
    add_unit 0 seal "$1"
  fi
}

close_snapshot() {
  [ ! -e "$1/snapshot.pid" ] || kill "$(< "$1/snapshot.pid")" 2> /dev/null || true
  rm -f "$1/snapshot.pid"
}

# One JSON object and one line a database: with its tables for the report, without them for the last line.
collect_results() {
  local folder summary
  for folder in "$WORK"/databases/*/; do
    if [ -e "$folder/summary" ]; then
      summary=$(< "$folder/summary")
    else
      summary="{\"database\":$(name_of "$folder"),\"equal\":null"
    fi
    printf '%s}\n' "$summary" >> "$WORK/summaries"
    printf '%s,"tables":%s,"differences":%s}\n' "$summary" "$(json_array "$folder/tables.json")" \
      "$(json_array "$folder/differences.json")" >> "$WORK/results"
    [ ! -e "$folder/line" ] || cat "$folder/line" >> "$WORK/lines"
  done
}
