#!/usr/bin/env bash
# Unit: counts and sums the rows of one big table on both sides.
# shellcheck source=unit.sh
. "$SCRIPTS/unit.sh" "$@"
TABLE=$FOLDER/tables/$2
on_source "${SQL[@]}" --file="$FOLDER/begin.sql" --file="$TABLE.check" > "$FOLDER/proof/$2.source" &
check_target "$TABLE.check" "$FOLDER/proof/$2.target"
wait $!
