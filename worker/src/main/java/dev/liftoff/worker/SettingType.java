package dev.liftoff.worker;

import dev.liftoff.SecretReference;
import dev.liftoff.Word;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.springframework.boot.convert.DurationStyle;

/** How one value is written. */
record SettingType(String expected, Function<String, ?> parser) {
  private static final Map<Class<?>, SettingType> KNOWN =
      Map.of(
          String.class, new SettingType("a text", Function.identity()),
          int.class, new SettingType("a whole number", Integer::valueOf),
          long.class, new SettingType("a whole number", Long::valueOf),
          double.class, new SettingType("a number", Double::valueOf),
          boolean.class, new SettingType("true or false", SettingType::truth),
          Path.class, new SettingType("a path", Path::of),
          URI.class,
              new SettingType("an address such as http://127.0.0.1:9090", SettingType::address),
          Duration.class,
              new SettingType("a duration such as 500ms, 10s or 5m", SettingType::duration),
          SecretReference.class,
              new SettingType("a reference: env:NAME or file:/path", SecretReference::new));

  static boolean isKnown(Class<?> type) {
    return type.isEnum() || KNOWN.containsKey(type);
  }

  static SettingType of(Class<?> type) {
    SettingType known = type.isEnum() ? word(type.asSubclass(Enum.class)) : KNOWN.get(type);
    if (known == null) {
      throw new IllegalStateException("no setting can be written as " + type);
    }
    return known;
  }

  Object parse(String text) {
    return parser.apply(text.strip());
  }

  /** What is written where only a reference belongs may be the secret: it is not repeated. */
  boolean isSecret() {
    return equals(of(SecretReference.class));
  }

  @SuppressWarnings({"rawtypes", "unchecked"}) // an enum class has no type parameter to name here
  private static SettingType word(Class type) {
    return new SettingType("one of " + Word.all(type), text -> Word.read(type, text));
  }

  private static boolean truth(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException(text);
    }
    return text.equals("true");
  }

  private static URI address(String text) {
    URI address = URI.create(text);
    if (address.getScheme() == null) {
      throw new IllegalArgumentException(text);
    }
    return address;
  }

  private static Duration duration(String text) {
    Duration duration = DurationStyle.detectAndParse(text);
    if (duration.isNegative() || text.chars().allMatch(Character::isDigit)) {
      throw new IllegalArgumentException(text);
    }
    return duration;
  }
}
