# Sourced. What becomes of a target that an earlier run proved: it is proven again, unless one of the sides lives on.
# shellcheck shell=bash

# Prints the state of the target of folder $1, which inspect-target.sql calls $2.
state_of_proven() {
  local folder=$1 state=$2 proven fingerprint same live now name
  name=$(name_of "$folder")
  IFS=$'\t' read -r proven fingerprint same live < <(on_target "${SQL[@]}" --field-separator=$'\t' --set=source="$SOURCE_DATABASE" --file="$SCRIPTS/proven-target.sql")
  now=$(on_source "${SQL[@]}" < "$SCRIPTS/write-fingerprint.sql")
  on_target "${SQL[@]}" --file="$SCRIPTS/written.sql" | sed -n '/^{"database"/p' > "$folder/written"
  if ! went_on "$fingerprint" "$now"; then
    if [ "$live" = t ]; then
      keep_written "$folder" "$proven"
      state=written
    fi
  elif [ "$same $live" = 't f' ] && [[ $state != *shared ]]; then
    finding notes target/older-copy "Database $name of the target is the copy of $proven; the source was written to since and the copy was not, so it is copied anew."
    state=older${state#proven}
  else
    finding refuses target/older-copy "Database $name of the target is the copy of $proven; the source was written to since, and the copy is in use or was written to as well ($(rows_in "$folder/written") rows). It is left as it is: drop or rename it, and what was written to it is not in the new copy."
  fi
  printf %s "$state"
}

# Whether fingerprint $2 of a database tells of writes since $1. Fewer rows written than before are lost statistics.
went_on() {
  [ "${2% *}" != "${1% *}" ] || [ "${2#* }" -gt "${1#* }" ]
}

# The outcome of a database that is in use since it was proven: nothing is compared with what it was copied from.
keep_written() {
  local folder=$1 proven=$2 name rows
  name=$(name_of "$folder")
  rows=$(rows_in "$folder/written")
  cat "$folder/written" >> "$WORK/written"
  finding notes target/written "Database $name of the target was proven equal at $proven and is in use since: $rows rows were written. It is left as it is, and not compared again."
  printf '{"database":%s,"bytes":%s,"equal":null,"provenAt":%s,"written":%s' "$name" "$(< "$folder/bytes")" "$(json_text "$proven")" "$rows" > "$folder/summary"
  printf '%s: proven at %s, %s rows written since\n' "$name" "$proven" "$rows" > "$folder/line"
}

rows_in() {
  local count sum=0
  while read -r _ _ count; do
    sum=$((sum + count))
  done < <(grep -oE '"(inserted|updated|deleted)" : [0-9]+' "$1" || true)
  printf %s "$sum"
}
