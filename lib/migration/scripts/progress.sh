# Sourced. Tells how far the copy is: databases, tables, bytes, rate, and what is left of it.
# shellcheck shell=bash

# Effort is a guess of time, counted in bytes of a table that is copied: an index takes three times its bytes or more, a
# proof half of them, and a database of which nothing is known yet twice its bytes.
declare -i DATABASES=0 PROVEN=0 TABLES=0 COPIED_TABLES=0 BYTES=0 COPIED_BYTES=0 EFFORT=0 EFFORT_DONE=0
declare -i BEGAN=0 TOLD_AT=0 TOLD_BYTES=0
declare -A EFFORT_OF=() BIG_TABLES=() BIG_BYTES=()

begin_progress() {
  local folder tables bytes
  for folder in "$WORK"/databases/*/; do
    folder=${folder%/}
    [ "$(< "$folder/state")" != written ] || continue
    DATABASES+=1
    EFFORT+=$(unplanned_effort "$folder")
    proven_before "$folder" && continue
    read -r tables bytes < "$folder/extent"
    TABLES+=$tables
    BYTES+=$bytes
  done
  BEGAN=$SECONDS
  TOLD_AT=$SECONDS
  say "$DATABASES databases are to be proven, of which $TABLES tables with $(size_text "$BYTES") are to be copied first; workers: $WORKERS"
}

proven_before() { [[ $(< "$1/state") = proven* ]]; }

unplanned_effort() { if proven_before "$1"; then printf %s "$(($(< "$1/bytes") / 2))"; else printf %s "$(($(< "$1/bytes") * 2))"; fi; }

# What was guessed of the database of folder $1 becomes what its plan says.
plan_effort() {
  local folder=$1 table weight index
  local -i tables=0 bytes=0
  EFFORT+=-$(unplanned_effort "$folder")
  for table in "$folder"/tables/*.bytes; do
    [ -e "$table" ] || continue
    tables+=1
    bytes+=$(< "$table")
    expect_proof "$(< "$table")" "$folder" table "$(basename "$table" .bytes)"
    table=${table%.bytes}.indexes
    if proven_before "$folder" || [ ! -e "$table" ]; then continue; fi
    while IFS=$'\t' read -r weight index; do
      expect "$folder build-index $index" "$weight"
    done < "$table"
  done
  BIG_TABLES[$folder]=$tables
  BIG_BYTES[$folder]=$bytes
  expect_proof "$(< "$folder/rest.bytes")" "$folder" rest ''
}

# `expect_proof bytes folder table|rest key`: and a copy before it, unless that was proven.
expect_proof() {
  expect "$2 prove-$3 $4" "$(($1 / 2))"
  proven_before "$2" || expect "$2 copy-$3 $4" "$1"
}
expect() {
  EFFORT_OF[$1]=$2
  EFFORT+=$2
}

# A unit ended well: `count_unit script folder key`.
count_unit() {
  local script=$1 folder=$2 key=$3 tables bytes
  EFFORT_DONE+=${EFFORT_OF["$folder $script $key"]:-0}
  case "$script" in
    copy-table)
      COPIED_TABLES+=1
      COPIED_BYTES+=$(< "$folder/tables/$key.bytes")
      ;;
    copy-rest)
      read -r tables bytes < "$folder/extent"
      COPIED_TABLES+=$tables-${BIG_TABLES[$folder]}
      COPIED_BYTES+=$bytes-${BIG_BYTES[$folder]}
      ;;
    seal) PROVEN+=1 ;;
  esac
}

# A line every MOVE_PROGRESS_SECONDS.
tell_progress() {
  local -i bytes interval=${MOVE_PROGRESS_SECONDS:-10} passed=$((SECONDS - TOLD_AT)) live=0
  local line
  [ "$DATABASES" -gt 0 ] && [ "$passed" -ge "$interval" ] && [ ! -e "$WORK/concluded" ] || return 0
  [ "$COPIED_BYTES" -ge "$BYTES" ] || live=$(on_target_server "${SQL[@]}" --file="$SCRIPTS/progress.sql" 2> /dev/null || printf 0)
  bytes=$((COPIED_BYTES + live < BYTES ? COPIED_BYTES + live : BYTES))
  line="$PROVEN of $DATABASES databases proven"
  if [ "$TABLES" -gt 0 ]; then
    line+=", $COPIED_TABLES of $TABLES tables and $(size_text "$bytes") of $(size_text "$BYTES") copied"
  fi
  if [ "$TOLD_BYTES" -lt "$BYTES" ]; then
    line+=", $(size_text "$(((bytes > TOLD_BYTES ? bytes - TOLD_BYTES : 0) / (passed > 0 ? passed : 1)))")/s"
  fi
  if [ "$((EFFORT_DONE + live))" -gt 0 ] && [ "$EFFORT" -gt "$((EFFORT_DONE + live))" ]; then
    line+=", about $(((SECONDS - BEGAN) * (EFFORT - EFFORT_DONE - live) / (EFFORT_DONE + live))) s left"
  fi
  say "$line"
  TOLD_AT=$SECONDS TOLD_BYTES=$bytes
}

# Bytes as pg_size_pretty writes them.
size_text() {
  local -i size=$1
  local unit
  for unit in bytes kB MB GB TB; do
    if [ "$size" -lt 10240 ] || [ "$unit" = TB ]; then break; fi
    size=$(((size + 512) / 1024))
  done
  printf '%s %s' "$size" "$unit"
}
