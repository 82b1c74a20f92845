package dev.liftoff;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.plan.PlanDocument;
import java.util.function.Consumer;

/** Plans for tests. */
public final class Plans {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Plans() {}

  /** A ramp of 25 and 100 %, the runbook's offsets after T+0, no gates. */
  public static ObjectNode small() {
    return json(
        """
        {
          "service": "shop", "environment": "test", "version": "v2", "commander": "ann",
          "image": {"reference": "shop:v2"},
          "container": {
            "port": 8080, "network": "shop", "addresses": {"blue": "172.31.250.11", "green": "172.31.250.12"},
            "environment": {"SHOP_PASSWORD": "env:SHOP_PASSWORD"}
          },
          "warmUp": {"paths": ["/items"], "requests": 10},
          "database": {
            "url": "jdbc:postgresql://db/shop", "user": "owner", "password": "env:SHOP_PASSWORD", "migrations": "/srv/migrations"
          },
          "configuration": ["/etc/shop.conf"],
          "traffic": {"steps": [{"weight": 25, "soak": "10m"}, {"weight": 100, "soak": "10m"}]},
          "metrics": {
            "prometheus": "http://127.0.0.1:9090", "samples": "requests",
            "queries": {"error-rate": "errors", "p95": "p95", "availability": "up"}
          },
          "checks": {
            "preflight": [{"type": "disk", "name": "disk", "path": "/"}],
            "health": [{"type": "http", "name": "live", "url": "{candidate}/health/live"}]
          },
          "gates": {}
        }
        """);
  }

  /** {@link #small} with the milestones after T+0 minutes apart, so that its history is short. */
  public static ObjectNode brief() {
    ObjectNode plan = small();
    plan.set(
        "traffic",
        json(
            "{\"steps\": [{\"weight\": 25, \"soak\": \"2m\"}, {\"weight\": 100, \"soak\": \"2m\"}]}"));
    plan.set(
        "offsets",
        json(
            """
            {"validation-15m": "5m", "validation-30m": "10m", "hand-over": "15m", "checkpoint-2h": "20m",
             "checkpoint-4h": "25m", "review-24h": "30m", "review-48h": "35m", "retrospective": "40m"}
            """));
    return plan;
  }

  /** The service's own tool migrates. */
  static void command(ObjectNode plan) {
    ObjectNode database = (ObjectNode) plan.get("database");
    database.remove("migrations");
    database.set(
        "migration",
        json(
            """
            {"command": {
              "run": ["alembic", "upgrade", "head"], "versionQuery": "SELECT version_num FROM alembic_version",
              "urlVariable": "DATABASE_URL", "urlForm": "postgresql://{user}:{password}@{host}:{port}/{database}"}}
            """));
  }

  public static PlanDocument brief(Consumer<ObjectNode> change) {
    ObjectNode plan = brief();
    change.accept(plan);
    return new PlanDocument(plan);
  }

  public static PlanDocument with(Consumer<ObjectNode> change) {
    ObjectNode plan = small();
    change.accept(plan);
    return new PlanDocument(plan);
  }

  /** {@link #brief} with gates for the commander, open for an hour. */
  public static PlanDocument withGate(Milestone... gates) {
    return brief(plan -> {
      for (Milestone gate : gates) {
        gate(plan, gate, "{\"roles\": [\"commander\"], \"expires\": \"1h\"}");
      }
    });
  }

  public static void gate(ObjectNode plan, Milestone gate, String rules) {
    plan.withObject("/gates").set(gate.word(), json(rules));
  }

  public static ArrayNode list(Object... items) {
    return MAPPER.valueToTree(items);
  }

  public static ObjectNode json(String text) {
    try {
      return (ObjectNode) MAPPER.readTree(text);
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(text, wrong);
    }
  }
}
