# shellcheck shell=bash
# A whole stack for one benchmark: the demo's containers, a Temporal and a worker of its own, and the end of all of them.
# Sourced after lib/common.sh, with NAME set. It never touches a demo that is up, nor another Temporal.
export LIFTOFF_TEMPORAL_PORT="${LIFTOFF_BENCH_TEMPORAL_PORT:-7733}"
export LIFTOFF_WORKER_PORT="${LIFTOFF_BENCH_WORKER_PORT:-8790}"
source "$REPO/deploy/demo/settings.sh"
source "$REPO/deploy/temporal/settings.sh"
source "$REPO/deploy/demo/stage.sh"
export LIFTOFF_PEOPLE_TOKEN_FILE_POLLS=none # these launches have no gate, and nobody to vote

RUN_DIR="$LIFTOFF_HOME/bench/${NAME:?}"
WORKER_PID="$RUN_DIR/worker.pid"
WORKER_LOG="$LIFTOFF_LOG/bench-$NAME-worker.log"
PROXY=haproxy
ARTIFACTS="$RUN_DIR/artifacts"
export LIFTOFF_CONTAINERS_DOCKER_ARTIFACTS="$ARTIFACTS" LIFTOFF_DATABASE_POSTGRES_ARTIFACTS="$ARTIFACTS" LIFTOFF_CONFIG_FILES_LOCAL_ARTIFACTS="$ARTIFACTS"

# What a figure is worth depends on it.
say_machine() {
  local model
  model="$(sed -nE 's/^(model name|Hardware)\s*: *//p' /proc/cpuinfo | head -1)"
  say "machine: $(nproc) cores (${model:-$(uname -m)}), $(awk '/MemTotal/ { printf "%.0f", $2 / 1048576 }' /proc/meminfo) GiB, Linux $(uname -r), Docker $(docker version --format '{{.Server.Version}}')"
  say_load "before"
}

say_load() { say "load average $1: $(cut -d' ' -f1-3 /proc/loadavg)"; }

containers_of_demo() {
  docker ps -aq --filter label=dev.liftoff.demo=true
  docker ps -aq --filter "network=$NETWORK"
}

# The slots are the demo's own containers: one machine holds one of them.
refuse_occupied() {
  [[ -z $(containers_of_demo) ]] || die "the demo is up, and a benchmark needs its containers: remove it with ./liftoff demo --down"
}

bring_up() {
  need_docker
  refuse_occupied
  mkdir -p "$RUN_DIR"
  trap tear_down EXIT
  trap 'exit 130' INT TERM
  say_machine
  "$REPO/liftoff" build
  "$REPO/deploy/temporal/start"
  CLI="$("$REPO/deploy/temporal/obtain")"
  "$REPO/deploy/demo/up" --proxy "$PROXY" --fresh
  start_worker
}

# A second Ctrl-C cannot stop it half way.
tear_down() {
  local code=$?
  trap '' INT TERM
  stop_children
  stop_worker || true
  "$REPO/deploy/temporal/stop" --purge >/dev/null || true
  "$REPO/deploy/demo/down" >/dev/null || true
  rm -rf "$ARTIFACTS"
  exit "$code"
}

# The measuring program and what it runs; each of them ends its own children.
stop_children() {
  local pids
  pids="$(jobs -p)"
  [[ -z $pids ]] || kill $pids 2>/dev/null || true
  wait
}

# measure <limit> <command...>: in the background, so that Ctrl-C is heard while it runs.
measure() {
  timeout "$@" &
  wait $!
}

# plan <template> <name> [sed expression...]: the template filled in, as JSON.
plan() {
  local template=$1 name=$2 more=()
  shift 2
  while (($# > 0)); do
    more+=(-e "$1")
    shift
  done
  sed "${more[@]}" -e "s|@NET@|$NET|g" -e "s|@SECRETS@|$SECRETS|g" -e "s|@MIGRATIONS@|$MIGRATIONS/v2|g" -e "s|@CONFIGURATION@|$RUN_DIR/shop.conf|g" \
    -e "s|@PROXY_PORT@|$PROXY_PORT|g" -e "s|@POSTGRES_PORT@|$POSTGRES_PORT|g" -e "s|@PROMETHEUS_PORT@|$PROMETHEUS_PORT|g" \
    "$REPO/deploy/bench/plans/$template" >"$RUN_DIR/$name.yaml"
  "$REPO/liftoff" plan json "$RUN_DIR/$name.yaml" >"$RUN_DIR/$name.json"
}

# compile <package...>: into CLASSES, with the libraries of the command line, which has Temporal's client.
compile() {
  local java package sources=()
  java="$(java_home)"
  for package in stack "$@"; do sources+=("$REPO/deploy/bench/java/$package"); done
  LIBRARIES="$LIFTOFF_HOME/starter/BOOT-INF/lib/*"
  CLASSES="$LIFTOFF_HOME/bench/classes-$(content_hash "$*" "${sources[@]}")"
  JAVA=("$java/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx512m -Dorg.slf4j.simpleLogger.defaultLogLevel=error --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED -cp "$CLASSES:$LIBRARIES")
  [[ -d $CLASSES ]] && return
  rm -rf "$CLASSES.new"
  find "${sources[@]}" -name '*.java' -print0 | xargs -0 "$java/bin/javac" -Xlint:all,-processing,-classfile,-path -cp "$LIBRARIES" -d "$CLASSES.new"
  mv -T "$CLASSES.new" "$CLASSES"
}
