# Sourced by every unit of the queue, which gets a database's folder as its first argument.
# shellcheck shell=bash
set -euo pipefail
shopt -s inherit_errexit
# shellcheck source=servers.sh
. "$SCRIPTS/servers.sh"
# shellcheck source=report.sh
. "$SCRIPTS/report.sh"
# shellcheck source=discover.sh
. "$SCRIPTS/discover.sh"

FOLDER=$1
use_database "$FOLDER"
export TARGET_OPTIONS="-c synchronous_commit=off -c max_parallel_maintenance_workers=0"

# What psql runs before it looks at the target by the names of the source: a mapping renamed the schemas when the copy
# was proven. Nothing is committed.
as_in_source() {
  local undo=
  [[ $(< "$FOLDER/state") != proven* ]] || undo=$(cat "$FOLDER/undo.sql" "$FOLDER/extensions.sql")
  printf 'BEGIN; %s\n' "$undo" > "$FOLDER/as-in-source.$$"
  mv "$FOLDER/as-in-source.$$" "$FOLDER/as-in-source.sql"
}

# Runs the checks of file $1 at the target, which print to $2. A table, column or schema that is not there is no failure
# but a difference: its line is missing.
check_target() {
  as_in_source
  on_target "${SQL[@]}" --set=ON_ERROR_STOP=0 --set=ON_ERROR_ROLLBACK=on \
    --file="$FOLDER/as-in-source.sql" --file="$1" > "$2" 2> "$2.messages" || {
    cat "$2.messages" >&2
    return 1
  }
  ! grep -E '^psql:[^ ]*:[0-9]+: [^ :]+:  [0-9A-Z]{5}: ' "$2.messages" | grep -vE '^[^ ]* [^ :]+:  (42703|42P01|3F000|0[012]...): ' >&2
}

# What psql takes to print the lines of catalog.sql.
IFS=$'\t' read -r SOURCE_MAJOR _ < "$WORK/identity.source"
IFS=$'\t' read -r TARGET_MAJOR _ < "$WORK/identity.target"
CATALOG=(--set=own="$(< "$FOLDER/own")" --set=oldest="$((SOURCE_MAJOR < TARGET_MAJOR ? SOURCE_MAJOR : TARGET_MAJOR))")
CATALOG+=(--file="$SCRIPTS/list-settings.sql" --file="$SCRIPTS/catalog.sql")

# The schemas that a mapping limits the copy to, as pg_dump takes them.
mapfile -t DUMPED < "$FOLDER/schemas"
[ -n "${DUMPED[*]}" ] || DUMPED=()
DUMPED=("${DUMPED[@]/#/--schema=}" --exclude-schema=cdk8s_rhdh)
# What a mapping of schemas takes along.
mapfile -t -O "${#DUMPED[@]}" DUMPED < "$FOLDER/extensions"

# Bytes from which on a table is copied by itself.
BIG=${MOVE_BIG_TABLE_BYTES:-8388608}

# Whether the archive that prepare.sh made has the rows of all tables but the big ones.
rest_is_archived() { [ "$(< "$FOLDER/rest.bytes")" -lt "$BIG" ]; }

# What pg_dump takes so that it leaves out the rows of big tables.
leave_out_big_tables() {
  local pattern table
  BIG_TABLES_LEFT_OUT=()
  while IFS= read -r pattern; do
    printf -v table %b "$pattern"
    BIG_TABLES_LEFT_OUT+=("--exclude-table-data=$table")
  done < "$FOLDER/big-tables"
}

# Lists what of the archive is restored: no schema that the target has already, and no trigger by which PostgreSQL itself checks a
# foreign key, as pg_dump names those of the source; comments of extensions come with the extension, or from finish.sh. Event triggers have a list of their own: they come last, as they would see what is done then.
list_archive() {
  local oid left_out='[0-9]+ [0-9]+ (COMMENT - EXTENSION |TRIGGER .* RI_ConstraintTrigger_[ac]_[0-9]+ )' event_trigger='^[0-9]+; [0-9]+ [0-9]+ (COMMENT - )?EVENT TRIGGER '
  while read -r oid; do
    left_out+="|2615 $oid "
  done < "$FOLDER/schemas-there"
  pg_restore --list "$FOLDER/archive" | grep -vE "^[0-9]+; ($left_out)" > "$FOLDER/archive.list"
  grep -vE "$event_trigger" "$FOLDER/archive.list" > "$FOLDER/list"
  grep -E "$event_trigger" "$FOLDER/archive.list" > "$FOLDER/event-triggers.list" || true
}

# Restores a part of the archive into the target database. What it says meanwhile tells which object an error is about.
restore() {
  loading_target pg_restore --verbose "$@" --no-owner --no-privileges --no-tablespaces --exit-on-error --dbname="$(connection_string "$TARGET_DATABASE")" "$FOLDER/archive"
}
