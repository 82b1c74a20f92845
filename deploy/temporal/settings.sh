# shellcheck shell=bash
# Where the demo's Temporal is; sourced by start and stop.
TEMPORAL_PORT="${LIFTOFF_TEMPORAL_PORT:-7233}"
TEMPORAL_HTTP_PORT=$((TEMPORAL_PORT + 10))
TEMPORAL_UI_PORT=$((TEMPORAL_PORT + 1000))
TEMPORAL_DIR="$LIFTOFF_HOME/temporal"
TEMPORAL_DB="$TEMPORAL_DIR/temporal-$TEMPORAL_PORT.db"
TEMPORAL_PID="$TEMPORAL_DIR/temporal-$TEMPORAL_PORT.pid"
TEMPORAL_LOG="$LIFTOFF_LOG/temporal-$TEMPORAL_PORT.log"

# The pid of our server, only while that process really is one: a pid file can outlive its process.
running_pid() {
  local pid
  [[ -r $TEMPORAL_PID ]] || return 1
  pid="$(<"$TEMPORAL_PID")"
  [[ $pid =~ ^[0-9]+$ ]] && tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -qF -- "$TEMPORAL_DB" && printf '%s\n' "$pid"
}
