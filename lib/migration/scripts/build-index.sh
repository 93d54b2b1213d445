#!/usr/bin/env bash
# Unit: builds one index or constraint of a big table: $2 is its catalog and oid, as the archive's list has them, and the
# memory to build it with.
# shellcheck source=unit.sh
. "$SCRIPTS/unit.sh" "$@"
read -r catalog oid memory <<< "$2"
LIST=$FOLDER/index.$catalog.$oid
grep -E "^[0-9]+; $catalog $oid " "$FOLDER/list" > "$LIST"
[ -z "$memory" ] || TARGET_OPTIONS+=" -c maintenance_work_mem=$memory"
restore --use-list="$LIST"
