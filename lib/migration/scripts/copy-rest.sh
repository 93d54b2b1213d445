#!/usr/bin/env bash
# Unit: copies everything of a database that is no big table: the small tables, sequences, large objects.
# shellcheck source=unit.sh
. "$SCRIPTS/unit.sh" "$@"
excluded=()
while IFS= read -r pattern; do
  name=$(base64 -d <<< "$pattern")
  excluded+=("--exclude-table-data=$name")
done < "$FOLDER/excluded"
on_source pg_dump --section=data --snapshot="$(< "$FOLDER/snapshot")" "${DUMPED[@]}" \
  --no-owner --no-privileges --no-security-labels "${excluded[@]}" | on_target "${SQL[@]}" --output=/dev/null --file="$SCRIPTS/compress.sql" --file=-
