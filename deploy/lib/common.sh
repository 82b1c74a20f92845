# shellcheck shell=bash
# Shared by the scripts under deploy/: where things go, how progress is said, how waits end. Sourced, never run.
#
# Everything that is made goes under LIFTOFF_HOME (default: <repository>/.liftoff).

REPO="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
LIFTOFF_HOME="${LIFTOFF_HOME:-$REPO/.liftoff}"
LIFTOFF_LOG="$LIFTOFF_HOME/log"
export REPO LIFTOFF_HOME LIFTOFF_LOG
mkdir -p "$LIFTOFF_LOG" "$LIFTOFF_HOME/bin"

BEGAN=${EPOCHREALTIME/./}

elapsed() {
  local ms=$(((${EPOCHREALTIME/./} - BEGAN) / 1000))
  printf '%d.%d' $((ms / 1000)) $((ms % 1000 / 100))
}

# A line of progress, with the seconds since the script began.
say() { printf '%6ss  %s\n' "$(elapsed)" "$*"; }

# One clear sentence with the fix, and the end.
die() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

# wait_until <what> <seconds> <command...>: polls every 50 ms, fails when the limit has passed.
wait_until() {
  local what=$1 limit=$2
  shift 2
  local end=$((${EPOCHREALTIME/./} + limit * 1000000))
  until "$@" >/dev/null 2>&1; do
    if ((${EPOCHREALTIME/./} >= end)); then
      printf '%s: %s did not happen within %s s\n' "$(basename "$0")" "$what" "$limit" >&2
      return 1
    fi
    sleep 0.05
  done
}

# The folder of a JDK 25: JAVA_HOME when it is one, else the newest one below the system's JVM folders.
java_home() {
  local home
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/*25* /opt/*jdk*25* /Library/Java/JavaVirtualMachines/*25*/Contents/Home; do
    if [[ -n $home && -x $home/bin/javac ]] && grep -qs '^JAVA_VERSION="25' "$home/release"; then
      printf '%s\n' "$home"
      return
    fi
  done
  die "no JDK 25 found: install Temurin 25 (package temurin-25-jdk) or set JAVA_HOME to one"
}

# content_hash <text> <file or folder...>: twelve letters that change when the text or any file changes.
content_hash() {
  local text=$1
  shift
  {
    printf '%s\n' "$text"
    if (($# > 0)); then
      find "$@" -type f | LC_ALL=C sort | while read -r file; do
        printf '%s ' "${file#"$REPO"/}"
        sha256sum <"$file"
      done
    fi
  } | sha256sum | cut -c1-12
}

need_docker() {
  command -v docker >/dev/null || die "the docker command is missing: apt-get install -y docker.io"
  timeout 10 docker version --format '{{.Server.Version}}' >/dev/null 2>&1 ||
    die "the Docker engine does not answer: start it (systemctl start docker) or join the docker group"
}
