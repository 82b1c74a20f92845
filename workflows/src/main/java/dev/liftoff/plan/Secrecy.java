package dev.liftoff.plan;

import java.util.regex.Pattern;

/** Tells what must not stand in a plan. */
final class Secrecy {
  private static final Pattern SECRET_NAME =
      Pattern.compile(
          "(?i).*(passw|secret|token|credential|private_?key|api_?key|authorization|cookie).*");
  private static final Pattern CREDENTIALS =
      Pattern.compile(
          "(?i)//[^/?#]*@|[?&](user|password|sslpassword|token|access_token|api_?key|secret)=");

  private static final Pattern PASSWORD =
      Pattern.compile("(?i)://[^/?#\\s:@]*:[^/?#\\s@]+@|[?&;](sslpassword|password|token|secret)=");

  private Secrecy() {}

  static boolean looksSecret(String name) {
    return SECRET_NAME.matcher(name).matches();
  }

  /** A user with a password, as in {@code amqp://shop:secret@queue}. */
  static boolean hasPassword(String value) {
    return PASSWORD.matcher(value).find();
  }

  static boolean hasCredentials(String url) {
    return CREDENTIALS.matcher(url).find();
  }

  static String withoutCredentials(String url) {
    return hasCredentials(url) ? "(not shown: it holds credentials)" : url;
  }
}
