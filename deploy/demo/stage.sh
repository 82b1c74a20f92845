# shellcheck shell=bash
# What the demo does, step by step; sourced by deploy/demo/demo.
RUN_DIR="$DEMO/run"
WORKER_PORT="${LIFTOFF_WORKER_PORT:-8090}"
WORKER_PID="$DEMO/worker.pid"
WORKER_LOG="$LIFTOFF_LOG/worker.log"
LOAD_PID=
WATCH_PID=
STARTED=no
WORKFLOW=launch/shop/demo
FOLLOW_LIMIT=600
: "${KEEP:=no}" "${TOLD:=no}" "${JUDGE:=no}" "${BLIND:=0}" "${PEOPLE:=no}"

# Without a trap of its own an INT to this process alone is lost while it waits for a command.
ends_well() {
  trap finish EXIT
  trap 'exit 130' INT
}

# Ends what this run started; a second Ctrl-C cannot stop it half way.
finish() {
  trap '' INT TERM
  stop_watching
  stop_load
  if [[ $KEEP == yes ]]; then
    [[ $TOLD == yes ]] || left_running
  else
    stop_worker
    "$REPO/deploy/temporal/stop" >/dev/null || true
  fi
}

# Before the last line, which is for programs; after it only where there was none.
left_running() {
  TOLD=yes
  if [[ $STARTED == no ]]; then
    say "no launch was started · remove what was: liftoff demo --down"
    return
  fi
  say "left running: liftoff status shop/demo · UI http://127.0.0.1:$TEMPORAL_UI_PORT · remove with: liftoff demo --down"
}

temporal() { "$CLI" --address "127.0.0.1:$TEMPORAL_PORT" "$@"; }

# ours <pid file> <word of its command line>: the pid, only while that process really is the one we started.
ours() {
  local pid
  [[ -r $1 ]] || return 1
  pid="$(<"$1")"
  [[ $pid =~ ^[0-9]+$ ]] && { tr '\0' ' ' <"/proc/$pid/cmdline"; } 2>/dev/null | grep -qF -- "$2" && printf '%s\n' "$pid"
}

gone() { ! kill -0 "$1" 2>/dev/null; }

stop_worker() {
  local pid
  pid="$(ours "$WORKER_PID" worker.jar)" || return 0
  kill "$pid"
  wait_until "the worker's end" 60 gone "$pid" || kill -9 "$pid"
}

# A launch that an interrupted demo left is ended; its containers go with the fresh start.
end_earlier_launch() {
  temporal workflow terminate -w "$WORKFLOW" --reason "a new demo begins" >/dev/null 2>&1 || true
}

start_worker() {
  TEMPORAL_ADDRESS="127.0.0.1:$TEMPORAL_PORT" LIFTOFF_HOME="$LIFTOFF_HOME" LIFTOFF_WORKER_PORT="$WORKER_PORT" LIFTOFF_TRAFFIC_TYPE="$PROXY" \
    nohup setsid "$REPO/liftoff" worker >"$WORKER_LOG" 2>&1 </dev/null 8>&- 9>&- &
  echo $! >"$WORKER_PID"
  wait_until "the worker being up" 150 answers_200 "$WORKER_PORT" /actuator/health ||
    die "the worker does not come up: $(tail -3 "$WORKER_LOG" | cut -c1-400) (whole log: $WORKER_LOG)"
  say "worker up (pid $(<"$WORKER_PID")), health http://127.0.0.1:$WORKER_PORT/actuator/health"
}

version() {
  case "$SCENARIO" in
    good | frozen | contract) echo v2 ;;
    *) echo "$SCENARIO" ;;
  esac
}

migrations() {
  case "$SCENARIO" in
    good | frozen) echo v2 ;;
    migration-fails | contract) echo "$SCENARIO" ;;
    *) echo v1 ;;
  esac
}

write_plan() {
  mkdir -p "$RUN_DIR"
  printf 'greeting=hello\n' >"$RUN_DIR/shop.conf"
  sed -e "s|@VERSION@|$(version)|g" -e "s|@NET@|$NET|g" -e "s|@SECRETS@|$SECRETS|g" -e "s|@HOME@|$LIFTOFF_HOME|g" \
    -e "s|@MIGRATIONS@|$MIGRATIONS/$(migrations)|g" -e "s|@CONFIGURATION@|$RUN_DIR/shop.conf|g" -e "s|@PROXY_PORT@|$PROXY_PORT|g" \
    -e "s|@POSTGRES_PORT@|$POSTGRES_PORT|g" -e "s|@REDIS_PORT@|$REDIS_PORT|g" -e "s|@PROMETHEUS_PORT@|$PROMETHEUS_PORT|g" \
    "$REPO/deploy/demo/plan.yaml" >"$RUN_DIR/plan.yaml"
  if [[ $SCENARIO == frozen ]]; then
    sed -i 's|^  migrationLimit: .*|&\n  serviceRoles: [shop]\n  migration: {writes: frozen, freezeLimit: 30s}|' "$RUN_DIR/plan.yaml"
  fi
  if [[ $JUDGE == yes ]] || ((BLIND > 0)); then quarter_first; fi
  [[ $JUDGE == no ]] || judged
  [[ $PEOPLE == no ]] || cat "$REPO/deploy/demo/people.yaml" >>"$RUN_DIR/plan.yaml"
  "$REPO/liftoff" plan json "$RUN_DIR/plan.yaml" >"$RUN_DIR/plan.json"
  say "plan $RUN_DIR/plan.yaml, as plain Temporal takes it: $RUN_DIR/plan.json"
}

quarter_first() { sed -i -e 's|^  steps:|&\n    - {weight: 25, soak: 15s}|' -e '/weight: [15]0,/d' -e '/^  noDataLimit:/d' "$RUN_DIR/plan.yaml"; }

# The limits would decide as soon as the judge does: like those of the runbook they last longer.
judged() {
  sed -i -e 's|lasting: [23]s, minimumSamples: 20|lasting: 30s, minimumSamples: 20|' -e "/^  staleAfter:/r $REPO/deploy/demo/judge.yaml" "$RUN_DIR/plan.yaml"
  # A program that has just been started is slower for some seconds: that is found, and is no fault of a good version.
  if [[ $SCENARIO == good ]]; then sed -i 's|discard: 0s |discard: 20s |' "$RUN_DIR/plan.yaml"; fi
}

# The old version has been serving for long in the story; here it has just been started, and a cold one would be measured.
warm_up() {
  "$REPO/deploy/demo/load/run" --url "http://127.0.0.1:$PROXY_PORT" --rate 200 --count 1500 --run warm-up >"$RUN_DIR/warm-up.json" 2>&1 ||
    die "the shop does not take a warm-up: $(tail -1 "$RUN_DIR/warm-up.json" | cut -c1-300)"
}

start_load() {
  rm -f "$RUN_DIR/stop" "$RUN_DIR/progress"
  warm_up
  "$REPO/deploy/demo/load/run" --url "http://127.0.0.1:$PROXY_PORT" --rate "$RATE" --seconds $((900 + BLIND)) --keep-alive "$KEEP_ALIVE" \
    --stop-file "$RUN_DIR/stop" --ids "$RUN_DIR/ids" --progress "$RUN_DIR/progress" >"$RUN_DIR/load.json" 2>"$RUN_DIR/load.log" &
  LOAD_PID=$!
  wait_until "the load's first second" 90 test -s "$RUN_DIR/progress" || die "the load client does not start: $(tail -3 "$RUN_DIR/load.log")"
  say "load: $RATE requests per second, keep-alive $KEEP_ALIVE"
}

stop_load() {
  [[ -n $LOAD_PID ]] || return 0
  touch "$RUN_DIR/stop"
  wait "$LOAD_PID" || true
  LOAD_PID=
}

start_launch() {
  say "launch v1 -> $(version), by plain Temporal:"
  printf '         temporal workflow start --type LaunchWorkflow --task-queue liftoff --workflow-id %s --input-file %s\n' "$WORKFLOW" "$RUN_DIR/plan.json"
  temporal workflow start --type LaunchWorkflow --task-queue liftoff --workflow-id "$WORKFLOW" --fail-existing \
    --input-file "$RUN_DIR/plan.json" >"$RUN_DIR/start.log" 2>&1 || die "Temporal refused the start: $(tail -2 "$RUN_DIR/start.log")"
  STARTED=yes
}

# What cannot be read now is read at the next look; the last status stays.
status() {
  temporal workflow query -w "$WORKFLOW" --type status -o json 2>/dev/null >"$RUN_DIR/status.new" || return 0
  mv "$RUN_DIR/status.new" "$RUN_DIR/status.json"
}

# field <name> [indent]: the text of that name in the status, nothing when it is not there. The temporal command indents by two:
# the status itself is 6 deep, what is in it 8 and more.
field() { sed -nE "/^ {${2:-6}}\"$1\": *\"/{s/.*\"$1\": *\"([^\"]*)\".*/\1/p;q}" "$RUN_DIR/status.json"; }

# says <workflow> <update> <json>: sends it by the plain command, and shows the command.
says() {
  printf "         temporal workflow update execute --workflow-id %s --name %s --input '%s'\n" "$1" "$2" "$3"
  temporal workflow update execute -w "$1" --name "$2" --input "$3" >"$RUN_DIR/says.log" 2>&1 && ! grep -q accepted:false "$RUN_DIR/says.log"
}

# The people of --people: the list is answered and signed off, the roll is called, on-call takes over.
people() {
  [[ $PEOPLE == yes ]] || return 0
  case "$(field milestone)" in
    readiness) [[ $READIED == yes ]] || { ready && READIED=yes; } || true ;;
    briefing) [[ $PRESENT == yes ]] || { present && PRESENT=yes; } || true ;;
    hand-over | checkpoint-*) [[ $TAKEN == yes ]] || { says "$WORKFLOW" acknowledge '{"who":"olga","role":"on-call","reason":"I have it"}' && TAKEN=yes; } || true ;;
  esac
}

ready() {
  local list=checklist/shop/demo each
  says "$list" apply '{"who":"ravi","role":"database","edits":[{"item":"DB-06","action":"pass","value":"read by mei, 2 findings fixed","evidence":"https://git.example/shop/7"}]}' || return
  says "$list" apply '{"who":"mei","role":"monitoring","edits":[{"item":"MON-02","action":"confirm"}]}' || return
  says "$list" apply '{"who":"ann","role":"commander","edits":[{"item":"COM-01","action":"pass","value":"told at 09:00"}]}' || return
  for each in dan:deployment ravi:database mei:monitoring ann:commander; do
    says "$list" signOff "{\"who\":\"${each%:*}\",\"role\":\"${each#*:}\"}" || return
  done
}

present() {
  local each
  for each in dan:deployment ravi:database mei:monitoring olga:on-call ann:commander; do
    says "$WORKFLOW" present "{\"who\":\"${each%:*}\",\"role\":\"${each#*:}\"}" || return
  done
}

# Who says go at a gate: the migration is a poll of four people, the commander last.
voters() {
  [[ $1 != migrate ]] || printf '%s\n' dan:deployment ravi:database mei:monitoring
  echo ann:commander
}

# The people of the demo say go at each gate, by the plain command.
decide() {
  local gate decision voter
  gate="$(field gate 8)"
  [[ -n $gate && $gate != "$DECIDED" ]] || return 0
  if [[ $SCENARIO == frozen && $gate == validation-30m ]]; then
    rescue '' && DECIDED=$gate
    return 0
  fi
  for voter in $(voters "$gate"); do
    decision="{\"launch\":\"$(field launch)\",\"gate\":\"$gate\",\"answer\":\"go\",\"who\":\"${voter%:*}\",\"role\":\"${voter#*:}\",\"reason\":\"the demo goes on\"}"
    printf "         temporal workflow update execute --workflow-id %s --name decide --input '%s'\n" "$WORKFLOW" "$decision"
    temporal workflow update execute -w "$WORKFLOW" --name decide --input "$decision" >"$RUN_DIR/decide.log" 2>&1 || return 0
  done
  DECIDED=$gate
}

# The commander finds that rows are wrong: once to have the rescue planned, once with the numbers of its plan.
rescue() {
  local wish
  wish="{\"who\":\"ann\",\"role\":\"commander\",\"reason\":\"the new version wrote wrong channels\"${1:+,\"numbers\":\"$1\"}}"
  printf "         temporal workflow update execute --workflow-id %s --name rescue --input '%s'\n" "$WORKFLOW" "$wish"
  temporal workflow update execute -w "$WORKFLOW" --name rescue --input "$wish" >"$RUN_DIR/rescue.log" 2>&1
}

approve_rescue() {
  local numbers
  [[ $SCENARIO == frozen && $RESCUED == no && $(field state) == NEEDS_HUMAN ]] || return 0
  numbers="$(field because | sed -n "s/^to rescue the database type its numbers, '\([0-9 -]*\)'.*/\1/p")"
  [[ -n $numbers ]] || return 0
  if rescue "$numbers"; then RESCUED=yes; fi
}

# A certificate where nothing fails takes some 4,000 requests of green: a demo has fewer, and the commander has seen enough.
promote() {
  local wish='{"who":"ann","role":"commander","reason":"too few requests to certify by, and nothing is against it"}'
  [[ $JUDGE == yes && $PROMOTED == no && $(field state) == NEEDS_HUMAN && $(field because) == "no pass at "* ]] || return 0
  printf "         temporal workflow update execute --workflow-id %s --name promote --input '%s'\n" "$WORKFLOW" "$wish"
  if temporal workflow update execute -w "$WORKFLOW" --name promote --input "$wish" >"$RUN_DIR/promote.log" 2>&1; then PROMOTED=yes; fi
}

# Monitoring that is killed while green has a quarter of the traffic, and comes back later.
blind() {
  if [[ $BLINDED == no && $(field state) == SOAKING ]]; then
    docker kill liftoff-demo-prometheus >/dev/null
    BLINDED=$SECONDS
    date -u +%FT%T.%3NZ >"$RUN_DIR/blind-from"
    say "Prometheus is killed for $BLIND s"
  elif [[ $BLINDED =~ ^[0-9]+$ ]] && ((SECONDS - BLINDED >= BLIND)); then
    docker start liftoff-demo-prometheus >/dev/null
    BLINDED=over
    date -u +%FT%T.%3NZ >"$RUN_DIR/blind-until"
    say "Prometheus is back"
  fi
}

# Through a pipe it prints lines and no screens; its pid is its own, so that it can be ended.
start_watching() {
  local pipe
  exec {pipe}> >(exec cat)
  printer=$!
  "$REPO/liftoff" watch shop/demo --interval 300ms >&"$pipe" 2>&1 &
  WATCH_PID=$!
  exec {pipe}>&-
}

# Asked politely it would say that the launch continues, and what it needs is about to be stopped.
stop_watching() {
  [[ -n $WATCH_PID ]] || return 0
  kill -9 "$WATCH_PID" 2>/dev/null || true
  wait "$WATCH_PID" 2>/dev/null || true
  WATCH_PID=
}

# Prints the timeline as it happens, and decides where the launch asks.
follow() {
  local printer end=$((SECONDS + FOLLOW_LIMIT + BLIND))
  DECIDED="" RESCUED=no PROMOTED=no BLINDED=no READIED=no PRESENT=no TAKEN=no
  start_watching
  rm -f "$RUN_DIR/status.json"
  touch "$RUN_DIR/status.json"
  while [[ $(field state) != ENDED ]]; do
    ((SECONDS < end)) || die "the launch did not end within $FOLLOW_LIMIT s: look at http://127.0.0.1:$TEMPORAL_UI_PORT"
    status
    people
    decide
    approve_rescue
    promote
    ((BLIND == 0)) || blind
    sleep 0.3
  done
  wait "$WATCH_PID" || true
  WATCH_PID=
  wait "$printer" || true
}

summary() {
  local outcome requests failed orders
  outcome="$(field outcome 8)"
  requests="$(grep -oE '"sent":[0-9]+' "$RUN_DIR/load.json" | head -1 | cut -d: -f2)"
  failed="$(grep -oE '"failed":[0-9]+' "$RUN_DIR/load.json" | head -1 | cut -d: -f2)"
  say "requests served and orders kept:"
  orders="$("$REPO/deploy/demo/count-orders" "$RUN_DIR/load.json" "$RUN_DIR/ids" 2>&1)" || die "$orders"
  printf '%s\n' "$orders" | sed 's/^/         /'
  say "green's evidence and the restore point: $LIFTOFF_HOME/artifacts"
  say "the launch in the Temporal UI (while it runs, see --keep): http://127.0.0.1:$TEMPORAL_UI_PORT/namespaces/default/workflows"
  [[ $KEEP == no ]] || left_running
  printf 'outcome=%s requests=%s failed=%s\n' "$outcome" "$requests" "$failed"
  case "$outcome" in
    launched) exit 0 ;;
    rolled-back) exit 5 ;;
    *) exit 1 ;;
  esac
}
