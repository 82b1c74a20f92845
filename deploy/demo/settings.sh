# shellcheck shell=bash
# What the demo is called, where it listens and where its files are; sourced by up, down, status and count-orders.
NETWORK=liftoff-demo
NET="${LIFTOFF_DEMO_NET:-172.31.250}" # first three parts of our /24
PROXY_PORT="${LIFTOFF_DEMO_PROXY_PORT:-18080}"
EXPORTER_PORT="${LIFTOFF_DEMO_EXPORTER_PORT:-18405}"
POSTGRES_PORT="${LIFTOFF_DEMO_POSTGRES_PORT:-15432}"
REDIS_PORT="${LIFTOFF_DEMO_REDIS_PORT:-16379}"
PROMETHEUS_PORT="${LIFTOFF_DEMO_PROMETHEUS_PORT:-19090}"

DEMO="$LIFTOFF_HOME/demo"
SECRETS="$DEMO/secrets" # one file per role, mode 0600: postgres, shop_owner, shop
TRAFFIC="$DEMO/traffic" # weight.map and haproxy.sock; stages/ and the symlink current
CONFIG="$DEMO/config"
MIGRATIONS="$REPO/deploy/demo/migrations"
VOLUME=liftoff-demo-postgres
BACKING=liftoff-demo/backing:latest

running() { [[ $(docker container inspect --format '{{.State.Running}}' "$1" 2>/dev/null) == true ]]; }

made() { docker container inspect "$1" >/dev/null 2>&1; }

# haproxy, nginx, or nothing when neither is up.
current_proxy() {
  local proxy
  for proxy in haproxy nginx; do
    if made "liftoff-demo-$proxy"; then
      printf '%s\n' "$proxy"
      return
    fi
  done
}

# Green's share in percent, as the proxy would read it at a restart.
green_weight() {
  case "$(current_proxy)" in
    haproxy) awk '$1 == "green" { print $2 }' "$TRAFFIC/weight.map" 2>/dev/null ;;
    nginx) basename "$(readlink "$TRAFFIC/current" 2>/dev/null)" ;;
  esac
}

# psql as the cluster's superuser, inside the container; SQL on standard input or by -c.
psql_in() { docker exec -i -u postgres liftoff-demo-postgres psql -X -q -A -t -v ON_ERROR_STOP=1 "$@"; }

# answer <port> <path> [slot]: the whole answer to a GET on 127.0.0.1.
answer() {
  exec 3<>"/dev/tcp/127.0.0.1/$1" || return 1
  printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n%s\r\n' "$2" "${3:+X-Slot: $3$'\r\n'}" >&3
  timeout 3 cat <&3
  exec 3>&-
}

answers_200() { [[ $(answer "$@" 2>/dev/null | head -1) == *' 200 '* ]]; }
