package dev.liftoff.checklist;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.liftoff.Word;
import dev.liftoff.plan.LaunchPlan;
import dev.liftoff.probe.Check;
import java.util.Collection;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Parts that a plan may leave out; an item that asks about one applies only where it is there. */
public enum PlanPart {
  /** The service has a database. */
  DATABASE {
    @Override
    public boolean in(LaunchPlan plan) {
      return plan.database() != null;
    }
  },
  /** Flyway migrates from a folder. */
  MIGRATION_FILES {
    @Override
    public boolean in(LaunchPlan plan) {
      return plan.database() != null && plan.database().migration().command() == null;
    }
  },
  /** A command of the candidate's image migrates. */
  MIGRATION_COMMAND {
    @Override
    public boolean in(LaunchPlan plan) {
      return plan.database() != null && plan.database().migration().command() != null;
    }
  },
  /** Old and new version are tried on the rehearsed schema. */
  COMPATIBILITY {
    @Override
    public boolean in(LaunchPlan plan) {
      return plan.compatibility() != null;
    }
  },
  /** Something in Redis is checked. */
  REDIS {
    @Override
    public boolean in(LaunchPlan plan) {
      return checks(plan).anyMatch(Check.Redis.class::isInstance);
    }
  },
  /** There are limits that can roll back; every plan has some. */
  METRICS {
    @Override
    public boolean in(LaunchPlan plan) {
      return !plan.metrics().limits().isEmpty();
    }
  },
  /** Candidate and baseline are compared. */
  JUDGE {
    @Override
    public boolean in(LaunchPlan plan) {
      return plan.metrics().judge() != null;
    }
  },
  /** Traffic moves in more than one step. */
  RAMP {
    @Override
    public boolean in(LaunchPlan plan) {
      return plan.traffic().steps().size() > 1;
    }
  },
  /** A part of the traffic stays on the old version after the last step. */
  CONTROL {
    @Override
    public boolean in(LaunchPlan plan) {
      return plan.traffic().control() != null;
    }
  },
  /** The plan routes messages itself. */
  NOTIFICATIONS {
    @Override
    public boolean in(LaunchPlan plan) {
      return !plan.notifications().routes().isEmpty();
    }
  },
  /** Something is reached by https, or a certificate is checked. */
  HTTPS {
    @Override
    public boolean in(LaunchPlan plan) {
      return "https".equals(plan.metrics().prometheus().getScheme())
          || checks(plan).anyMatch(PlanPart::isHttps);
    }
  },
  /** A check runs as a container. */
  END_TO_END {
    @Override
    public boolean in(LaunchPlan plan) {
      return !plan.containerChecks().isEmpty();
    }
  },
  /** Files are saved before the launch. */
  CONFIGURATION {
    @Override
    public boolean in(LaunchPlan plan) {
      return !plan.configuration().isEmpty();
    }
  },
  /** The candidate is made warm before it gets traffic. */
  WARM_UP {
    @Override
    public boolean in(LaunchPlan plan) {
      return plan.warmUp().requests() > 0;
    }
  };

  /** Whether the plan has this part. */
  public abstract boolean in(LaunchPlan plan);

  /** Whether an item with this {@code when} applies to the plan; one without always does. */
  public static boolean applies(@Nullable String when, LaunchPlan plan) {
    return when == null || of(when).in(plan);
  }

  /** The name in plans and histories, such as {@code migration-files}. */
  @JsonValue
  public String word() {
    return Word.of(this);
  }

  /**
   * Reads {@link #word}.
   *
   * @throws IllegalArgumentException naming all words when it is none of them
   */
  @JsonCreator
  public static PlanPart of(String word) {
    return Word.read(PlanPart.class, word);
  }

  @Override
  public String toString() {
    return word();
  }

  private static Stream<Check> checks(LaunchPlan plan) {
    return Stream.concat(
            plan.checks().values().stream().flatMap(Collection::stream), plan.stepChecks().stream())
        .distinct();
  }

  private static boolean isHttps(Check check) {
    return switch (check) {
      case Check.Tls _ -> true;
      case Check.Http http -> http.url().startsWith("https:");
      case Check.Redis redis -> redis.uri().startsWith("rediss:");
      case Check.Postgres _, Check.Disk _, Check.Container _ -> false;
    };
  }
}
