package rollback;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The demo's load client in a process of its own, with a line for each request. */
final class LoadRun implements AutoCloseable {
  private static final int LONGEST_SECONDS = 1_500;

  /** A request as the client saw it, in microseconds since 1970. */
  record Request(long sent, long done, boolean green, boolean blue) {}

  private final Process process;
  private final Path trace;
  private final Path stop;

  LoadRun(Path repository, Path folder, String port, String rate) throws IOException {
    trace = folder.resolve("trace");
    stop = folder.resolve("stop");
    Files.deleteIfExists(stop);
    process =
        new ProcessBuilder(
                repository.resolve("deploy/demo/load/run").toString(),
                "--url", "http://127.0.0.1:" + port,
                "--rate", rate,
                "--seconds", Integer.toString(LONGEST_SECONDS),
                "--keep-alive", "both",
                "--stop-file", stop.toString(),
                "--ids", folder.resolve("ids").toString(),
                "--trace", trace.toString())
            .redirectOutput(folder.resolve("load.json").toFile())
            .redirectError(folder.resolve("load.log").toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
  }

  void requireRunning() {
    if (!process.isAlive()) {
      throw new IllegalStateException("the load client has ended: see load.log in the folder of the benchmark");
    }
  }

  /** Ends the load when its last answer is there; all requests in the order in which they were sent. */
  List<Request> end() throws IOException, InterruptedException {
    requireRunning();
    Files.createFile(stop);
    if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IllegalStateException("the load client did not end well: see load.log in the folder of the benchmark");
    }
    List<Request> requests = new ArrayList<>();
    try (var lines = Files.lines(trace)) {
      lines.map(line -> line.split(" ")).map(LoadRun::request).forEach(requests::add);
    }
    requests.sort(Comparator.comparingLong(Request::sent));
    return requests;
  }

  @Override
  public void close() {
    process.destroy();
  }

  private static Request request(String[] fields) {
    return new Request(Long.parseLong(fields[1]), Long.parseLong(fields[2]), fields[4].equals("green"), fields[4].equals("blue"));
  }
}
