package dev.liftoff.starter;

import dev.liftoff.plan.PlanReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code liftoff plan}. */
@Command(name = "plan", description = "Write or translate a plan. Needs no server.")
final class Plan {
  private Plan() {}

  static picocli.CommandLine commands(Session session) {
    return new picocli.CommandLine(new Plan())
        .addSubcommand(new Json(session))
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
