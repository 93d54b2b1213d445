#!/usr/bin/env bash
# Unit: the verdict on a database. Compares both sides, finds out whether the source was written to meanwhile, and
# marks the target as proven.
# shellcheck source=unit.sh
. "$SCRIPTS/unit.sh" "$@"

# The lines of kind $1 of both sides that the other does not have, as JSON.
compare() {
  local what=$1 line
  LC_ALL=C sort "$2" > "$2.sorted"
  LC_ALL=C sort "$3" > "$3.sorted"
  comm -3 "$2.sorted" "$3.sorted" > "$FOLDER/compared"
  while IFS= read -r line; do
    case "$line" in
      $'\t'*) printf '{"what":"%s","side":"target","text":%s}\n' "$what" "$(json_text "${line#$'\t'}")" ;;
      *) printf '{"what":"%s","side":"source","text":%s}\n' "$what" "$(json_text "$line")" ;;
    esac
  done < "$FOLDER/compared" >> "$FOLDER/differences.json"
}

: > "$FOLDER/differences.json"
cat "$FOLDER"/proof/*.source > "$FOLDER/rows.source"
cat "$FOLDER"/proof/*.target > "$FOLDER/rows.target"
compare rows "$FOLDER/rows.source" "$FOLDER/rows.target"
on_source "${SQL[@]}" --file="$SCRIPTS/catalog.sql" > "$FOLDER/catalog.source"
as_in_source
on_target "${SQL[@]}" --file="$FOLDER/as-in-source.sql" --file="$SCRIPTS/catalog.sql" > "$FOLDER/catalog.target"
for side in source target; do
  sed -n '/^{"extension comment"/p' "$FOLDER/catalog.$side" | LC_ALL=C sort > "$FOLDER/extension-comments.$side"
  sed -i '/^{"extension comment"/d' "$FOLDER/catalog.$side"
done
if ! cmp -s "$FOLDER"/extension-comments.{source,target}; then
  finding notes proof/extension-comment "Comments of extensions of database $(name_of "$FOLDER") differ from those of the source, $(paste -sd , "$FOLDER/extension-comments.source"): only the owner of an extension may write its comment."
fi
compare catalog "$FOLDER/catalog.source" "$FOLDER/catalog.target"
grep '^written ' "$FOLDER/snapshot.out" > "$FOLDER/counters.before" || true
on_source "${SQL[@]}" --file="$SCRIPTS/counters.sql" --file="$SCRIPTS/connected.sql" > "$FOLDER/counters.after"
compare written "$FOLDER/counters.before" "$FOLDER/counters.after"

equal=true
[ ! -s "$FOLDER/differences.json" ] || equal=false
rows=0
while read -r _ _ count; do
  rows=$((rows + count))
done < <(grep -oE '"rows" : [0-9]+' "$FOLDER/rows.target" || true)
grep '^{"schema"' "$FOLDER/rows.target" > "$FOLDER/tables.json" || true
tables=$(wc -l < "$FOLDER/tables.json")
sampled=0
of_sample='^\{"schema" : (".*"), "table" : (".*"), "rows" : ([0-9]+), "compared" : ([0-9]+), '
while IFS= read -r line; do
  [[ $line =~ $of_sample ]] || continue
  sampled=$((sampled + 1))
  finding notes proof/sample "Table ${BASH_REMATCH[1]}.${BASH_REMATCH[2]} of database $(name_of "$FOLDER") is proven by a sample: all ${BASH_REMATCH[3]} rows were counted, and ${BASH_REMATCH[4]} of them compared."
done < "$FOLDER/tables.json"
verdict=UNEQUAL
[ "$equal" = false ] || verdict=equal
by_sample=
if [ "$sampled" -gt 0 ]; then
  by_sample=",\"sampled\":$sampled"
  verdict+=", $sampled of the tables by a sample"
fi
target=
[ "$TARGET_DATABASE" = "$SOURCE_DATABASE" ] || target=",\"target\":$(json_text "$TARGET_DATABASE")"
printf '{"database":%s%s,"bytes":%s,"tables":%s,"rows":%s,"equal":%s%s' "$(name_of "$FOLDER")" "$target" "$(< "$FOLDER/bytes")" "$tables" "$rows" "$equal" "$by_sample" > "$FOLDER/summary"
printf '%s: %s tables, %s rows, %s\n' "$(name_of "$FOLDER")" "$tables" "$rows" "$verdict" > "$FOLDER/line"
cat "$FOLDER/line"
case "$equal $(< "$FOLDER/state")" in
  'true proven'*) ;;
  true*)
    on_target "${SQL[@]}" --single-transaction --set=source="$SOURCE_DATABASE" --set=source_print="$(sed -n 's/^print //p' "$FOLDER/snapshot.out")" --file="$FOLDER/rename.sql" \
      --file="$SCRIPTS/mark-proven.sql"
    ;;
esac
