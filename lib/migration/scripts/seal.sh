#!/usr/bin/env bash
# Unit: the verdict on a database. Compares both sides, finds out whether the source was written to meanwhile, and
# marks the target as proven.
# shellcheck source=unit.sh
. "$SCRIPTS/unit.sh" "$@"

# Notes a line that one side has and the other has not: of a proof of rows, of counters.sql, or of catalog.sql. Comments
# of extensions may differ, which is no more than a note.
EXTENSION_COMMENTS=
COMMENTS_DIFFER=false
note_difference() {
  local side=$1 line=$2 what=catalog
  case "$line" in
    'written '*) what=written ;;
    '{"schema" : '*'", "table" : "'* | '{"largeObjects"'*) what=rows ;;
    '{"extension comment"'*)
      COMMENTS_DIFFER=true
      [ "$side" = target ] || EXTENSION_COMMENTS+=${EXTENSION_COMMENTS:+,}$line
      return 0
      ;;
  esac
  printf '{"what":"%s","side":"%s","text":%s}\n' "$what" "$side" "$(json_text "$line")" >> "$FOLDER/differences.json"
}

: > "$FOLDER/differences.json"
on_source "${SQL[@]}" --file="$SCRIPTS/catalog.sql" --command="\\o '$FOLDER/counters.after'" --file="$SCRIPTS/counters.sql" \
  --file="$SCRIPTS/connected.sql" > "$FOLDER/catalog.source"
as_in_source
on_target "${SQL[@]}" --file="$FOLDER/as-in-source.sql" --file="$SCRIPTS/catalog.sql" > "$FOLDER/catalog.target"
LC_ALL=C sort "$FOLDER"/proof/*.source "$FOLDER/catalog.source" "$FOLDER/counters.before" > "$FOLDER/all.source"
LC_ALL=C sort "$FOLDER"/proof/*.target "$FOLDER/catalog.target" "$FOLDER/counters.after" > "$FOLDER/all.target"
comm -3 "$FOLDER/all.source" "$FOLDER/all.target" > "$FOLDER/compared"
while IFS= read -r line; do
  case "$line" in
    $'\t'*) note_difference target "${line#$'\t'}" ;;
    *) note_difference source "$line" ;;
  esac
done < "$FOLDER/compared"
if "$COMMENTS_DIFFER"; then
  finding notes proof/extension-comment "Comments of extensions of database $(name_of "$FOLDER") differ from those of the source, $EXTENSION_COMMENTS: only the owner of an extension may write its comment."
fi

equal=true
[ ! -s "$FOLDER/differences.json" ] || equal=false
tables=0
rows=0
sampled=0
of_table='^\{"schema" : (".*"), "table" : (".*"), "rows" : ([0-9]+), ("compared" : ([0-9]+), )?"checksum" '
: > "$FOLDER/tables.json"
while IFS= read -r line; do
  [[ $line =~ $of_table ]] || continue
  tables=$((tables + 1))
  rows=$((rows + BASH_REMATCH[3]))
  printf '%s\n' "$line" >> "$FOLDER/tables.json"
  [ -n "${BASH_REMATCH[5]}" ] || continue
  sampled=$((sampled + 1))
  finding notes proof/sample "Table ${BASH_REMATCH[1]}.${BASH_REMATCH[2]} of database $(name_of "$FOLDER") is proven by a sample: all ${BASH_REMATCH[3]} rows were counted, and ${BASH_REMATCH[5]} of them compared."
done < "$FOLDER/all.target"
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
    on_target "${SQL[@]}" --single-transaction --set=source="$SOURCE_DATABASE" --set=source_fingerprint="$(< "$FOLDER/fingerprint")" \
      --set=fingerprint="$(< "$SCRIPTS/write-fingerprint.sql")" --file="$FOLDER/rename.sql" --file="$SCRIPTS/mark-proven.sql"
    ;;
esac
