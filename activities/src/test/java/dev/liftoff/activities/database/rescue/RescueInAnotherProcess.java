package dev.liftoff.activities.database.rescue;

import dev.liftoff.Payloads;
import dev.liftoff.database.RescuePlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A worker that is killed when a rescue has reached a phase: nothing of its own runs any more. */
final class RescueInAnotherProcess {
  private RescueInAnotherProcess() {}

  static int killedAt(RescuePhase phase, Store store, RescuePlan plan) throws Exception {
    Path file = store.artifacts.resolve("plan.json");
    Files.write(file, Payloads.mapper().writeValueAsBytes(plan));
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    RescueInAnotherProcess.class.getName(),
                    Integer.toString(store.port),
                    store.name,
                    store.artifacts.toString(),
                    phase.name()))
            .inheritIO()
            .start();
    return process.waitFor();
  }

  public static void main(String[] arguments) throws Exception {
    Path artifacts = Path.of(arguments[2]);
    Store store = new Store(Integer.parseInt(arguments[0]), arguments[1], artifacts);
    RescuePlan plan =
        Payloads.mapper().readValue(artifacts.resolve("plan.json").toFile(), RescuePlan.class);
    RescuePhase last = RescuePhase.valueOf(arguments[3]);
    var _ =
        store.rescue(
            plan,
            phase -> {
              if (phase == last) {
                Runtime.getRuntime().halt(137);
              }
            });
  }
}
