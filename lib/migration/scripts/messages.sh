# Sourced. What a program prints on stderr is a message, never a fact. Of messages a report gets the errors in the
# server's words, with what they are about; and nothing of them that may be a statement or somebody's data.
# shellcheck shell=bash

# The errors in file $1, on one line. Such as:
#   psql:copy.sql:3: ERROR:  23505: duplicate key value violates unique constraint "t_pkey"
#   pg_restore: from TOC entry 215; 1259 16386 TABLE DATA t owner
#   pg_restore: error: COPY failed for table "t": ERROR:  invalid input syntax for type integer: "x"
#   CONTEXT:  COPY t, line 1, column id: "x"
# A line of another form, such as the rest of a statement, is left out.
words_of() {
  read_messages "$1"
  local IFS=';'
  printf %s "${ERRORS[*]/#/ }" | sed 's/^ //'
}

# The same in ERRORS, one by one.
read_messages() {
  local line
  ERRORS=()
  ENTRY='' ERROR='' ABOUT='' RAISED=false
  while IFS= read -r line || [ -n "$line" ]; do
    read_message "$line"
  done < "$1"
  end_error
}

read_message() {
  local line=$1 code words
  local psql='^psql:[^ ]*:[0-9]+: (.*)$' severity='^(error|fatal|[^ :]+):  ([0-9A-Z]{5}): (.*)$'
  local copying='^(CONTEXT:  )?(COPY [^:"]*, line [0-9]+)' named='^(SCHEMA|TABLE|COLUMN|DATATYPE|CONSTRAINT) NAME:  (.*)$'
  if [[ $line =~ $psql ]]; then line=${BASH_REMATCH[1]}; fi
  case "$line" in
    'pg_restore: from TOC entry '*) begin_entry "${line#pg_restore: from TOC entry }" ;;
    'psql: error: '* | 'pg_dump: error: '* | 'pg_restore: error: '* | 'error: '* | "$SCRIPTS"/* | 'move: '*) begin_error "$line" ;;
    'pg_dump: detail: Error message from server: '*) begin_error "pg_dump: error: ${line#*server: }" ;;
    'server closed the connection'*) begin_error "$line" ;;
    # A file that could not be written, in the words of the system.
    'cat: '* | 'comm: '* | 'cut: '* | 'grep: '* | 'mkdir: '* | 'mkfifo: '* | 'sed: '* | 'sort: '* | 'touch: '* | 'tr: '*) begin_error "$line" ;;
    *)
      if [[ $line =~ $severity ]]; then
        code=${BASH_REMATCH[2]}
        words="${BASH_REMATCH[1]}:  ${BASH_REMATCH[3]}"
        case "$code" in
          # A warning or a note is no error.
          00000 | 01* | 02*) end_error ;;
          P0001)
            begin_error "$words"
            RAISED=true
            ;;
          *) begin_error "$words" ;;
        esac
      elif [[ $line =~ $copying ]]; then
        ABOUT+="${ABOUT:+, }${BASH_REMATCH[2]}"
      elif [[ $line =~ $named ]]; then
        ABOUT+="${ABOUT:+, }${BASH_REMATCH[1],,} ${BASH_REMATCH[2]}"
      elif [[ $line =~ ^(CONTEXT:  )?PL/ && ! $line =~ PL/pgSQL || $line =~ ^(CONTEXT:  )?PL/pgSQL.*\ RAISE$ ]]; then
        RAISED=true
      fi
      ;;
  esac
}

# `215; 1259 16386 TABLE DATA t owner`, of which the archive's list says the schema as well.
begin_entry() {
  local number=${1%%;*} listed=''
  end_error
  [ ! -e "${FOLDER:-}/archive.list" ] || listed=$(grep -m 1 "^$number; " "$FOLDER/archive.list" || true)
  ENTRY=${listed:-$1}
  ENTRY=${ENTRY#* * * }
  ENTRY=${ENTRY% *}
}

# `pg_restore: error: COPY failed for table "t": ERROR:  words`: the words of the server first.
begin_error() {
  local doing=${1%%:  *}
  end_error
  ERROR=$1
  if [[ $1 =~ ^pg_(restore|dump):\ error:\ .*:\  && $doing != "$1" ]]; then
    ERROR="${doing##* }:  ${1#*:  }"
    doing=${doing% *}
    doing=${doing#*: error}
    doing=${doing#: }
    doing=${doing%:}
    case "$doing" in
      '' | 'could not execute query' | 'query failed') ;;
      *) ABOUT=$doing ;;
    esac
  fi
}

end_error() {
  [ -n "$ERROR" ] || return 0
  if rows_at_hand; then
    if "$RAISED"; then
      ERROR="${ERROR%%: *}: the text of a function's exception, which may be data"
    else
      ERROR=$(without_data "$ERROR")
    fi
  fi
  ERRORS+=("$ERROR${ENTRY:+ ($ENTRY)}${ABOUT:+ ($ABOUT)}")
  ERROR='' ABOUT='' RAISED=false
}

# Whether the server worked on rows when it ended with the error: not where a definition was restored.
rows_at_hand() {
  [ -z "${NO_ROWS:-}" ] || return 1
  case "$ENTRY" in
    '' | *' DATA '* | 'TABLE DATA'* | INDEX* | CONSTRAINT* | 'CHECK CONSTRAINT'* | 'FK CONSTRAINT'* | BLOB* | 'LARGE OBJECT'*) ;;
    *) return 1 ;;
  esac
}

# A message up to the first text in quotes that is not the name of an object: a value may have quotes in it, too.
without_data() {
  local text=$1 result='' before word mark
  local quoted='^([^"]*)"([^"]*)"(.*)$' after='" (is out of range( for type [a-z ]+)?)$'
  # The quotation marks of other languages, and bytes that are no text of the encoding.
  for mark in '«' '»' '„' '“' ' 0x'; do
    case "$text" in *"$mark"*) text="${text%%"$mark"*}…" ;; esac
  done
  while [[ $text =~ $quoted ]]; do
    before=${BASH_REMATCH[1]} text=${BASH_REMATCH[3]}
    word=${before% }
    [[ $word != *'invalid locale name:' ]] || word='locale'
    word=${word##* }
    case "$word" in
      at | user | table | relation | column | constraint | index | schema | type | domain | function | procedure | aggregate | operator | class | method | role | database | encoding | extension | language | collation | locale | provider | sequence | trigger | policy | publication | server | wrapper | dictionary | configuration | parser | parameter | tablespace | view | file | directory | library | segment | process | version)
        result+="$before\"${BASH_REMATCH[2]}\""
        ;;
      *)
        result+="$before\"…\""
        [[ ! "\"$text" =~ $after ]] || result+=" ${BASH_REMATCH[1]}"
        text=''
        ;;
    esac
  done
  case "$text" in *\"*) text="${text%%\"*}\"…\"" ;; esac
  printf %s "$result$text"
}

# The warnings of PostgreSQL's programs in file $1, a line each.
warnings_of() { grep -E '^(pg_dump|pg_restore): warning: ' "$1" || true; }
