package dev.liftoff.starter;

import dev.liftoff.plan.PlanReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code liftoff plan}. */
@Command(name = "plan", description = "Write or translate a plan. Needs no server.")
final class Plan {
  private Plan() {}

  static picocli.CommandLine commands(Session session) {
    return new picocli.CommandLine(new Plan())
        .addSubcommand(new Json(session))
        .addSubcommand(new Digest(session))
        .addSubcommand(new Init(session));
  }

  /** {@code liftoff plan json}. */
  @Command(
      name = "json",
      description =
          "Print the plan as plain Temporal takes it: temporal workflow start --input-file.")
  static final class Json implements Callable<Integer> {
    private final Session session;

    @Mixin PlanArgument file = new PlanArgument();

    Json(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      try {
        PlanFile plan = PlanFile.read(file.name());
        plan.plan();
        session.json(plan.json());
        return ExitCode.OK.code();
      } catch (PlanFile.InvalidFile invalid) {
        return PlanArgument.refuse(session, invalid);
      }
    }
  }

  /** {@code liftoff plan digest}. */
  @Command(
      name = "digest",
      description =
          "Print the digest of a plan: whether a launch runs by it, tells the plan line of its status.")
  static final class Digest implements Callable<Integer> {
    private final Session session;

    @Mixin PlanArgument file = new PlanArgument();

    @Option(
        names = "--at",
        paramLabel = "T0",
        description = "T+0, as it was given to liftoff start")
    @Nullable Instant at;

    Digest(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      try {
        PlanFile read = PlanFile.read(file.name());
        PlanFile plan = at == null ? read : read.at(at.toString());
        plan.plan();
        show(plan.document().digest());
        return ExitCode.OK.code();
      } catch (PlanFile.InvalidFile invalid) {
        return PlanArgument.refuse(session, invalid, "It has no digest.");
      }
    }

    private void show(String digest) {
      if (session.asJson()) {
        session.json(Map.of("digest", digest));
      } else {
        session.print(digest);
      }
    }
  }

  /** {@code liftoff plan init}. */
  @Command(name = "init", description = "Print a plan with every key explained, to start from.")
  static final class Init implements Callable<Integer> {
    private final Session session;

    Init(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() throws IOException {
      try (InputStream reference =
          Objects.requireNonNull(PlanReader.class.getResourceAsStream("reference.yaml"))) {
        session.print(new String(reference.readAllBytes(), StandardCharsets.UTF_8).stripTrailing());
      }
      return ExitCode.OK.code();
    }
  }
}
