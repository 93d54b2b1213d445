#!/usr/bin/env bash
# Unit: counts and sums the rows of all the small tables on both sides.
# shellcheck source=unit.sh
. "$SCRIPTS/unit.sh" "$@"
{ snapshot && cat "$FOLDER/rest.check"; } > "$FOLDER/rest.check.source"
on_source "${SQL[@]}" --file="$FOLDER/rest.check.source" > "$FOLDER/proof/rest.source" &
on_target "${SQL[@]}" --file="$FOLDER/rest.check" > "$FOLDER/proof/rest.target"
wait $!
