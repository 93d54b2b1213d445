#!/usr/bin/env bash
# The way of the RHDH operator's documentation: pg_dump piped to psql, one database after the other.
set -euo pipefail
for database in $DATABASES; do
  psql --quiet --port="$TARGET_PORT" --dbname=postgres --command="CREATE DATABASE \"$database\""
  pg_dump --port="$SOURCE_PORT" --dbname="$database" \
    | psql --quiet --set=ON_ERROR_STOP=1 --port="$TARGET_PORT" --dbname="$database" > /dev/null
done
