#!/usr/bin/env bash
# Unit: adds to a loaded database what is left (small indexes, constraints, triggers, views), and its comments. Event
# triggers come last, with the verdict: they would see what is done until then.
# shellcheck source=unit.sh
. "$SCRIPTS/unit.sh" "$@"
pattern='^[0-9]+; [0-9]+ [0-9]+ (EVENT TRIGGER|COMMENT - EVENT TRIGGER) '
grep -E "$pattern" "$FOLDER/list" > "$FOLDER/event-triggers.list" || true
for built in "$FOLDER"/index.*; do
  [ -e "$built" ] || continue
  object=${built##*/index.}
  pattern+="|^[0-9]+; ${object/./ } "
done
grep -vE "$pattern" "$FOLDER/list" > "$FOLDER/rest.list"
on_target "${SQL[@]}" --file="$SCRIPTS/unlock.sql"
restore --section=post-data --use-list="$FOLDER/rest.list"
[ ! -s "$FOLDER/comments.sql" ] || on_target "${SQL[@]}" --file="$FOLDER/comments.sql"
