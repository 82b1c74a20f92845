package dev.liftoff.activities.probe;

import dev.liftoff.activities.Secrets;
import io.temporal.failure.ApplicationFailure;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a technology has to say, in one line that people may read: no secrets, and not endless. */
public final class Sentence {
  private static final Pattern PASSWORD_IN_URL = Pattern.compile("://[^/\\s@]*@");
  private static final Pattern PASSWORD_PARAMETER = Pattern.compile("(?i)(password=)[^&\\s]+");
  private static final int LONGEST = 300;

  private Sentence() {}

  public static String of(Secrets secrets, String text) {
    return of(secrets, text, LONGEST);
  }

  static String of(Secrets secrets, String text, int longest) {
    String line = secrets.mask(text).replaceAll("\\p{Cntrl}+", " ").strip();
    String masked = PASSWORD_IN_URL.matcher(line).replaceAll("://***@");
    String safe = PASSWORD_PARAMETER.matcher(masked).replaceAll("$1***");
    return safe.length() > longest ? safe.substring(0, longest) + "…" : safe;
  }

  public static String of(Secrets secrets, @Nullable Throwable failure) {
    return of(secrets, failure == null ? "nothing was measured" : words(failure));
  }

  private static String words(Throwable failure) {
    return switch (failure) {
      case TimeoutException _ -> "no answer in time";
      case ApplicationFailure known -> known.getOriginalMessage();
      case UnknownHostException unknown -> "no such host: " + unknown.getMessage();
      case ConnectException refused -> "nobody answers: " + refused.getMessage();
      case NoSuchFileException missing -> missing.getFile() + " does not exist";
      default -> message(failure);
    };
  }

  private static String message(Throwable failure) {
    String own = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    Throwable cause = failure.getCause();
    return cause == null || cause.getMessage() == null || own.contains(cause.getMessage())
        ? own
        : own + ": " + cause.getMessage();
  }
}
