package dev.liftoff;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Constants as they stand in plans, histories and messages: in lower case, with hyphens. */
public final class Word {
  private Word() {}

  /** Such as {@code go-live} for GO_LIVE. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Reads {@link #of}.
   *
   * @throws IllegalArgumentException naming all words when it is none of them
   */
  public static <E extends Enum<E>> E read(Class<E> type, String word) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> of(constant).equals(word))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException("must be one of %s, was '%s'".formatted(all(type), word)));
  }

  /** All of them, as a sentence lists them. */
  public static String all(Class<? extends Enum<?>> type) {
    return Arrays.stream(type.getEnumConstants()).map(Word::of).collect(Collectors.joining(", "));
  }
}
