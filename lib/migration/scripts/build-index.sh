#!/usr/bin/env bash
# Unit: builds one index or constraint of a big table: $2 is its catalog and oid, as the archive's list has them.
# shellcheck source=unit.sh
. "$SCRIPTS/unit.sh" "$@"
LIST=$FOLDER/index.${2// /.}
grep -E "^[0-9]+; $2 " "$FOLDER/list" > "$LIST"
restore --use-list="$LIST"
