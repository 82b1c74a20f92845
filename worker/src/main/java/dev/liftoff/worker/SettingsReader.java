package dev.liftoff.worker;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Reads settings into records, and a sealed type into the record that the property's {@code type}
 * names: {@code traffic.type: haproxy} beside {@code traffic.haproxy: {…}}. Every problem is
 * collected, none ends the reading.
 */
final class SettingsReader {
  private final List<String> problems = new ArrayList<>();
  private final WrittenSettings written;

  SettingsReader(ConfigurableEnvironment environment) {
    this.written = new WrittenSettings(environment);
  }

  /**
   * The settings below the property.
   *
   * @throws InvalidSettings with every problem
   */
  <T> T read(String property, Class<T> type) {
    problems.addAll(written.unknown(property, SettingsShape.names(property, type)));
    Object settings = value(property, type, false);
    if (!problems.isEmpty()) {
      throw new InvalidSettings(problems);
    }
    return type.cast(Objects.requireNonNull(settings));
  }

  private @Nullable Object value(String property, Class<?> type, boolean optional) {
    if (type.isSealed()) {
      return choice(property, type);
    }
    return type.isRecord() && !SettingType.isKnown(type)
        ? settings(property, type)
        : scalar(property, type, optional);
  }

  private @Nullable Object choice(String property, Class<?> sealed) {
    var choices = SettingsShape.choices(sealed);
    String name = written.text(property + ".type").orElse("");
    Class<?> chosen = choices.get(name);
    if (chosen == null) {
      return problem(property + ".type", "one of " + String.join(", ", choices.keySet()), name);
    }
    return settings(property + "." + name, chosen);
  }

  private @Nullable Object settings(String property, Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    int before = problems.size();
    @Nullable Object[] values =
        Arrays.stream(components).map(component -> component(property, component)).toArray();
    return problems.size() == before ? construct(property, type, values) : null;
  }

  private @Nullable Object component(String property, RecordComponent component) {
    boolean optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    return value(SettingsShape.property(property, component), component.getType(), optional);
  }

  private @Nullable Object construct(String property, Class<?> type, @Nullable Object[] values) {
    try {
      return SettingsShape.constructor(type).newInstance(values);
    } catch (InvocationTargetException refused) {
      problems.add(property + ": " + refused.getTargetException().getMessage());
      return null;
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(type + " cannot be made", impossible);
    }
  }

  private @Nullable Object scalar(String property, Class<?> type, boolean optional) {
    SettingType known = SettingType.of(type);
    String text = written.text(property).orElse("");
    if (text.isBlank()) {
      return optional ? null : problem(property, known.expected(), text);
    }
    try {
      return known.parse(text);
    } catch (RuntimeException wrong) {
      return problem(property, known.expected(), known.isSecret() ? "***" : text);
    }
  }

  private @Nullable Object problem(String property, String expected, String text) {
    problems.add(
        text.isBlank()
            ? "%s is not set; it must be %s".formatted(property, expected)
            : "%s must be %s, was '%s'%s"
                .formatted(property, expected, text, written.place(property)));
    return null;
  }
}
