#!/usr/bin/env bash
# Unit: counts and sums the rows of all the small tables on both sides.
# shellcheck source=unit.sh
. "$SCRIPTS/unit.sh" "$@"
on_source "${SQL[@]}" --file="$FOLDER/begin.sql" --file="$FOLDER/rest.check" > "$FOLDER/proof/rest.source" &
check_target "$FOLDER/rest.check" "$FOLDER/proof/rest.target"
wait $!
