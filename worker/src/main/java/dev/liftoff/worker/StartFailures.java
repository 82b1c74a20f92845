package dev.liftoff.worker;

import java.util.Objects;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Why the worker did not start, one line each, in place of a stack trace. */
final class StartFailures {
  private StartFailures() {}

  static final class OfSettings extends AbstractFailureAnalyzer<InvalidSettings> {
    @Override
    protected FailureAnalysis analyze(Throwable root, InvalidSettings cause) {
      return new FailureAnalysis(String.join("\n", cause.problems()), null, cause);
    }
  }

  static final class OfYaml extends AbstractFailureAnalyzer<MarkedYAMLException> {
    @Override
    protected FailureAnalysis analyze(Throwable root, MarkedYAMLException cause) {
      return new FailureAnalysis(
          "the settings are no YAML: "
              + String.valueOf(cause.getMessage()).replaceAll("\\s*\\n\\s*", " "),
          "correct that line",
          cause);
    }
  }

  static final class Reporter implements FailureAnalysisReporter {

    /** Boot's own reporter says the same in a dozen lines, and logs before logging is set up. */
    Reporter() {
      LoggingSystem.get(getClass().getClassLoader())
          .setLogLevel(
              "org.springframework.boot.diagnostics.LoggingFailureAnalysisReporter", LogLevel.OFF);
    }

    @Override
    public void report(FailureAnalysis analysis) {
      if (analysis.getCause() instanceof InvalidSettings settings) {
        settings.problems().forEach(Reporter::say);
      } else {
        say(oneLine(analysis.getDescription() + " " + Objects.toString(analysis.getAction(), "")));
      }
    }

    private static String oneLine(String text) {
      return text.strip().replaceAll("\\s+", " ");
    }

    private static void say(String line) {
      System.err.println("liftoff worker: " + line);
    }
  }
}
