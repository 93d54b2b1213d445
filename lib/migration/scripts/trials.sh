# Sourced. Before the hub is stopped, what each database is made of is tried at the target (trial.sh), which finds what no
# question does: locales, extensions, settings and functions that need more rights, roles, expressions.
# shellcheck shell=bash

try_databases() {
  local folder
  if [ "${MOVE_TRIAL:-on}" = off ]; then
    finding notes target/not-tried 'What the databases are made of was not tried at the target (MOVE_TRIAL is off).'
    return 0
  fi
  for folder in "$WORK"/databases/*/; do
    add_unit "$(< "$folder/bytes")" trial "${folder%/}"
  done
  run_queue "$WORKERS"
}

# The database of the target in which the database of folder $1 is tried: nobody else gives one such a name.
trial_name() {
  local identity folder=${1%/}
  IFS=$'\t' read -r _ _ identity < "$WORK/identity.source"
  printf 'cdk8s_rhdh_trial_%s_%s' "$identity" "${folder##*/}"
}

drop_trial() { on_target_server "${SQL[@]}" --set=name="$1" <<< 'DROP DATABASE IF EXISTS :"name" WITH (FORCE)'; }

# A run that was killed may have left some.
drop_trials() {
  local identity name
  IFS=$'\t' read -r _ _ identity < "$WORK/identity.source"
  on_target "${SQL[@]}" --command="SELECT datname FROM pg_database WHERE datname LIKE 'cdk8s\\_rhdh\\_trial\\_$identity\\_%' AND pg_has_role(datdba, 'usage')" > "$WORK/trials"
  while IFS= read -r name; do
    drop_trial "$name"
  done < "$WORK/trials"
}
