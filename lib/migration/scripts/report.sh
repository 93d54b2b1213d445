# Sourced. What the move says: lines for people, findings, the report in a ConfigMap, the last line.
# shellcheck shell=bash

say() { printf '%s\n' "$*"; }

# A JSON string. Control characters that have no short form become blanks.
json_text() {
  local text=$1
  text=${text//\\/\\\\}
  text=${text//\"/\\\"}
  text=${text//$'\n'/\\n}
  text=${text//$'\t'/\\t}
  text=${text//[$'\001'-$'\037']/ }
  printf '"%s"' "$text"
}

# The lines of a file as a JSON array; a missing file is an empty one.
json_array() {
  local -a lines=()
  [ ! -e "$1" ] || mapfile -t lines < "$1"
  local IFS=,
  printf '[%s]' "${lines[*]}"
}

# Notes what was found: `finding refuses|fails|notes code text`.
finding() {
  printf '{"level":"%s","code":"%s","text":%s}\n' "$1" "$2" "$(json_text "$3")" >> "$WORK/findings"
}

refused() { grep -qs '"level" *: *"refuses"' "$WORK/findings"; }

# The report as text: findings first, then a line a database.
report_text() {
  local outcome=$1
  printf 'Move of databases: %s is %s\n' "${MOVE_COMMAND:-copy}" "$outcome"
  if [ -e "$WORK/findings" ]; then
    sed -E 's/^.*"level" ?: ?"([^"]*)".*"text" ?: ?"(.*)"\}$/\1: \2/; s/\\(["\\])/\1/g' "$WORK/findings"
  fi
  [ ! -e "$WORK/lines" ] || cat "$WORK/lines"
}

# The report as JSON; $2 is said about each database: `summaries` or `results`.
report_json() {
  printf '{"command":"%s","outcome":"%s","findings":%s,"databases":%s' "${MOVE_COMMAND:-copy}" "$1" \
    "$(json_array "$WORK/findings")" "$(json_array "$WORK/$2")"
  local extra
  for extra in sessions written; do
    [ ! -e "$WORK/$extra" ] || printf ',"%s":%s' "$extra" "$(json_array "$WORK/$extra")"
  done
  printf '}'
}

# The one place where a command ends: text, ConfigMap, last line, exit code. What need not be waited for is $2, done last.
conclude() {
  local outcome=$1 afterwards=${2:-:}
  report_text "$outcome" > "$WORK/report.txt"
  report_json "$outcome" results > "$WORK/report.json"
  if [ "$(wc -c < "$WORK/report.json")" -gt 800000 ]; then
    report_json "$outcome" summaries > "$WORK/report.json"
  fi
  cat "$WORK/report.txt"
  publish || say 'The report could not be written to its ConfigMap.'
  report_json "$outcome" summaries
  printf '\n'
  touch "$WORK/concluded"
  "$afterwards"
  case "$outcome" in
    proven | written | ready | done) exit 0 ;;
    refused) exit 2 ;;
    unequal) exit 3 ;;
    *) exit 1 ;;
  esac
}

# Applies the ConfigMap with the report. The copy's report has a name of its own: nothing else overwrites it.
publish() {
  [ -n "${REPORT_CONFIG_MAP:-}" ] || return 0
  local name=$REPORT_CONFIG_MAP account=/var/run/secrets/kubernetes.io/serviceaccount status
  [ "${MOVE_COMMAND:-copy}" = copy ] || name=$name-$MOVE_COMMAND
  (umask 077 && printf 'Authorization: Bearer %s\n' "$(< "$account/token")" > "$WORK/authorization")
  printf '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s"},"data":{"report.json":"%s","report.txt":"%s"}}' \
    "$name" "$(file_as_json "$WORK/report.json")" "$(file_as_json "$WORK/report.txt")" > "$WORK/config-map.json"
  status=$(curl --silent --show-error --retry 5 --retry-connrefused --max-time 60 --output "$WORK/answer" \
    --write-out '%{http_code}' --cacert "$account/ca.crt" --header "@$WORK/authorization" \
    --header 'Content-Type: application/apply-patch+yaml' --request PATCH --data-binary "@$WORK/config-map.json" \
    "$KUBERNETES_API/api/v1/namespaces/$MOVE_NAMESPACE/configmaps/$name?fieldManager=cdk8s-rhdh-move&force=true") || return 1
  case "$status" in
    200 | 201) say "The report is in ConfigMap $name." ;;
    *)
      say "The API server answered $status when ConfigMap $name was applied:"
      grep -oE '"message": *"([^"\\]|\\.)*"' "$WORK/answer" || true
      return 1
      ;;
  esac
}

# A text file as the inside of a JSON string.
file_as_json() { sed -e 's/\\/\\\\/g; s/"/\\"/g; s/\t/\\t/g' -e 's/$/\\n/' "$1" | tr -d '\n'; }
