# shellcheck shell=bash
# A launch as a careful operator's script does it: step by step what Liftoff does, with the same checks, and nothing durable about it.
# Any check that fails ends the benchmark. Sourced by overhead, which sets PLAIN (a folder) and TIMES (a file), and keeps FLYWAY open.
GREEN_ADDRESS="http://$NET.12:8080"
CATALOG="$REPO/activities/src/main/resources/dev/liftoff/activities/database/catalog.sql"
SCRATCH=liftoff_scratch_plain
SPELLING='-c search_path=pg_catalog -c TimeZone=UTC -c DateStyle=ISO,YMD -c extra_float_digits=1 -c row_security=off'

TABLES_SQL="select quote_ident(n.nspname) || '.' || quote_ident(c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind = 'r' and c.relpersistence <> 't' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' order by 1"
SEQUENCES_SQL="select schemaname || '.' || sequencename, coalesce(last_value, 0) from pg_sequences order by 1"

plain_launch() {
  rm -rf "$PLAIN" "$TIMES"
  mkdir -p "$PLAIN"
  local began=${EPOCHREALTIME/./}
  step survey survey
  step metrics metrics blue
  step sweep sweep
  step inspect-database inspect_database
  step pin-image pin_image
  step copy-configuration copy_configuration
  step back-up back_up
  step restore-proof restore_proof
  step rehearse rehearse
  step migrate migrate_database
  step verify verify
  step start-green start_green
  step scan-logs scan_logs
  step health-checks health_checks
  step warm-up warm_up_green
  step switch switch_to_green
  local look
  for look in 15m 30m 2h 4h; do step metrics metrics green "$look"; done
  step drain drain_blue
  step stop-blue stop_blue
  step remove-blue docker rm -v shop-demo-blue
  step sweep sweep
  printf 'total %d\n' $((${EPOCHREALTIME/./} - began)) >>"$TIMES"
}

step() {
  local name=$1 began=${EPOCHREALTIME/./}
  shift
  "$@" >"$PLAIN/out" 2>&1 || die "the plain script failed at $name: $(tail -3 "$PLAIN/out")"
  printf '%s %d\n' "$name" $((${EPOCHREALTIME/./} - began)) >>"$TIMES"
}

# psql_as_owner <database> [argument...]
psql_as_owner() {
  local database=$1
  shift
  psql -X -q -A -t -v ON_ERROR_STOP=1 -d "$database" "$@"
}

# What earlier launches left beside the database.
sweep() {
  psql_as_owner postgres -c "select datname, shobj_description(oid, 'pg_database') from pg_database where datname like 'liftoff%'" &&
    find "$PLAIN" -name manifest -mtime +90
}

haproxy() { socat - "UNIX-CONNECT:$TRAFFIC/haproxy.sock" <<<"$1"; }

survey() {
  [[ $(haproxy "show map /traffic/weight.map") == *' green 0' && $(green_weight) == 0 ]] || return 1
  [[ $(docker ps --filter label=dev.liftoff.service=shop --filter label=dev.liftoff.environment=demo --format '{{.Names}}') == shop-demo-blue ]]
}

# What is not measured is not good: a slot that has just come is looked at again, sooner than Liftoff does.
metrics() {
  local end=$((SECONDS + 20))
  until read_metrics "$1"; do
    ((SECONDS < end)) || return 1
    sleep 0.2
  done
}

# All questions in one process; freshness first, then the figures.
read_metrics() {
  local slot=$1 series rate answers
  series="{slot=\"$slot\"}"
  rate="sum(rate(http_requests_total${series}[5s]))"
  answers="$(curl -sf -m 5 \
    -G "http://127.0.0.1:$PROMETHEUS_PORT/api/v1/query" --data-urlencode "query=count(count_over_time(up${series}[5s]))" \
    --next -sf -m 5 -G "http://127.0.0.1:$PROMETHEUS_PORT/api/v1/query" --data-urlencode "query=(sum(rate(http_requests_total{slot=\"$slot\",code=~\"5..\"}[5s])) or vector(0)) / $rate" \
    --next -sf -m 5 -G "http://127.0.0.1:$PROMETHEUS_PORT/api/v1/query" --data-urlencode "query=histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket${series}[5s])))" \
    --next -sf -m 5 -G "http://127.0.0.1:$PROMETHEUS_PORT/api/v1/query" --data-urlencode "query=up{job=\"shop\",slot=\"$slot\"}" \
    --next -sf -m 5 -G "http://127.0.0.1:$PROMETHEUS_PORT/api/v1/query" --data-urlencode "query=sum(increase(http_requests_total${series}[5s]))")" || return 1
  [[ $(grep -o '"value":\[[0-9.]*,"[0-9.e+-]*"\]' <<<"$answers" | wc -l) == 5 ]]
}

flyway() {
  local answer
  printf '%s\n' "$1" >&"$FLYWAY_IN"
  read -r -t 120 answer <&"$FLYWAY_OUT"
  printf '%s\n' "$answer"
  [[ $answer == ok* ]]
}

inspect_database() {
  local usable="select not pg_is_in_recovery() and not current_setting('transaction_read_only')::boolean and current_setting('server_version_num')::int >= 140000"
  [[ $(psql_as_owner shop -c "$usable") == t ]] || return 1
  flyway validate || return 1
  PGOPTIONS="$SPELLING" psql_as_owner shop -f "$CATALOG" | sha256sum
}

pin_image() { IMAGE="$(docker image inspect --format '{{.Id}}' liftoff-demo/shop:v2)"; }

copy_configuration() {
  cp -p "$RUN_DIR/shop.conf" "$PLAIN/shop.conf" || return 1
  (cd "$PLAIN" && sha256sum shop.conf >shop.conf.sha256 && sync shop.conf shop.conf.sha256)
  sha256sum "$RUN_DIR/shop.conf"
}

sums_sql() { printf "select '%s', count(*), coalesce(sum(hash_record_extended(r.*, 0)), 0) from only %s as r;\n" "$1" "$1"; }

# A session that stays open, so that the dump and the sums see one state; what it is asked goes to SESSION[1].
back_up() {
  local snapshot dump table
  coproc SESSION { PGOPTIONS="$SPELLING" psql_as_owner shop; }
  mapfile -t tables < <(psql_as_owner shop -c "$TABLES_SQL")
  {
    printf 'begin transaction isolation level repeatable read read only;\n'
    printf 'lock table only %s in access share mode;\n' "$(printf ', only %s' "${tables[@]}" | cut -c8-)"
    printf 'select pg_export_snapshot();\n'
  } >&"${SESSION[1]}"
  read -r -t 30 snapshot <&"${SESSION[0]}" || return 1
  "$PG_BIN/pg_dump" --format=directory --jobs=2 --compress=1 --snapshot="$snapshot" --lock-wait-timeout=10000 --no-password --file="$PLAIN/dump" shop &
  dump=$!
  {
    for table in "${tables[@]}"; do
      printf '\\o %s/sums-of-one\n' "$PLAIN"
      sums_sql "$table"
      printf '\\o\n\\! cat %s/sums-of-one >>%s/sums\n' "$PLAIN" "$PLAIN"
    done
    printf '\\o %s/catalog\n\\i %s\n;\n\\o %s/sequences\n%s;\n\\o\n' "$PLAIN" "$CATALOG" "$PLAIN" "$SEQUENCES_SQL"
  } >&"${SESSION[1]}"
  wait "$dump" || return 1 # its workers need the snapshot until then
  printf 'commit;\nselect 1;\n' >&"${SESSION[1]}"
  read -r -t 120 <&"${SESSION[0]}" || return 1
  printf '\\q\n' >&"${SESSION[1]}"
  wait "$SESSION_PID"
  rm "$PLAIN/sums-of-one"
  (cd "$PLAIN" && find dump sums catalog sequences -type f -print0 | xargs -0 sha256sum >manifest && sync manifest .)
}

# Casts and parentheses are spelled in another way after a restore.
without_casts() { sed -E 's/::("[^"]+"|[A-Za-z_.]+( varying| precision)?)(\([0-9]+(,[0-9]+)?\))?(\[\])*//g; s/[() ]//g' "$1"; }

restore_proof() {
  local scratch=$SCRATCH table
  (cd "$PLAIN" && sha256sum --quiet -c manifest) || return 1
  psql_as_owner postgres -c "drop database if exists $scratch with (force)" -c "create database $scratch template template0" || return 1
  "$PG_BIN/pg_restore" --jobs=2 --exit-on-error --no-owner --no-privileges --no-comments --no-publications --no-subscriptions --no-password \
    --dbname="$scratch" "$PLAIN/dump" || return 1
  PGOPTIONS="$SPELLING" psql_as_owner "$scratch" -f "$CATALOG" -o "$PLAIN/catalog-restored" || return 1
  diff <(without_casts "$PLAIN/catalog") <(without_casts "$PLAIN/catalog-restored") || return 1
  for table in "${tables[@]}"; do sums_sql "$table"; done | psql_as_owner "$scratch" -o "$PLAIN/sums-restored" || return 1
  diff "$PLAIN/sums" "$PLAIN/sums-restored" || return 1
  psql_as_owner "$scratch" -c "$SEQUENCES_SQL" | diff "$PLAIN/sequences" - || return 1
  requires_another_sum "$scratch"
}

# A comparison that cannot fail proves nothing.
requires_another_sum() {
  local changed
  changed="$({
    printf "begin;\nupdate items set name = name || '.' where id = 1;\n"
    sums_sql public.items
    printf 'rollback;\n'
  } | psql_as_owner "$1")"
  [[ -n $changed ]] && ! grep -qF -- "$changed" "$PLAIN/sums"
}

# What the migration takes away from the schema stops the launch; what it makes of it is what the live one must become.
rehearse() {
  psql_as_owner "$SCRATCH" -c "analyze $(printf ', %s' "${tables[@]}" | cut -c3-)" || return 1
  flyway "rehearse $SCRATCH" || return 1
  PGOPTIONS="$SPELLING" psql_as_owner "$SCRATCH" -f "$CATALOG" -o "$PLAIN/catalog-rehearsed" || return 1
  ! diff "$PLAIN/catalog-restored" "$PLAIN/catalog-rehearsed" | grep '^<' || return 1
  psql_as_owner postgres -c "drop database $SCRATCH with (force)"
}

migrate_database() {
  flyway migrate
}

verify() {
  local findings
  findings="$({
    awk -F'|' '{ printf "select %c%s lost rows%c where (select count(*) from only %s) < %s;\n", 39, $1, 39, $1, $2 }' "$PLAIN/sums"
    printf "select 'index ' || indexrelid::regclass || ' is invalid' from pg_index where not indisvalid;\n"
    printf "select conname || ' is not validated' from pg_constraint where not convalidated;\n"
  } | psql_as_owner shop)" || return 1
  [[ -z $findings ]] || return 1
  PGOPTIONS="$SPELLING" psql_as_owner shop -f "$CATALOG" -o "$PLAIN/catalog-migrated" || return 1
  diff <(without_casts "$PLAIN/catalog-rehearsed") <(without_casts "$PLAIN/catalog-migrated") || return 1
  psql_as_owner shop -c "$SEQUENCES_SQL" | diff "$PLAIN/sequences" -
}

start_green() {
  local end=$((SECONDS + 60))
  SHOP_DATABASE_PASSWORD="$(<"$SECRETS/shop")" docker run -d --name shop-demo-green --network "$NETWORK" --ip "$NET.12" --init --memory 512m \
    --label dev.liftoff.service=shop --label dev.liftoff.environment=demo --label dev.liftoff.slot=green --label dev.liftoff.version=v2 \
    --log-opt max-size=10m --log-opt max-file=3 --stop-timeout 20 -e SHOP_DATABASE_PASSWORD "$IMAGE" || return 1
  until curl -sf -m 2 -o /dev/null "$GREEN_ADDRESS/health/ready"; do
    ((SECONDS < end)) && [[ $(docker inspect --format '{{.State.Running}}' shop-demo-green) == true ]] || return 1
    sleep 0.1
  done
  docker update --restart unless-stopped shop-demo-green
}

scan_logs() { ! docker logs shop-demo-green 2>&1 | grep -E '\b[Ee][Rr][Rr][Oo][Rr]\b|OutOfMemory'; }

health_checks() {
  curl -sf -m 10 -o /dev/null "$GREEN_ADDRESS/health/live" -o /dev/null "$GREEN_ADDRESS/health/ready" || return 1
  [[ $(curl -sf -m 10 "$GREEN_ADDRESS/version") == *'"v2"'* ]]
}

warm_up_green() {
  local answers
  answers="$(curl -s -Z --parallel-max 16 -m 60 -w '%{http_code}\n' -o /dev/null "$GREEN_ADDRESS/items?[1-1000]" -o /dev/null "$GREEN_ADDRESS/version?[1-1000]" 2>/dev/null | sort | uniq -c)"
  printf '%s\n' "$answers"
  [[ $answers =~ ^\ *2000\ 200$ ]]
}

switch_to_green() {
  local head
  head="$(curl -sf -m 2 -o /dev/null -D - -H 'X-Slot: green' "http://127.0.0.1:$PROXY_PORT/health/ready")" || return 1
  [[ ${head,,} == *'x-slot: green'* ]] || return 1
  printf 'green 100\n' >"$TRAFFIC/weight.map.new"
  sync "$TRAFFIC/weight.map.new"
  mv "$TRAFFIC/weight.map.new" "$TRAFFIC/weight.map"
  sync "$TRAFFIC"
  haproxy "set map /traffic/weight.map green 100"
  [[ $(haproxy "show map /traffic/weight.map") == *' green 100' ]]
}

in_flight_on_blue() { haproxy "show stat blue 4 -1" | awk -F, '/^blue,s1,/ { print $5 }'; }

drain_blue() {
  local end=$((SECONDS + 10))
  sleep 0.2
  until [[ $(in_flight_on_blue) == 0 ]]; do
    ((SECONDS < end)) || return 1
    sleep 0.02
  done
}

stop_blue() {
  docker stop -t 20 shop-demo-blue || return 1
  [[ $(docker inspect --format '{{.State.ExitCode}}' shop-demo-blue) =~ ^(0|143)$ ]]
}
