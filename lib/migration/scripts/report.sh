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

refused() { grep -qs '^{"level" *: *"refuses"' "$WORK/findings"; }
fails() { grep -qs '^{"level" *: *"fails"' "$WORK/findings"; }

# The report as text: findings first, then a line a database.
report_text() {
  local outcome=$1
  printf 'Move of databases: %s is %s\n' "${MOVE_COMMAND:-copy}" "$outcome"
  if [ -e "$WORK/findings" ]; then
    sed -E 's/^.*"level" ?: ?"([^"]*)".*"text" ?: ?"(.*)"\}$/\1: \2/; s/\\(["\\])/\1/g' "$WORK/findings"
  fi
  [ ! -e "$WORK/lines" ] || cat "$WORK/lines"
}

# The report as JSON; $2 is said about each database: `summaries` or `results`; and what else there is of $3 and on.
report_json() {
  printf '{"command":"%s","outcome":"%s","findings":%s,"databases":%s' "${MOVE_COMMAND:-copy}" "$1" \
    "$(json_array "$WORK/findings")" "$(json_array "$WORK/$2")"
  local extra
  for extra in "${@:3}"; do
    [ ! -e "$WORK/$extra" ] || printf ',"%s":%s' "$extra" "$(json_array "$WORK/$extra")"
  done
  printf '}'
}

# The one place where a command ends: text, ConfigMap, last line, exit code. What need not be waited for is $2, done last.
conclude() {
  local afterwards=${2:-:}
  settle "$1"
  tell
  "$afterwards"
  exit "$(< "$WORK/concluded")"
}

# From here on it is decided how the command ends, whatever happens to it.
settle() {
  local outcome=$1 code=1
  case "$outcome" in
    proven | written | ready | done) code=0 ;;
    refused) code=2 ;;
    unequal) code=3 ;;
  esac
  report_text "$outcome" | as_utf8 > "$WORK/report.txt"
  report_json "$outcome" results seen sessions written | as_utf8 > "$WORK/report.json"
  if [ "$(wc -c < "$WORK/report.json")" -gt 800000 ]; then
    report_json "$outcome" summaries seen sessions written | as_utf8 > "$WORK/report.json"
  fi
  report_json "$outcome" summaries sessions written | as_utf8 > "$WORK/last-line"
  printf '%s\n' "$code" > "$WORK/concluded.new"
  mv "$WORK/concluded.new" "$WORK/concluded"
}

tell() {
  cat "$WORK/report.txt"
  publish || say 'The report could not be written to its ConfigMap.'
  cat "$WORK/last-line"
  printf '\n'
  touch "$WORK/told"
}

# Text as a report may have it: bytes that are not UTF-8 are replaced, and so are control characters but line feeds and tabs.
as_utf8() {
  local high=$'[\x80-\xFF]' next=$'[\x80-\xBF]' mark=$'\x01' replacement=$'\xEF\xBF\xBD' valid
  valid=$'[\xC2-\xDF]'"$next|"$'\xE0[\xA0-\xBF]'"$next|"$'[\xE1-\xEC\xEE\xEF]'"$next$next|"$'\xED[\x80-\x9F]'"$next|"
  valid+=$'\xF0[\x90-\xBF]'"$next$next|"$'[\xF1-\xF3]'"$next$next$next|"$'\xF4[\x80-\x8F]'"$next$next"
  tr '\000-\010\013-\037\177' ' ' |
    LC_ALL=C sed -E "/$high/ { s/($valid)|$high/\\1$mark/g; s/($valid)$mark/\\1/g; s/$mark/$replacement/g; }"
}

# Applies the ConfigMap with the report. The copy's report has a name of its own: nothing else overwrites it.
publish() {
  [ -n "${REPORT_CONFIG_MAP:-}" ] || return 0
  local name=$REPORT_CONFIG_MAP account=/var/run/secrets/kubernetes.io/serviceaccount status
  [ "${MOVE_COMMAND:-copy}" = copy ] || name=$name-$MOVE_COMMAND
  (umask 077 && printf 'Authorization: Bearer %s\n' "$(< "$account/token")" > "$WORK/authorization")
  printf '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s"},"data":{"report.json":"%s","report.txt":"%s"}}' \
    "$name" "$(file_as_json "$WORK/report.json")" "$(file_as_json "$WORK/report.txt")" > "$WORK/config-map.json"
  status=$(curl --silent --show-error --retry 5 --retry-connrefused --max-time "${PUBLISH_SECONDS:-60}" --output "$WORK/answer" \
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
