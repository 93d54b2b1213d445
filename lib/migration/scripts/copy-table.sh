#!/usr/bin/env bash
# Unit: copies one big table. Frozen rows need no later visit: the table is emptied in the same transaction.
# shellcheck source=unit.sh
. "$SCRIPTS/unit.sh" "$@"
TABLE=$FOLDER/tables/$2
(
  cat "$TABLE.in"
  printf '\n'
  on_source "${SQL[@]}" --file="$FOLDER/begin.sql" --file="$TABLE.out"
) | loading_target "${SQL[@]}" --single-transaction --output=/dev/null --file="$SCRIPTS/compress.sql" --file=-
