#!/usr/bin/env bash
# Unit: counts and sums the rows of all the small tables on both sides.
# shellcheck source=unit.sh
. "$SCRIPTS/unit.sh" "$@"
on_source "${SQL[@]}" --file="$FOLDER/begin.sql" --file="$FOLDER/rest.check" > "$FOLDER/proof/rest.source" &
as_in_source
on_target "${SQL[@]}" --file="$FOLDER/as-in-source.sql" --file="$FOLDER/rest.check" > "$FOLDER/proof/rest.target"
wait $!
