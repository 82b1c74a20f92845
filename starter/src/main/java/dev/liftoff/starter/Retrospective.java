package dev.liftoff.starter;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code liftoff retrospective}. */
@Command(
    name = "retrospective",
    description =
        "The document of the retrospective as Markdown, with the facts filled in; at any time.")
final class Retrospective implements Callable<Integer> {
  private final Session session;

  @Mixin Document document = new Document();

  Retrospective(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return document.show(session, "retrospective");
  }
}
