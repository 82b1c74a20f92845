package switching;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The demo's load client in a process of its own: open loop, half of the requests with a connection of their own. */
final class LoadRun {
  /**
   * What became of the requests.
   *
   * @param executed how many the services ran
   * @param text all that the client said
   */
  record Summary(long sent, long failed, long executed, double p99, String text) {}

  private final Process process;

  LoadRun(String run, Path repository, Path folder, int port, long requests, int rate) throws IOException {
    process =
        new ProcessBuilder(
                repository.resolve("deploy/demo/load/run").toString(),
                "--url", "http://127.0.0.1:" + port,
                "--rate", Integer.toString(rate),
                "--count", Long.toString(requests),
                "--keep-alive", "both",
                "--run", run)
            .redirectError(folder.resolve("load.log").toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
  }

  Summary await(LongSupplier executed) throws Exception {
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("the load client ended with " + process.exitValue() + ": see load.log in the folder of the benchmark");
    }
    return new Summary(
        (long) number(text, "\"sent\":"), (long) number(text, "\"ok\":.*?\"failed\":"), executed.getAsLong(), number(text, "latencyMs.*?\"p99\":"), text);
  }

  private static double number(String text, String after) {
    Matcher matcher = Pattern.compile(after + "([0-9.]+)").matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException("the load client said no " + after + " in " + text);
    }
    return Double.parseDouble(matcher.group(1));
  }
}
