# Sourced. Looks at both servers and notes every finding, before anything is written.
# shellcheck shell=bash

only_preflight() {
  preflight
  refused || try_databases
  local folder
  for folder in "$WORK"/databases/*/; do
    [ ! -d "$folder" ] || printf '{"database":%s,"bytes":%s}\n' "$(name_of "$folder")" "$(< "$folder/bytes")"
  done | tee "$WORK/results" > "$WORK/summaries"
  if [ "${#FAILED[@]}" -gt 0 ]; then conclude failed; fi
  if refused; then conclude refused; else conclude ready; fi
}

preflight() {
  : > "$WORK/facts"
  case "${MOVE_PROOF:-full}" in
    full | sample) ;;
    *) finding refuses proof "MOVE_PROOF is ${MOVE_PROOF@Q}; write full or sample" ;;
  esac
  reach source || true
  reach target || true
  refused && return 0
  on_source "${SQL[@]}" --file="$SCRIPTS/identity.sql" > "$WORK/identity.source"
  on_target "${SQL[@]}" --file="$SCRIPTS/identity.sql" > "$WORK/identity.target"
  check_versions || return 0
  [ "${MOVE_COMMAND:-copy}" != copy ] || end_earlier_run
  drop_trials
  discover
  see_databases
  local folder line sessions=refuses
  # Before the hub is stopped, its sessions are no obstacle yet.
  [ "${MOVE_COMMAND:-copy}" != preflight ] || sessions=notes
  gather_facts "$sessions"
  for folder in "$WORK"/databases/*/; do
    [ -d "$folder" ] || continue
    use_database "$folder"
    if [ -e "$folder/no-facts" ]; then
      closed_database source "$folder/facts.messages"
      rm -r "$folder"
      continue
    fi
    : > "$folder/schemas-there"
    while IFS= read -r line; do
      case "$line" in
        '{"level"'*) printf '%s\n' "$line" >> "$WORK/findings" ;;
        '{"kind"'*) printf '%s\n' "$line" >> "$WORK/seen" ;;
        'extent '*) printf '%s\n' "${line#extent }" > "$folder/extent" ;;
        'public '*) printf '%s\n' "${line#public }" > "$folder/schemas-there" ;;
        '{"oid"'*)
          printf '%s\n' "$line" > "$folder/fact"
          printf '%s\n' "$line" >> "$WORK/facts"
          ;;
      esac
    done < "$folder/facts"
    find_extensions "$folder"
  done
  leave_databases
  if [ ! -s "$WORK/facts" ]; then
    refused || finding refuses source/no-databases "The source has no database that is to be copied (${MOVE_INCLUDE//$'\n'/, })."
    return 0
  fi
  export FACTS=$WORK/facts.json
  json_array "$WORK/facts" | as_utf8 > "$FACTS"
  on_source "${SQL[@]}" --set=side=source --set=level="$sessions" --file="$SCRIPTS/preflight-sessions.sql" \
    --file="$SCRIPTS/preflight-source.sql" >> "$WORK/findings"
  local identity
  IFS=$'\t' read -r _ _ identity < "$WORK/identity.source"
  on_target "${SQL[@]}" --set=identity="$identity" --set=started="$(on_source "${SQL[@]}" --command='SELECT extract(epoch FROM pg_postmaster_start_time())')" \
    --file="$SCRIPTS/preflight-target.sql" >> "$WORK/findings"
  choose_workers
  inspect_targets "$identity"
  sessions_at_targets
  check_disk_space
}

# What the databases of the source say of themselves, two at the same time; $1 is what a session in one of them is found to be.
gather_facts() {
  local folder asked=0
  for folder in "$WORK"/databases/*/; do
    [ -d "$folder" ] || continue
    asked=$((asked + 1))
    [ "$asked" -le 2 ] || wait -n || true
    use_database "$folder"
    {
      on_source "${SQL[@]}" --set=level="$1" --set=target="$TARGET_DATABASE" --set=mappings="${MOVE_MAPPINGS:-}" \
        --set=needed="$(< "$SCRIPTS/needed-extensions.sql")" --file="$SCRIPTS/facts.sql" --file="$SCRIPTS/broken-keys.sql" \
        > "$folder/facts" 2> "$folder/facts.messages" || touch "$folder/no-facts"
    } &
  done
  wait
}

# What is done with each database of the source, those that are passed over included.
see_databases() {
  local folder line name
  on_source "${SQL[@]}" --set=include="$MOVE_INCLUDE" --set=exclude="${MOVE_EXCLUDE:-}" --set=expected="${MOVE_EXPECTED:-}" \
    --set=mappings="${MOVE_MAPPINGS:-}" --set=pattern="$(< "$SCRIPTS/pattern.sql")" --file="$SCRIPTS/databases-seen.sql" > "$WORK/databases-seen"
  while IFS= read -r line; do
    case "$line" in
      '{"kind"'*) printf '%s\n' "$line" >> "$WORK/seen" ;;
      *) printf '%s\n' "$line" >> "$WORK/findings" ;;
    esac
  done < "$WORK/databases-seen"
  for folder in "$WORK"/databases/*/; do
    [ -d "$folder" ] || continue
    name=$(name_of "$folder")
    [ "$(as_utf8 <<< "$name")" != "$name" ] || continue
    finding refuses source/name "Database $name of the source has a name that is not UTF-8, which the target cannot have: rename it, or exclude it."
    rm -r "$folder"
  done
}

# Who is connected to databases that are still to be written. One that was proven may be in use: proven-target.sh sees to it.
sessions_at_targets() {
  local folder
  : > "$WORK/facts.waiting"
  for folder in "$WORK"/databases/*/; do
    case "$(< "$folder/state")" in
      proven* | written) ;;
      *) printf '%s\n' "$(< "$folder/fact")" >> "$WORK/facts.waiting" ;;
    esac
  done
  json_array "$WORK/facts.waiting" | as_utf8 > "$WORK/facts.waiting.json"
  FACTS=$WORK/facts.waiting.json on_target "${SQL[@]}" --set=side=target --set=level=refuses \
    --file="$SCRIPTS/preflight-sessions.sql" >> "$WORK/findings"
}

# Majors that pg_dump and pg_restore can serve: source <= tools <= target. A source that the proof cannot read ends it.
check_versions() {
  local source target tools
  IFS=$'\t' read -r source _ < "$WORK/identity.source"
  IFS=$'\t' read -r target _ < "$WORK/identity.target"
  tools=$(pg_dump --version)
  [[ $tools =~ \ ([0-9]+) ]] && tools=${BASH_REMATCH[1]}
  if [ "$source" -lt 14 ]; then
    finding refuses source/version "The source is PostgreSQL $source, and the proof reads 14 or newer: bring the source to a newer major version with pg_upgrade first."
    return 1
  elif [ "$target" -lt "$source" ]; then
    finding refuses target/version "The target is PostgreSQL $target and the source $source; a copy cannot go back to an older major version, so take a target of $source or newer."
  elif [ "$tools" -lt "$source" ] || [ "$tools" -gt "$target" ]; then
    finding refuses image/version "The client tools of the image are of PostgreSQL $tools, the source is $source and the target $target; take an image whose major version is neither older than the source nor newer than the target."
  fi
}

# What each target database is now: absent, empty, copying, proven, older, written, or somebody's.
inspect_targets() {
  local folder state number=0 presence
  on_target "${SQL[@]}" --file="$SCRIPTS/target-presence.sql" > "$WORK/presence"
  mapfile -t presence < "$WORK/presence"
  for folder in "$WORK"/databases/*/; do
    use_database "$folder"
    if ! state=$(target_state "$1" "${presence[number]}" 2> "$folder/target.messages"); then
      closed_database target "$folder/target.messages"
      state=closed
    fi
    number=$((number + 1))
    [[ $state != proven* ]] || state=$(state_of_proven "${folder%/}" "$state")
    case "$state" in
      closed) ;; # target/may-not-connect
      absent | invalid | empty | shared | copying* | proven* | older* | written) ;;
      *) finding refuses target/occupied "Database $(name_of "$folder") of the target holds data that this move did not write: $state. It is left as it is; drop or rename it, or exclude the database." ;;
    esac
    printf '%s\n' "$state" > "$folder/state"
  done
  leave_databases
}
