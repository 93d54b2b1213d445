#!/usr/bin/env bash
# Unit: counts and sums the rows of all the small tables on both sides.
# shellcheck source=unit.sh
. "$SCRIPTS/unit.sh" "$@"
{ snapshot && cat "$FOLDER/rest.check"; } > "$FOLDER/rest.check.source"
on_source "${SQL[@]}" --file="$FOLDER/rest.check.source" > "$FOLDER/proof/rest.source" &
as_in_source
on_target "${SQL[@]}" --file="$FOLDER/as-in-source.sql" --file="$FOLDER/rest.check" > "$FOLDER/proof/rest.target"
wait $!
