package dev.liftoff.starter;

import dev.liftoff.checklist.ChecklistItem;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code liftoff checklist default}. */
@Command(
    name = "default",
    description = "Print the list that comes with Liftoff, to start from. Needs no server.")
final class ChecklistDefault implements Callable<Integer> {
  private final Session session;

  @Option(names = "--small", description = "The short one, for a launch that risks little")
  boolean small;

  @Mixin ChecklistForm form = new ChecklistForm();

  ChecklistDefault(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException, PlanFile.InvalidFile {
    String name = small ? "checklist-small.yaml" : "checklist-default.yaml";
    try (InputStream list = Objects.requireNonNull(ChecklistItem.class.getResourceAsStream(name))) {
      return form.write(session, ListFile.parse(name, list.readAllBytes()).items());
    }
  }
}
