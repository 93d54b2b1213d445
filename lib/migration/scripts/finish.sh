#!/usr/bin/env bash
# Unit: adds to a loaded database what is left (small indexes, constraints, triggers, views), and its comments. Event
# triggers come with the verdict.
# shellcheck source=unit.sh
. "$SCRIPTS/unit.sh" "$@"
pattern='^$'
for built in "$FOLDER"/index.*; do
  [ -e "$built" ] || continue
  object=${built##*/index.}
  pattern+="|^[0-9]+; ${object/./ } "
done
grep -vE "$pattern" "$FOLDER/list" > "$FOLDER/rest.list"
[ ! -s "$FOLDER/unlock.sql" ] || on_target "${SQL[@]}" --file="$FOLDER/unlock.sql"
restore --section=post-data --use-list="$FOLDER/rest.list"
[ ! -s "$FOLDER/comments.sql" ] || on_target "${SQL[@]}" --file="$FOLDER/comments.sql"
