# Sourced. The command `written`: what was written to the target since it was proven.
# shellcheck shell=bash

# A database without the mark of this move was made since: all its rows count.
tell_written() {
  local folder
  : > "$WORK/written"
  reach target || conclude refused
  discover on_target
  for folder in "$WORK"/databases/*/; do
    [ -d "$folder" ] || continue
    use_database "$folder"
    if ! on_target "${SQL[@]}" --file="$SCRIPTS/written.sql" > "$folder/written" 2> "$folder/messages"; then
      closed_database target "$folder/messages"
      continue
    fi
    sed -n '/^{"level"/p' "$folder/written" >> "$WORK/findings"
    sed -n '/^{"database"/p' "$folder/written" >> "$WORK/written"
  done
  refused && conclude refused
  sed 's/^/  /' "$WORK/written"
  conclude 'done'
}
