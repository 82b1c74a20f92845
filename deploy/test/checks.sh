# shellcheck shell=bash
# How the script tests say what they found; sourced after deploy/lib/common.sh.
# Every check is one line: ok or FAILED, its time, its sentence. deploy/test/run collects them from LIFTOFF_RESULTS, and what passed
# only when it was tried again from LIFTOFF_FLAKY.

RESULTS="${LIFTOFF_RESULTS:-/dev/null}"
FLAKY="${LIFTOFF_FLAKY:-/dev/null}"
# What cost a request or a row stays failed, however seldom it happens.
COSTLY='no request failed|is a row|each request once|failed only what green'
FAILED=0
PASSED=0
CHECK_BEGAN=${EPOCHREALTIME/./}

seconds_since() { printf '%d.%d' $(((${EPOCHREALTIME/./} - $1) / 1000000)) $(((${EPOCHREALTIME/./} - $1) / 100000 % 10)); }

result() {
  local word=$1 sentence=$2 time
  time="$(seconds_since "$CHECK_BEGAN")"
  printf '%-6s %6ss  %s\n' "$word" "$time" "$sentence"
  printf '%s\t%s\t%s\n' "$word" "$time" "$(basename "$0"): $sentence" >>"$RESULTS"
  CHECK_BEGAN=${EPOCHREALTIME/./}
}

pass() {
  PASSED=$((PASSED + 1))
  result ok "$1"
}

# fail <sentence> [what was seen]
fail() {
  FAILED=$((FAILED + 1))
  result FAILED "$1"
  [[ -z ${2:-} ]] || printf '%s\n' "$2" | tail -12 | cut -c1-400 | sed 's/^/         | /'
}

# check <sentence> <command...>: ok when the command succeeds; what it said is shown when it does not.
check() {
  local sentence=$1 said
  shift
  if said="$("$@" 2>&1)"; then pass "$sentence"; else fail "$sentence" "$said"; fi
}

# same <sentence> <wanted> <seen>
same() { if [[ $2 == "$3" ]]; then pass "$1"; else fail "$1" "wanted: $2"$'\n'"seen:   $3"; fi; }

# has <sentence> <extended regular expression> <text>
has() { if grep -qE -- "$2" <<<"$3"; then pass "$1"; else fail "$1" "not found: $2"$'\n'"$3"; fi; }

# exits <sentence> <code> <command...>: the command's exit code; what it said is left in SAID.
exits() {
  local sentence=$1 wanted=$2 code=0
  shift 2
  SAID="$("$@" 2>&1 </dev/null)" || code=$?
  if [[ $code == "$wanted" ]]; then pass "$sentence"; else fail "$sentence" "exit code $code, wanted $wanted"$'\n'"$SAID"; fi
}

# again <name> <results of the first try>: whether it may be tried once more; what failed is said.
again() {
  grep -q '^FAILED' "$2" || return
  if grep -qE "^FAILED.*($COSTLY)" "$2"; then
    say "$1: not tried again, it cost a request or a row"
    return 1
  fi
  say "$1: tried again, because of $(grep -c '^FAILED' "$2") checks: $(sed -n 's/^FAILED\t[^\t]*\t//p' "$2" | paste -sd';')"
}

# steady <results of the second try> <name>: told as flaky when it passed now.
steady() { grep -q '^FAILED' "$1" || printf 'FLAKY\t-\t%s: passed only when it was tried again\n' "$2" >>"$FLAKY"; }

# trying <name> <command...>: once more when it failed; only the last try counts.
trying() {
  local name=$1 all=$RESULTS passed=$PASSED failed=$FAILED
  shift
  RESULTS="$(mktemp)"
  "$@" || true
  if again "$name" "$RESULTS"; then
    PASSED=$passed FAILED=$failed
    : >"$RESULTS"
    "$@" || true
    steady "$RESULTS" "$name"
  fi
  cat "$RESULTS" >>"$all"
  rm -f "$RESULTS"
  RESULTS=$all
}

# One machine holds one demo.
take_the_demo() {
  exec 7>"${LIFTOFF_DEMO_LOCK:-/tmp/liftoff-demo.lock}"
  flock 7
}

tell_and_exit() {
  say "$(basename "$0"): $PASSED passed, $FAILED failed"
  ((FAILED == 0)) && exit 0
  exit 1
}
