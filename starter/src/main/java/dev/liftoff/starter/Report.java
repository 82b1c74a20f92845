package dev.liftoff.starter;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code liftoff report}. */
@Command(
    name = "report",
    description =
        "The status report of a launch as Markdown: stable or not and why, and what is asked.")
final class Report implements Callable<Integer> {
  private final Session session;

  @Mixin Document document = new Document();

  Report(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return document.show(session, "report");
  }
}
