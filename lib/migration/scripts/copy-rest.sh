#!/usr/bin/env bash
# Unit: copies everything of a database that is no big table: the small tables, sequences, large objects.
# shellcheck source=unit.sh
. "$SCRIPTS/unit.sh" "$@"
if rest_is_archived; then
  restore --section=data --use-list="$FOLDER/list"
else
  leave_out_big_tables
  on_source pg_dump --section=data --snapshot="$(< "$FOLDER/snapshot")" "${DUMPED[@]}" \
    --no-owner --no-privileges --no-security-labels "${BIG_TABLES_LEFT_OUT[@]}" | loading_target "${SQL[@]}" --output=/dev/null --file="$SCRIPTS/compress.sql" --file=-
fi
