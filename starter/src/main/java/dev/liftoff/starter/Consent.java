package dev.liftoff.starter;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Why something is done, and whether to ask before. */
final class Consent {
  @Option(names = "--reason", description = "Why, in a sentence")
  @Nullable String reason;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask")
  boolean yes;

  String reason(Session session) {
    return session.reason(reason);
  }

  void ask(Session session, String question) {
    session.confirm(question, yes);
  }
}
