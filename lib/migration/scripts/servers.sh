# Sourced. The two servers. Everything libpq needs travels in the environment, so that no password is ever an
# argument or a file. SOURCE_DATABASE and TARGET_DATABASE say which database is meant.
# shellcheck shell=bash

: "${SOURCE_MAINTENANCE_DATABASE:=postgres}" "${TARGET_MAINTENANCE_DATABASE:=postgres}"
: "${SOURCE_DATABASE:=$SOURCE_MAINTENANCE_DATABASE}" "${TARGET_DATABASE:=$TARGET_MAINTENANCE_DATABASE}"
# What a unit of work must not get from anywhere else: messages in English, no file of a home.
export LC_ALL=C HOME=/tmp PGCONNECT_TIMEOUT=15
# Sessions bear the name of their move, so that its next run finds those that a killed one left. PostgreSQL keeps 63 bytes.
PGAPPNAME="cdk8s-rhdh-move ${MOVE_NAMESPACE:-}/${REPORT_CONFIG_MAP:-}"
PGAPPNAME=${PGAPPNAME/migrate-databases-/}
export PGAPPNAME=${PGAPPNAME:0:63}

# What every session has, whatever server, database and role say: nothing ends a long statement, and what is written is
# read as it was meant. reach.sh sees to it that it took effect. After `?`: only where the server knows the setting and the
# login may set it.
SESSION_SETTINGS='array_nulls=on
default_transaction_deferrable=off
default_transaction_isolation=read committed
exit_on_error=off
idle_in_transaction_session_timeout=0
idle_session_timeout=0
jit=off
lc_monetary=C
lock_timeout=0
quote_all_identifiers=off
row_security=off
search_path=
standard_conforming_strings=on
statement_timeout=0
transform_null_equals=off
xmloption=content
?event_triggers=off
?restrict_nonsystem_relation_kind=
?transaction_timeout=0'
# The text of a value must be the same on both sides. Sessions that load have these from the database instead, as those of
# the hub will: what an index keeps may depend on them.
TEXT_SETTINGS='DateStyle=ISO, MDY
IntervalStyle=postgres
TimeZone=UTC
bytea_output=hex
extra_float_digits=3
xmlbinary=base64'
# A machine that is gone without a word is noticed within a minute, by the server here and by the client below.
KEEPALIVES='-c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3'
export PGSERVICE=move PGSERVICEFILE=$WORK/service

# The settings of lines $1 as PGOPTIONS has them.
as_options() {
  local line options=
  while IFS= read -r line; do
    line=${line//\\/\\\\}
    options+=" -c ${line// /\\ }"
  done <<< "$1"
  printf %s "$options"
}
# Until a server was asked which settings it knows.
if [ -z "${SOURCE_SESSION:-}" ]; then
  SOURCE_SESSION=$(as_options "${SESSION_SETTINGS%%$'\n?'*}")
  TEXT_OPTIONS=$(as_options "$TEXT_SETTINGS")
  export SOURCE_SESSION TARGET_SESSION=$SOURCE_SESSION TEXT_OPTIONS
fi

# shellcheck disable=SC2034 # used by those who source this file
PSQL=(psql --no-psqlrc --no-password --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 --set=VERBOSITY=verbose)
SQL=("${PSQL[@]}" --set=schemas=)

enter_source() {
  : "${SOURCE_HOST:?is not set: the Secret of the source is gone}" "${SOURCE_USER:?is not set: the Secret of the source is gone}"
  export PGHOST=$SOURCE_HOST PGPORT=$SOURCE_PORT PGUSER=$SOURCE_USER PGPASSWORD=$SOURCE_PASSWORD
  export PGSSLMODE=$SOURCE_SSLMODE PGSSLROOTCERT=${SOURCE_SSLROOTCERT:-} PGDATABASE=$SOURCE_DATABASE
  export PGOPTIONS="$KEEPALIVES$SOURCE_SESSION$TEXT_OPTIONS" PGCLIENTENCODING=${DATABASE_ENCODING:-SQL_ASCII}
}

enter_target() {
  export PGHOST=$TARGET_HOST PGPORT=$TARGET_PORT PGUSER=$TARGET_USER PGPASSWORD=$TARGET_PASSWORD
  export PGSSLMODE=$TARGET_SSLMODE PGSSLROOTCERT=${TARGET_SSLROOTCERT:-} PGDATABASE=$TARGET_DATABASE
  export PGOPTIONS="$KEEPALIVES$TARGET_SESSION$TEXT_OPTIONS -c default_transaction_read_only=off ${TARGET_OPTIONS:-}"
  export PGCLIENTENCODING=${DATABASE_ENCODING:-SQL_ASCII}
}

# Runs a program that connects to the one server or the other. Text is never converted on the way: a session in a database
# has its encoding (one may hold bytes that are no text of it), and in the maintenance database, none.
on_source() (
  asking source
  enter_source
  exec "$@"
)
on_target() (
  asking target
  enter_target
  exec "$@"
)

# The same for what loads rows or builds indexes.
loading_target() (
  TEXT_OPTIONS=
  enter_target
  exec "$@"
)

# The same where the target database need not exist.
on_target_server() (
  leave_databases
  asking target
  enter_target
  exec "$@"
)

# Remembers which server the main part of a command asked last.
asking() { [ -z "${ASKED:-}" ] || printf %s "$1" > "$ASKED"; }

# Of several names the first counts whose database lets the login in: it may be allowed to connect to that of the hub alone.
choose_target_maintenance_database() {
  local names
  mapfile -t names <<< "$TARGET_MAINTENANCE_DATABASE"
  [ "${#names[@]}" -gt 1 ] || return 0
  for TARGET_DATABASE in "${names[@]}"; do
    if on_target "${SQL[@]}" --command=';' > /dev/null 2>&1; then break; fi
  done
  export TARGET_MAINTENANCE_DATABASE=$TARGET_DATABASE
}

# Reads a file of one value, trailing line feeds included.
value_of() {
  local value
  IFS= read -r -d '' value < "$1" || true
  printf %s. "$value"
}

# Makes the database of folder $1 the one that is meant; `schemas` are those that are copied, all of them if it is empty.
use_database() {
  local value
  value=$(value_of "$1/name")
  SOURCE_DATABASE=${value%.}
  value=$(value_of "$1/target")
  TARGET_DATABASE=${value%.}
  DATABASE_ENCODING=$(< "$1/encoding")
  # shellcheck disable=SC2034 # used by those who source this file
  SQL=("${PSQL[@]}" --set=schemas="$(< "$1/schemas")")
}

# Makes the maintenance database of each server the one that is meant.
leave_databases() {
  SOURCE_DATABASE=$SOURCE_MAINTENANCE_DATABASE TARGET_DATABASE=$TARGET_MAINTENANCE_DATABASE DATABASE_ENCODING=
}

# A connection string that only says which database: pg_restore takes the name in no other way.
connection_string() {
  local name=${1//\\/\\\\}
  printf "dbname='%s'" "${name//\'/\\\'}"
}
