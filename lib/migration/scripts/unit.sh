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
# More memory than this makes sorting slower (it leaves the processor's cache), and every worker takes it.
export TARGET_OPTIONS="-c synchronous_commit=off -c maintenance_work_mem=32MB -c max_parallel_maintenance_workers=0"

# Begins a transaction that sees what the snapshot of the database sees.
snapshot() {
  printf "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET TRANSACTION SNAPSHOT '%s';\n" "$(< "$FOLDER/snapshot")"
}
