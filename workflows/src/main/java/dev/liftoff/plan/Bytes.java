package dev.liftoff.plan;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them: {@code 512MiB}, {@code 2GiB}, or a number of bytes. */
final class Bytes {
  private static final Pattern FORM = Pattern.compile("(\\d{1,12})\\s*(B|KiB|MiB|GiB)?");

  private Bytes() {}

  /** A limit of memory. */
  static long parse(String text) {
    long bytes = size(text);
    if (bytes != 0 && bytes < 6L << 20) {
      throw new IllegalArgumentException(
          "must be at least 6MiB, the least that the container engine takes, was '" + text + "'");
    }
    return bytes;
  }

  /** More than nothing. */
  static long positive(String text) {
    long bytes = size(text);
    if (bytes == 0) {
      throw new IllegalArgumentException("must be more than nothing");
    }
    return bytes;
  }

  private static long size(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "must be a size such as 512MiB or 2GiB, was '" + text + "'");
    }
    return Math.multiplyExact(
        Long.parseLong(matcher.group(1)), unit(matcher.group(2) == null ? "B" : matcher.group(2)));
  }

  private static long unit(String unit) {
    return switch (unit) {
      case "KiB" -> 1L << 10;
      case "MiB" -> 1L << 20;
      case "GiB" -> 1L << 30;
      default -> 1L;
    };
  }
}
