#!/usr/bin/env bash
# `pgcopydb clone` of each database: AT_ONCE of them at a time, each with JOBS for tables and as many for indexes.
set -euo pipefail
export PGHOST=127.0.0.1
clone() {
  local database=$1
  psql --quiet --port="$TARGET_PORT" --dbname=postgres --command="CREATE DATABASE \"$database\""
  pgcopydb clone --dir "$FOLDER/$database" --table-jobs "$JOBS" --index-jobs "$JOBS" \
    --source "port=$SOURCE_PORT dbname=$database" --target "port=$TARGET_PORT dbname=$database" \
    > "$FOLDER/$database.log" 2>&1 || { tail "$FOLDER/$database.log" >&2 && return 1; }
}
export -f clone
# shellcheck disable=SC2086,SC2016 # a list of names; the inner shell expands
printf '%s\n' $DATABASES | xargs --max-procs="$AT_ONCE" -I{} bash -euc 'clone "$1"' clone {}
