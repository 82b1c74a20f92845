package dev.liftoff.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.Milestone;
import dev.liftoff.Plans;
import dev.liftoff.database.MigrationCommand;
import dev.liftoff.gate.Role;
import dev.liftoff.metrics.Cadence;
import dev.liftoff.metrics.JudgeSpec;
import dev.liftoff.metrics.Limit;
import dev.liftoff.metrics.Metric;
import dev.liftoff.metrics.Response;
import dev.liftoff.metrics.watched.Direction;
import dev.liftoff.metrics.watched.Rule;
import dev.liftoff.metrics.watched.Thing;
import dev.liftoff.metrics.watched.WatchedSpec;
import dev.liftoff.traffic.Ramp;
import dev.liftoff.traffic.Weight;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanReaderTest {

  @Test
  void theDefaultsAreTheRunbook() {
    ObjectNode document = Plans.small();
    document.remove(List.of("traffic", "gates", "checks", "warmUp", "configuration"));

    LaunchPlan plan = read(document);

    for (Milestone milestone : Milestone.values()) {
      assertThat(plan.offset(milestone)).isEqualTo(milestone.defaultOffset());
    }
    assertThat(plan.traffic().steps())
        .containsExactly(new Ramp.Step(Weight.ALL, Duration.ofMinutes(10)));
    assertThat(plan.gates().keySet())
        .containsExactly(
            Milestone.MIGRATE,
            Milestone.GO_LIVE,
            Milestone.VALIDATION_30M,
            Milestone.REVIEW_24H,
            Milestone.REVIEW_48H);
    assertThat(plan.gates().get(Milestone.GO_LIVE).roles()).containsExactly(Role.COMMANDER);
    assertThat(plan.metrics().limits())
        .containsExactly(
            new Limit(Metric.ERROR_RATE, 0.05, null, Duration.ofMinutes(2), 100),
            new Limit(Metric.ERROR_RATE, 0.02, null, Duration.ofMinutes(2), 100)
                .then(Response.HOLD),
            new Limit(Metric.ERROR_RATE, 0.01, null, Duration.ofMinutes(2), 100)
                .then(Response.REPORT),
            new Limit(Metric.P95, 5.0, null, Duration.ofMinutes(3), 100),
            new Limit(Metric.AVAILABILITY, null, 0.95, Duration.ofMinutes(1), 0));
    assertThat(plan.metrics().guard())
        .isEqualTo(
            new Cadence(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(5)));
    assertThat(plan.limits())
        .isEqualTo(
            new Limits(
                Duration.ofHours(4),
                Duration.ofMinutes(15),
                Duration.ofMinutes(5),
                Duration.ofHours(1),
                Duration.ofDays(7),
                Duration.ofMinutes(5)));
    assertThat(plan.launchAt()).isNull();
  }

  @Test
  void theTriggersOfTheRunbookAreThoseWithAQuery() {
    ObjectNode document = Plans.small();
    document
        .withObject("/metrics")
        .set(
            "queries",
            Plans.json(
                "{\"answers\": \"haproxy\", \"health\": \"haproxy\", \"critical-alerts\": \"prometheus\", \"disk\": \"disk_used\", \"oom-kills\": \"oom\"}"));

    assertThat(read(document).metrics().limits())
        .extracting(Limit::bound, Limit::then, limit -> limit.lasting().toMinutes())
        .containsExactly(
            tuple("answers below 1.0", Response.ROLLBACK, 1L),
            tuple("health below 1.0", Response.ROLLBACK, 2L),
            tuple("critical-alerts above 0.0", Response.ROLLBACK, 1L),
            tuple("disk above 0.95", Response.ASK, 1L),
            tuple("oom-kills above 0.0", Response.ASK, 0L));
    assertThat(read(document).metrics().queries().get(Metric.ANSWERS))
        .startsWith("sum(haproxy_server_check_status{proxy=\"{slot}\",state=~")
        .contains("L7STS");
    assertThat(read(document).metrics().queries().get(Metric.DISK)).isEqualTo("disk_used");
  }

  @Test
  void aLimitSaysWhatFollowsAndWhetherItIsTriedOut() {
    ObjectNode document = Plans.small();
    document
        .withObject("/metrics")
        .putArray("limits")
        .add(Plans.json("{\"metric\": \"p95\", \"above\": 2, \"then\": \"hold\"}"))
        .add(Plans.json("{\"metric\": \"p95\", \"above\": 9, \"shadow\": true}"));

    assertThat(read(document).metrics().limits())
        .extracting(Limit::then, Limit::shadow)
        .containsExactly(tuple(Response.HOLD, false), tuple(Response.ROLLBACK, true));
  }

  @Test
  void whatCannotBeALimitIsSaidWithItsPath() {
    ObjectNode document = Plans.small();
    ObjectNode metrics = document.withObject("/metrics");
    metrics.withObject("/queries").put("disk", "disk_used").put("p99", "haproxy");
    metrics.withObject("/guard").put("later", "5s");
    metrics
        .putArray("limits")
        .add(Plans.json("{\"metric\": \"disk\", \"above\": 0.9, \"then\": \"rollback\"}"))
        .add(Plans.json("{\"metric\": \"p95\", \"above\": 5, \"then\": \"panic\"}"))
        .add(
            Plans.json(
                "{\"metric\": \"p95\", \"above\": 5, \"then\": \"hold\", \"shadow\": \"yes\"}"));

    assertThat(problems(document))
        .containsExactly(
            "metrics.queries.p99: must be PromQL, was 'haproxy': ready are haproxy for answers and health, prometheus for critical-alerts",
            "metrics.limits[1].then: must be one of rollback, ask, hold, report, was 'panic'",
            "metrics.limits[2].shadow: must be true or false, was a text",
            "metrics.guard.later: must be between 10s and 1h, was 5s",
            "metrics.limits[0].then: must be ask, hold or report for disk, which says nothing about the version, was rollback",
            "metrics.limits[2]: is there already: same metric, same bound and same duration, p95 above 5.0 for 2 min");
  }

  @Test
  void everyProblemComesAtOnceInTheOrderOfTheDocument() {
    ObjectNode document = Plans.small();
    document.put("environment", "no spaces");
    document.remove("version");
    document.withObject("/container").put("port", 0);
    document.withObject("/traffic").putArray("steps").add("fast");

    assertThat(problems(document))
        .containsExactly(
            "environment: must be 1 to 63 letters, digits, '.', '_' or '-', starting with a letter or digit, was 'no spaces'",
            "version: is missing",
            "container.port: must be a whole number between 1 and 65535, was 0",
            "traffic.steps[0]: must be an object, was a text",
            "traffic.steps[0].weight: is missing");
  }

  @Test
  void nothingIsRequiredTwice() {
    assertThat(problems(Plans.json("{}")))
        .contains(
            "service: is missing",
            "environment: is missing",
            "version: is missing",
            "commander: is missing",
            "image.reference: is missing",
            "container.network: is missing",
            "container.addresses.blue: is missing",
            "metrics.prometheus: is missing",
            "metrics.samples: is missing")
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/container/port | 0 | 1 and 65535",
        "/container/port | 65536 | 1 and 65535",
        "/container/port | 1e400 | 1 and 65535",
        "/container/port | 80.5 | 1 and 65535",
        "/container/port | '\"8080\"' | 1 and 65535",
        "/container/port | true | 1 and 65535",
        "/container/port | 99999999999999999999999999 | 1 and 65535",
        "/container/cpus | -1 | 0 and 1024",
        "/container/cpus | 1025 | 0 and 1024",
        "/container/ready/within | '\"0s\"' | 1s and 1h",
        "/container/ready/within | '\"2h\"' | 1s and 1h",
        "/container/stopWithin | '\"2h\"' | 1s and 1h",
        "/warmUp/requests | -1 | 0 and 100000",
        "/warmUp/requests | 100001 | 0 and 100000",
        "/database/backupLimit | '\"2d\"' | 1s and 1d",
        "/database/migrationLimit | '\"0s\"' | 1s and 1d",
        "/database/lockLimit | '\"6m\"' | 10ms and 5m",
        "/traffic/drainLimit | '\"-1s\"' | 0s and 1h",
        "/traffic/noDataLimit | '\"2d\"' | 1s and 1d",
        "/traffic/steps/0/weight | 0 | 1 and 100",
        "/traffic/steps/0/weight | 101 | 1 and 100",
        "/traffic/steps/0/soak | '\"8d\"' | 0s and 7d",
        "/metrics/interval | '\"100ms\"' | 500ms and 1h",
        "/metrics/staleAfter | '\"2h\"' | 1s and 1h",
        "/limits/hold | '\"8d\"' | 1s and 7d",
        "/limits/helpEvery | '\"2d\"' | 1s and 1d",
        "/limits/guardWindow | '\"2h\"' | 1s and 1h",
        "/limits/extension | '\"-1d\"' | 0s and 30d",
        "/limits/step | '\"2h\"' | 1s and 1h",
        "/offsets/readiness | '\"-31d\"' | -30d and 60d",
        "/offsets/retrospective | '\"61d\"' | -30d and 60d",
      })
  void everyNumberOutOfRangeIsNamed(String pointer, String value, String range) {
    ObjectNode document = Plans.small();
    set(document, pointer, json(value));

    String path = pointer.substring(1).replaceAll("/(\\d+)", "[$1]").replace('/', '.');
    assertThat(problems(document))
        .anyMatch(problem -> problem.startsWith(path + ": must be ") && problem.contains(range));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/serivce | 1 | serivce: is not known here; did you mean 'service'?",
        "/container/prot | 1 | container.prot: is not known here; did you mean 'port'?",
        "/traffic/steps/0/waight | 1 | traffic.steps[0].waight: is not known here; did you mean 'weight'?",
        "/launchAt | '\"tomorrow\"' | launchAt: must be an instant such as 2026-11-22T20:00:00Z, was 'tomorrow'",
        "/launchAt | '\"2026-11-22T20:00:00\"' | launchAt: must be an instant such as 2026-11-22T20:00:00Z, was '2026-11-22T20:00:00'",
        "/version | 1.10 | version: must be a text: put it in quotes",
        "/version | '\"\"' | version: must be 1 to 63 letters, digits, '.', '_' or '-', starting with a letter or digit, was ''",
        "/commander | '\" \"' | commander: must not be empty",
        "/commander | '[]' | commander: must be a text, was a list",
        "/image | '\"shop:v2\"' | image: must be an object, was a text",
        "/image/digest | '\"sha256:12\"' | image.digest: must be sha256: and 64 hex digits, was sha256:12",
        "/container/addresses/green | '\"172.31.250.300\"' | container.addresses.green: must be an IPv4 address such as 172.31.250.11, was '172.31.250.300'",
        "/container/addresses/green | '\"172.31.250.11\"' | container.addresses.green: must differ from the address of blue, was the same",
        "/container/memory | '\"12 apples\"' | container.memory: must be a size such as 512MiB or 2GiB, was '12 apples'",
        "/container/ready/within | '\"soon\"' | container.ready.within: must be a duration such as 90s, 5m, 2h30m, 7d or PT5M, was 'soon'",
        "/container/ready/path | '\"ready\"' | container.ready.path: must start with '/', was 'ready'",
        "/database/url | '\"mysql://db\"' | database.url: must start with jdbc:postgresql://, was 'mysql://db'",
        "/database/backup | '{\"method\": \"rsync\"}' | database.backup.method: must be one of auto, logical, physical, pgbackrest, was 'rsync'",
        "/database/backup | '{\"method\": \"logical\", \"stanza\": \"shop\"}' | database.backup.stanza: would not be used: it is for method pgbackrest, or auto, with a stanza; remove it",
        "/database/backup | '{\"method\": \"pgbackrest\"}' | database.backup.stanza: is missing: it is what pgbackrest calls the server",
        "/database/backup | '{\"config\": \"/etc/pgbackrest.conf\"}' | database.backup.config: would not be used: it is for method pgbackrest, or auto, with a stanza; remove it",
        "/database/backup | '{\"physicalUpTo\": \"1MiB\"}' | database.backup.physicalUpTo: must not be less than logicalUpTo: what is larger is copied up to here",
        "/database/backup | '{\"logicalUpTo\": \"0\"}' | database.backup.logicalUpTo: must be more than nothing",
        "/database/backup/throttle | '{\"when\": \"always\"}' | database.backup.throttle.when: must be p95 or never, was 'always'",
        "/database/backup/throttle | '{\"above\": 1}' | database.backup.throttle.above: must be a number between 1.1 and 100, was 1",
        "/database/backup/throttle | '{\"floor\": \"0\"}' | database.backup.throttle.floor: must be more than nothing",
        "/database/backup | '{\"logicalUpTo\": \"ten\"}' | database.backup.logicalUpTo: must be a size such as 512MiB or 2GiB, was 'ten'",
        "/database/migrations | '\"migrations\"' | database.migrations: must be an absolute path on the worker's host, was 'migrations'",
        "/configuration | '\"/etc/shop.conf\"' | configuration: must be a list, was a text",
        "/traffic/steps/1/weight | 25 | traffic.steps[1].weight: must be greater than the one before, 25 %, was 25 %",
        "/traffic/steps/1/weight | 50 | traffic.steps[1].weight: must be 100 in the last step, was 50",
        "/metrics/limits | '[]' | metrics.limits: must have at least one limit with a query: what is not measured is never green",
        "/metrics/judge | '{}' | metrics.judge.requests: is missing: name an instrumentation, or requests and errors",
        "/metrics/judge | '{\"requests\": \"r{slot=\\\"{slot}\\\"}\"}' | 'metrics.judge.errors: is missing: say which series of requests failed, code=~\"5..\"'",
        "/metrics/judge | '{\"instrumentation\": \"apache\"}' | metrics.judge.instrumentation: must be one of haproxy, nginx, spring, fastapi, starlette, go, was 'apache'",
        "/metrics/judge | '{\"instrumentation\": \"go\", \"vote\": \"pod\"}' | metrics.judge.vote: must be one of auto, error, batch, was 'pod'",
        "/metrics/judge | '{\"instrumentation\": \"go\", \"batch\": \"6m\"}' | metrics.judge.batch: must be between 1s and 5m, was 6m",
        "/metrics/judge | '{\"instrumentation\": \"go\", \"ceiling\": 1.5}' | 'metrics.judge.ceiling: must be a number between 0 and 0.99, was 1.5'",
        "/metrics/judge | '{\"instrumentation\": \"go\", \"groups\": \"a-b\"}' | 'metrics.judge.groups: must be the name of a label such as instance or pod, was ''a-b'''",
        "/metrics/judge | '{\"instrumentation\": \"go\", \"history\": \"10m\"}' | metrics.judge.history: must be between 1h and 7d, was 10m",
        "/metrics/judge | '{\"instrumentation\": \"go\", \"discard\": \"2h\"}' | metrics.judge.discard: must be between 0s and 1h, was 2h",
        "/metrics/judge | '{\"instrumentation\": \"go\", \"errors\": \"5..\"}' | 'metrics.judge.errors: must be one matcher of a label such as code=~\"5..\", was ''5..'''",
        "/metrics/watched | '{}' | metrics.watched.things: must name at least one thing, such as request-rate",
        "/metrics/watched | '{\"things\": {\"cpu\": null}}' | metrics.watched.things.cpu.query: is missing: name an instrumentation that has one, or give it",
        "/metrics/watched | '{\"instrumentation\": \"haproxy\", \"things\": {\"cpu\": null}}' | metrics.watched.things.cpu.query: is missing: there is none ready for haproxy",
        "/metrics/watched | '{\"things\": {\"orders\": {\"within\": \"10%\"}}}' | metrics.watched.things.orders.query: is missing: a thing with a name of your own needs one",
        "/metrics/watched | '{\"things\": {\"orders\": {\"query\": \"o\"}}}' | 'metrics.watched.things.orders.within: is missing: say what is allowed, within: 10%, above, below or trend'",
        "/metrics/watched | '{\"things\": {\"Orders\": {}}}' | 'metrics.watched.things.Orders: must be named by small letters, digits and ''-'', such as orders-per-minute'",
        "/metrics/watched | '{\"things\": {\"p95\": {\"then\": \"rollback\"}}}' | 'metrics.watched.things.p95.then: must be hold, ask or report, was ''rollback'': a watched thing never rolls back alone, since others than the candidate may have moved it; put a limit under metrics.limits for that'",
        "/metrics/watched | '{\"things\": {\"p95\": {\"within\": \"ten\"}}}' | 'metrics.watched.things.p95.within: must be a share such as 10%, was ''ten'''",
        "/metrics/watched | '{\"things\": {\"p95\": {\"within\": \"0%\"}}}' | 'metrics.watched.things.p95.within: must be a share such as 10%, was ''0%'''",
        "/metrics/watched | '{\"things\": {\"p95\": {\"trend\": \"5%\"}}}' | 'metrics.watched.things.p95.trend: must be a growth in an hour or a day such as 5%/h, was ''5%'''",
        "/metrics/watched | '{\"things\": {\"p95\": {\"within\": \"5%\", \"above\": 1}}}' | 'metrics.watched.things.p95.above: cannot be given beside within: remove one'",
        "/metrics/watched | '{\"things\": {\"p95\": {\"above\": 1, \"slack\": 1}}}' | 'metrics.watched.things.p95.slack: would not be used: it is for within; remove it'",
        "/metrics/watched | '{\"things\": {\"p95\": {\"direction\": \"left\"}}}' | 'metrics.watched.things.p95.direction: must be one of up, down, both, was ''left'''",
        "/metrics/watched | '{\"things\": {\"p95\": {\"wihtin\": \"5%\"}}}' | 'metrics.watched.things.p95.wihtin: is not known here; did you mean ''within''?'",
        "/metrics/watched | '{\"instrumentation\": \"go\", \"matching\": \"x\", \"things\": {\"request-rate\": {}}}' | 'metrics.watched.things.request-rate.query: cannot be made of matching, which must have matchers such as slot=\"{slot}\" between its braces, was ''http_requests_total{x,slot=\"{slot}\"}'''",
        "/checks/backup | '[]' | checks.backup: has no checks; [preflight, health, validation-15m, validation-30m, checkpoint-2h, checkpoint-4h] and step have",
        "/gates/backup | '{}' | gates.backup: has no gate; [readiness, briefing, migrate, go-live, validation-30m, review-24h, review-48h] have",
        "/offsets/go-live | '\"1m\"' | offsets.go-live: must be 0s: it is T+0",
        "/offsets/backup | '\"-50m\"' | offsets.backup: must not be before prepare at -30m, was -50m",
      })
  void whatIsWrongIsSaidWithItsPathAndTheFix(String pointer, String value, String problem) {
    ObjectNode document = Plans.small();
    set(document, pointer, json(value));

    assertThat(problems(document)).contains(problem);
  }

  @Test
  void aCommandMigratesInThePlaceOfAFolder() {
    ObjectNode document = Plans.small();
    document.withObject("/database").remove("migrations");
    set(
        document,
        "/database/migration",
        json(
            """
            {"command": {"run": ["alembic", "upgrade", "head"],
              "versionQuery": "SELECT version_num FROM alembic_version",
              "urlVariable": "DATABASE_URL",
              "urlForm": "postgresql://{user}:{password}@{host}:{port}/{database}",
              "environment": {"TOKEN": "env:TOOL_TOKEN"}}}
            """));

    MigrationCommand command = read(document).database().migration().command();

    assertThat(command.text()).isEqualTo("alembic upgrade head");
    assertThat(command.environment()).containsEntry("TOKEN", "env:TOOL_TOKEN");
    assertThat(command.place()).isNull();
    assertThat(read(document).database().migrations()).isEmpty();
  }

  @Test
  void everythingThatIsWrongWithACommandIsSaidAtOnce() {
    ObjectNode document = Plans.small();
    set(
        document,
        "/database/migration",
        json(
            """
            {"command": {"run": ["tool", "postgresql://shop:hunter2@db/shop"],
              "versionQuery": "SELECT 1",
              "urlVariable": "DATABASE-URL",
              "urlForm": "postgresql://shop:hunter2@{host}:{port}/shop",
              "environment": {"TOKEN": "hunter2"}}}
            """));

    assertThat(problems(document))
        .contains(
            "database.migrations: is not read where migration.command migrates; leave it out",
            "database.migration.command.run[1]: must not hold a password: everybody on the host can read a command (the value is not shown here)",
            "database.migration.command.urlVariable: must be the name of an environment variable, was 'DATABASE-URL'",
            "database.migration.command.urlForm: must have {password} in the place of the password (the value is not shown here)",
            "database.migration.command.environment.TOKEN: looks like a secret and must be a reference, env:NAME or file:/absolute/path (the value is not shown here)")
        .noneMatch(problem -> problem.contains("hunter2"));
  }

  @Test
  void aJudgeNeedsNoMoreThanTheNameOfAnInstrumentation() {
    ObjectNode document = Plans.small();
    document.withObject("/metrics").putObject("judge").put("instrumentation", "spring");

    assertThat(read(document).metrics().judge())
        .isEqualTo(
            new JudgeSpec(
                "http_server_requests_seconds_count{slot=\"{slot}\"}",
                "status=~\"5..\"",
                "http_server_requests_seconds_bucket{slot=\"{slot}\"}",
                JudgeSpec.Vote.AUTO,
                Duration.ofMinutes(1),
                Duration.ofMinutes(5),
                Duration.ofHours(2),
                "instance",
                Duration.ofHours(24),
                Duration.ofMinutes(1),
                false,
                new JudgeSpec.Ceiling(0.05, 100)));
  }

  @Test
  void whatTheProxyCountsIsHeldAgainstTheWeight() {
    ObjectNode document = Plans.small();
    document.withObject("/metrics").putObject("judge").put("instrumentation", "haproxy");

    assertThat(read(document).metrics().judge().share()).isTrue();
  }

  @Test
  void theCeilingIsTheLowestLimitOfTheErrorRateThatRollsBackAndCanBeSwitchedOff() {
    ObjectNode document = Plans.small();
    document.withObject("/metrics").putObject("judge").put("instrumentation", "go");
    set(
        document,
        "/metrics/limits",
        json(
            """
            [{"metric": "error-rate", "above": 0.02, "then": "hold"},
             {"metric": "error-rate", "above": 0.03, "shadow": true},
             {"metric": "error-rate", "above": 0.2, "lasting": "0s"},
             {"metric": "error-rate", "above": 0.1, "minimumSamples": 7}]
            """));

    assertThat(read(document).metrics().judge().ceiling()).isEqualTo(new JudgeSpec.Ceiling(0.1, 7));
    document.withObject("/metrics/judge").put("ceiling", 0);
    assertThat(read(document).metrics().judge().ceiling()).isNull();
  }

  @Test
  void aWatchedThingNeedsNoMoreThanItsNameWhereTheInstrumentationKnowsIt() {
    ObjectNode document = Plans.small();
    set(
        document,
        "/metrics/watched",
        json(
            """
            {"instrumentation": "spring", "matching": "app=\\"shop\\"",
             "things": {"queue": {"query": "q", "below": 5}, "memory": null, "p95": null, "request-rate": {"within": "15%"},
               "redis-hit-rate": null, "error-rate": {"then": "hold"}, "p99": {"trend": "24%/d"}}}
            """));

    assertThat(read(document).metrics().watched())
        .isEqualTo(
            new WatchedSpec(
                Duration.ofHours(1),
                List.of(
                    thing(
                        "request-rate",
                        "sum(rate(http_server_requests_seconds_count{app=\"shop\",slot=~\"blue|green\"}[2m]))",
                        new Rule.Within(0.15, 0, Direction.BOTH),
                        Response.HOLD),
                    thing(
                        "error-rate",
                        "errors",
                        new Rule.Within(0.1, 0.005, Direction.UP),
                        Response.HOLD),
                    thing("p95", "p95", new Rule.Within(0.2, 0.05, Direction.UP), Response.REPORT),
                    thing(
                        "p99",
                        "histogram_quantile(0.99, sum by (le) (rate(http_server_requests_seconds_bucket{app=\"shop\",slot=\"{slot}\"}[2m])))",
                        new Rule.Trend(0.01),
                        Response.REPORT),
                    thing(
                        "redis-hit-rate",
                        "sum(rate(redis_keyspace_hits_total[2m])) / (sum(rate(redis_keyspace_hits_total[2m])) + sum(rate(redis_keyspace_misses_total[2m])))",
                        new Rule.Within(0.1, 0, Direction.DOWN),
                        Response.HOLD),
                    thing(
                        "memory",
                        "sum(jvm_memory_used_bytes{app=\"shop\",slot=\"{slot}\",area=\"heap\"})",
                        new Rule.Trend(0.05),
                        Response.HOLD),
                    thing("queue", "q", new Rule.Bounds(null, 5.0), Response.HOLD))));
  }

  @Test
  void whatIsWatchedForLongerThanTheLaunchIsRefused() {
    ObjectNode document = Plans.brief();
    set(document, "/metrics/watched", json("{\"things\": {\"memory\": {\"query\": \"m\"}}}"));

    assertThat(problems(document))
        .containsExactly(
            "metrics.watched.things.memory.over: must not be longer than 35m, when the last look back is, was 1h");
  }

  private static Thing thing(String name, String query, Rule rule, Response then) {
    Duration over = rule instanceof Rule.Trend ? Duration.ofHours(1) : Duration.ofMinutes(5);
    return new Thing(name, query, rule, over, then);
  }

  @Test
  void withoutAJudgeNothingIsCompared() {
    assertThat(read(Plans.small()).metrics().judge()).isNull();
  }

  @Test
  void durationsAreReadAsPeopleAndAsMachinesWriteThem() {
    ObjectNode document = Plans.small();
    document.withObject("/limits").put("hold", "1d2h3m4s").put("helpEvery", "PT90S");

    assertThat(read(document).limits().hold())
        .isEqualTo(Duration.ofDays(1).plusHours(2).plusMinutes(3).plusSeconds(4));
    assertThat(read(document).limits().helpEvery()).isEqualTo(Duration.ofSeconds(90));
  }

  @Test
  void anHourMayHaveAnyOffset() {
    ObjectNode document = Plans.small().put("launchAt", "2026-11-22T21:00:00Z");

    assertThat(read(document).launchAt()).isEqualTo(Instant.parse("2026-11-22T21:00:00Z"));
  }

  @Test
  void wholeNumbersAreTexts() {
    ObjectNode document = Plans.small().put("version", 7);
    document.withObject("/container/environment").put("WORKERS", 4).put("DEBUG", true);

    LaunchPlan plan = read(document);

    assertThat(plan.version()).isEqualTo("7");
    assertThat(plan.container().environment())
        .containsEntry("WORKERS", "4")
        .containsEntry("DEBUG", "true");
  }

  @Test
  void aNullIsAsIfItWereNotThere() {
    ObjectNode document = Plans.small();
    document.putNull("launchAt").putNull("gates").putNull("database").putNull("limits");

    LaunchPlan plan = read(document);

    assertThat(plan.database()).isNull();
    assertThat(plan.gates()).hasSize(5);
  }

  private static LaunchPlan read(JsonNode document) {
    try {
      return PlanReader.read(document);
    } catch (InvalidPlan wrong) {
      return fail(wrong.getMessage());
    }
  }

  private static List<String> problems(JsonNode document) {
    try {
      PlanReader.read(document);
      return List.of();
    } catch (InvalidPlan wrong) {
      return wrong.problems().stream().map(Problem::toString).toList();
    }
  }

  private static void set(ObjectNode document, String pointer, JsonNode value) {
    int last = pointer.lastIndexOf('/');
    String key = pointer.substring(last + 1);
    String parent = pointer.substring(0, last);
    JsonNode object = parent.isEmpty() ? document : document.at(parent);
    ((ObjectNode) (object.isMissingNode() ? document.withObject(parent) : object)).set(key, value);
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(text, wrong);
    }
  }
}
