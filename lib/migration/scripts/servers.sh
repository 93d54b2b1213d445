# Sourced. The two servers. Everything libpq needs travels in the environment, so that no password is ever an
# argument or a file. SOURCE_DATABASE and TARGET_DATABASE say which database is meant.
# shellcheck shell=bash

: "${SOURCE_MAINTENANCE_DATABASE:=postgres}" "${TARGET_MAINTENANCE_DATABASE:=postgres}"
: "${SOURCE_DATABASE:=$SOURCE_MAINTENANCE_DATABASE}" "${TARGET_DATABASE:=$TARGET_MAINTENANCE_DATABASE}"
# What a unit of work must not get from anywhere else: messages in English, names in UTF-8, no file of a home.
export LC_ALL=C HOME=/tmp PGCONNECT_TIMEOUT=15 PGCLIENTENCODING=UTF8
# Sessions bear the name of their move, so that its next run finds those that a killed one left. PostgreSQL keeps 63 bytes.
PGAPPNAME="cdk8s-rhdh-move ${MOVE_NAMESPACE:-}/${REPORT_CONFIG_MAP:-}"
PGAPPNAME=${PGAPPNAME/migrate-databases-/}
export PGAPPNAME=${PGAPPNAME:0:63}

# No limit of role or database may end a long statement, and what is written is read as it was meant.
SESSION_OPTIONS='-c statement_timeout=0 -c lock_timeout=0 -c idle_in_transaction_session_timeout=0 -c row_security=off'
SESSION_OPTIONS+=' -c lc_monetary=C -c search_path= -c standard_conforming_strings=on -c xmloption=content -c jit=off'
# The text of a value must be the same on both sides. Sessions that load have these from the database instead, as those of
# the hub will: what an index keeps may depend on them.
TEXT_OPTIONS='-c DateStyle=ISO -c IntervalStyle=postgres -c TimeZone=UTC -c extra_float_digits=3 -c bytea_output=hex -c xmlbinary=base64'
# A machine that is gone without a word is noticed within a minute, by the server here and by the client below.
export PGSERVICE=move PGSERVICEFILE=$WORK/service
SESSION_OPTIONS+=' -c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3'

# shellcheck disable=SC2034 # used by those who source this file
PSQL=(psql --no-psqlrc --no-password --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 --set=VERBOSITY=verbose)
SQL=("${PSQL[@]}" --set=schemas=)

enter_source() {
  : "${SOURCE_HOST:?is not set: the Secret of the source is gone}" "${SOURCE_USER:?is not set: the Secret of the source is gone}"
  export PGHOST=$SOURCE_HOST PGPORT=$SOURCE_PORT PGUSER=$SOURCE_USER PGPASSWORD=$SOURCE_PASSWORD
  export PGSSLMODE=$SOURCE_SSLMODE PGSSLROOTCERT=${SOURCE_SSLROOTCERT:-} PGDATABASE=$SOURCE_DATABASE
  export PGOPTIONS="$SESSION_OPTIONS $TEXT_OPTIONS ${SOURCE_OPTIONS:-}"
}

enter_target() {
  export PGHOST=$TARGET_HOST PGPORT=$TARGET_PORT PGUSER=$TARGET_USER PGPASSWORD=$TARGET_PASSWORD
  export PGSSLMODE=$TARGET_SSLMODE PGSSLROOTCERT=${TARGET_SSLROOTCERT:-} PGDATABASE=$TARGET_DATABASE
  export PGOPTIONS="$SESSION_OPTIONS $TEXT_OPTIONS -c default_transaction_read_only=off ${TARGET_OPTIONS:-}"
  [ ! -s "$WORK/event-triggers-off" ] || PGOPTIONS+=" $(< "$WORK/event-triggers-off")"
}

# Runs a program that connects to the one server or the other.
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
  TARGET_DATABASE=$TARGET_MAINTENANCE_DATABASE
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
  # shellcheck disable=SC2034 # used by those who source this file
  SQL=("${PSQL[@]}" --set=schemas="$(< "$1/schemas")")
}

# Makes the maintenance database of each server the one that is meant.
leave_databases() {
  SOURCE_DATABASE=$SOURCE_MAINTENANCE_DATABASE TARGET_DATABASE=$TARGET_MAINTENANCE_DATABASE
}

# A connection string that only says which database: pg_restore takes the name in no other way.
connection_string() {
  local name=${1//\\/\\\\}
  printf "dbname='%s'" "${name//\'/\\\'}"
}
