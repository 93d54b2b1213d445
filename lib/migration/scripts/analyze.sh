#!/usr/bin/env bash
# Unit: gathers the planner's statistics of the tables that have none. A copy without them is no failure.
# shellcheck source=unit.sh
. "$SCRIPTS/unit.sh" "$@"
# shellcheck source=messages.sh
. "$SCRIPTS/messages.sh"
on_target "${SQL[@]}" --file="$SCRIPTS/analyze.sql" 2> "$FOLDER/analyze.messages" ||
  say "The statistics of database $(name_of "$FOLDER") could not be gathered, which autovacuum will do: $(words_of "$FOLDER/analyze.messages")"
