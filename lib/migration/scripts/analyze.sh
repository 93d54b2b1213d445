#!/usr/bin/env bash
# Unit: gathers the planner's statistics of the tables that have none.
# shellcheck source=unit.sh
. "$SCRIPTS/unit.sh" "$@"
on_target "${SQL[@]}" --file="$SCRIPTS/analyze.sql"
