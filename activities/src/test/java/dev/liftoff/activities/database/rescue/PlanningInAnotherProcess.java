package dev.liftoff.activities.database.rescue;

import java.nio.file.Path;
import java.util.List;

/** A worker that is killed while it makes a twin of the live rows. */
final class PlanningInAnotherProcess {
  private PlanningInAnotherProcess() {}

  /**
   * @param step the first words of what it says when it is killed
   */
  static int killedAt(String step, Store store) throws Exception {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    PlanningInAnotherProcess.class.getName(),
                    Integer.toString(store.port),
                    store.name,
                    store.artifacts.toString(),
                    step))
            .inheritIO()
            .start();
    return process.waitFor();
  }

  public static void main(String[] arguments) throws Exception {
    Store store =
        new Store(Integer.parseInt(arguments[0]), arguments[1], Path.of(arguments[2])).online();
    var _ =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              while (!store.progress.toString().startsWith(arguments[3])) {
                Thread.onSpinWait();
              }
              Runtime.getRuntime().halt(137);
            });
    var _ = store.plan();
  }
}
