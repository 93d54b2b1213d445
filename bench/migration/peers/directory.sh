#!/usr/bin/env bash
# pg_dump to a directory and pg_restore from it, both with two jobs and without compression, one database after the other.
set -euo pipefail
for database in $DATABASES; do
  psql --quiet --port="$TARGET_PORT" --dbname=postgres --command="CREATE DATABASE \"$database\""
  pg_dump --format=directory --compress=0 --jobs=2 --port="$SOURCE_PORT" --dbname="$database" --file="$FOLDER/$database"
  pg_restore --jobs=2 --exit-on-error --port="$TARGET_PORT" --dbname="$database" "$FOLDER/$database"
  rm -r "${FOLDER:?}/$database"
done
