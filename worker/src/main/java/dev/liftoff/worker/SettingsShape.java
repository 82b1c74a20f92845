package dev.liftoff.worker;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which properties a settings type has. */
final class SettingsShape {
  /** A component of this name is read in place: it is the adapter's own settings record. */
  private static final String IN_PLACE = "settings";

  private SettingsShape() {}

  /** Every property that can be set below this one. */
  static Set<String> names(String property, Class<?> type) {
    Set<String> names = new TreeSet<>();
    collect(property, type, names);
    return names;
  }

  /** The records of a sealed type by the word that chooses them. */
  static Map<String, Class<?>> choices(Class<?> sealed) {
    Map<String, Class<?>> choices = new TreeMap<>();
    for (Class<?> choice : sealed.getPermittedSubclasses()) {
      choices.put(kebab(choice.getSimpleName()), choice);
    }
    return choices;
  }

  static String property(String parent, RecordComponent component) {
    return component.getName().equals(IN_PLACE)
        ? parent
        : parent + "." + kebab(component.getName());
  }

  static Constructor<?> constructor(Class<?> settings) throws NoSuchMethodException {
    Class<?>[] types =
        Arrays.stream(settings.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    Constructor<?> constructor = settings.getDeclaredConstructor(types);
    constructor.setAccessible(true);
    return constructor;
  }

  /** The known words in the place where a name goes wrong. */
  static Set<String> beside(String name, Set<String> known) {
    String parent = name;
    Set<String> words = Set.of();
    while (words.isEmpty() && parent.contains(".")) {
      parent = parent.substring(0, parent.lastIndexOf('.'));
      words = children(parent + ".", known);
    }
    return words;
  }

  private static Set<String> children(String prefix, Set<String> known) {
    return known.stream()
        .filter(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()).split("\\.", 2)[0])
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void collect(String property, Class<?> type, Set<String> names) {
    if (type.isSealed()) {
      names.add(property + ".type");
      choices(type).forEach((name, choice) -> collect(property + "." + name, choice, names));
    } else if (type.isRecord() && !SettingType.isKnown(type)) {
      Stream.of(type.getRecordComponents())
          .forEach(component -> collect(property(property, component), component.getType(), names));
    } else {
      names.add(property);
    }
  }

  private static String kebab(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }
}
