#!/usr/bin/env bash
# Unit: the verdict on a database. Compares both sides, finds out whether the source was written to meanwhile, and
# marks the target as proven.
# shellcheck source=unit.sh
. "$SCRIPTS/unit.sh" "$@"

# Tells of a line that one side has and the other has not: of a proof of rows, of counters.sql, or of catalog.sql. What
# the target cannot have, or had before, is no more than a note.
EXTENSION_COMMENTS=
COMMENTS_DIFFER=false
note_difference() {
  local side=$1 line=$2 what=catalog
  case "$side $line" in
    *' written '*) what=written ;;
    *' {"schema" : '*'", "table" : "'* | *' {"largeObjects"'*) what=rows ;;
    'source {"computed"'*)
      finding notes proof/generated-column "Values of a generated column of database $(name_of "$FOLDER") differ, as the target computes them anew, by PostgreSQL $TARGET_MAJOR instead of $SOURCE_MAJOR, with other libraries of its system, or by a function that was changed since: ${line%, \"checksum\"*}}. Its expression is equal."
      return 0
      ;;
    'target {"computed"'*) return 0 ;;
    *' {"extension comment"'*)
      COMMENTS_DIFFER=true
      [ "$side" = target ] || EXTENSION_COMMENTS+=${EXTENSION_COMMENTS:+,}$line
      return 0
      ;;
    'source {"setting"'*) ! left_out "$line" || return 0 ;;
    'source {"user mapping options"'*)
      if ! grep -qF -- "${line%%=*}=" "$FOLDER/catalog.target"; then
        finding notes proof/user-mapping "The role of the target may not see the options of a user mapping of database $(name_of "$FOLDER"), so they are not compared: ${line%%=*}."
        return 0
      fi
      ;;
    target*)
      if grep -qxF -- "$line" "$FOLDER/given"; then
        finding notes target/given "Database $(name_of "$FOLDER") of the target had before what the source has not, and keeps it: $line."
        return 0
      fi
      ;;
  esac
  printf '{"what":"%s","side":"%s","text":%s}\n' "$what" "$side" "$(json_text "$line")" >> "$FOLDER/differences.json"
}

# Whether the setting of a line is one that the target could not have, which is noted already.
left_out() {
  local name
  while IFS= read -r name; do
    [[ $1 != '{"setting" : "'"$name="* ]] || return 0
  done < "$FOLDER/settings.left-out"
  return 1
}

# The lines of both servers. What another major version prints otherwise is compared as the target prints it. Event
# triggers are made to be compared, and made for good when nothing is done any more that they would see.
: > "$FOLDER/differences.json"
: > "$FOLDER/event-triggers.sql"
: > "$FOLDER/printed.sql"
if [ -s "$FOLDER/event-triggers.list" ]; then
  pg_restore --no-owner --use-list="$FOLDER/event-triggers.list" --file="$FOLDER/event-triggers.sql" "$FOLDER/archive"
fi
printed=()
[ "$SOURCE_MAJOR" = "$TARGET_MAJOR" ] || printed=(--command="\\o '$FOLDER/printed.sql'" --file="$SCRIPTS/printed-anew.sql")
on_source "${SQL[@]}" "${CATALOG[@]}" "${printed[@]}" --command="\\o '$FOLDER/counters.after'" --file="$SCRIPTS/counters.sql" \
  --command='\o' --file="$SCRIPTS/connected.sql" > "$FOLDER/catalog.source"
as_in_source
on_target "${SQL[@]}" --set=source="$SOURCE_DATABASE" --command="\\o '$FOLDER/given'" --file="$SCRIPTS/given.sql" \
  --command='\o /dev/null' --file="$FOLDER/as-in-source.sql" --file="$FOLDER/event-triggers.sql" --command='\o' "${CATALOG[@]}" \
  --command="\\o '$FOLDER/printed.source'" --file="$FOLDER/printed.sql" > "$FOLDER/catalog.target"
if [ -s "$FOLDER/printed.sql" ]; then
  sed -i '/^{"view"/d; /^{"locale"/d' "$FOLDER/catalog.source"
fi
LC_ALL=C sort "$FOLDER"/proof/*.source "$FOLDER/catalog.source" "$FOLDER/printed.source" "$FOLDER/counters.before" > "$FOLDER/all.source"
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
    # Committed as the server itself commits: nothing of the copy is lost with a crash from now on.
    TARGET_OPTIONS='' on_target "${SQL[@]}" --single-transaction --set=source="$SOURCE_DATABASE" --set=source_fingerprint="$(< "$FOLDER/fingerprint")" \
      --set=fingerprint="$(< "$SCRIPTS/write-fingerprint.sql")" --output=/dev/null \
      --file="$FOLDER/rename.sql" --file="$FOLDER/event-triggers.sql" --file="$SCRIPTS/mark-proven.sql"
    ;;
esac
