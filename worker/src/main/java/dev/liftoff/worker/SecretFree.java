package dev.liftoff.worker;

import dev.liftoff.activities.Secrets;
import java.util.regex.Pattern;

/** Text without secrets: neither a value that an activity has resolved nor credentials in a URL. */
final class SecretFree {
  private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/@\\s\"']+@");
  private static final Pattern PASSWORD =
      Pattern.compile("(?i)(?<=\\b(?:password|passwd|pwd)=)(?:\"[^\"]*\"|'[^']*'|[^&;,\\s\"')]+)");

  private final Secrets secrets;

  SecretFree(Secrets secrets) {
    this.secrets = secrets;
  }

  String text(String text) {
    String masked = secrets.mask(text);
    return PASSWORD.matcher(USER_INFO.matcher(masked).replaceAll("***@")).replaceAll("***");
  }
}
