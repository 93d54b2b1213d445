#!/usr/bin/env bash
# Unit: copies one big table. Frozen rows need no later visit: the table is emptied in the same transaction.
# shellcheck source=unit.sh
. "$SCRIPTS/unit.sh" "$@"
TABLE=$FOLDER/tables/$2
{ snapshot && cat "$TABLE.out"; } > "$TABLE.read"
(
  cat "$TABLE.in"
  printf '\n'
  on_source "${SQL[@]}" --file="$TABLE.read"
) | on_target "${SQL[@]}" --single-transaction --output=/dev/null --file="$SCRIPTS/compress.sql" --file=-
