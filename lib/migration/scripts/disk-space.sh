# Sourced. Whether what is still to be copied fits on the target's volume.
# shellcheck shell=bash

# A half-done copy is dropped first, so what it takes is free again.
check_disk_space() {
  local folder answer
  local -i bytes=0
  for folder in "$WORK"/databases/*/; do
    use_database "$folder"
    case "$(< "$folder/state")" in
      proven*) ;;
      copying | 'copying created') bytes+=$(< "$folder/bytes")-$(on_target "${SQL[@]}" --command='SELECT pg_database_size(current_database())') ;;
      *) bytes+=$(< "$folder/bytes") ;;
    esac
  done
  leave_databases
  [ "$bytes" -gt 0 ] || return 0
  if answer=$(on_target "${SQL[@]}" --set=bytes="$bytes" --file="$SCRIPTS/disk-space.sql" 2> "$WORK/no-answer"); then
    [ -z "$answer" ] || printf '%s\n' "$answer" >> "$WORK/findings"
  else
    finding notes target/room "How much room the target has is not known ($(words_of "$WORK/no-answer" | sed 's/^ERROR:  //')); the copy needs about $bytes bytes, and its log more."
  fi
}
