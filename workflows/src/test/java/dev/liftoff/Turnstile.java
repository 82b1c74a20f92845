package dev.liftoff;

import io.temporal.activity.ActivityInterface;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the simulated adapters: notes which activity is called, and lets a test interfere
 * with any of them by its name.
 */
final class Turnstile {
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final Map<String, Runnable> before = new ConcurrentHashMap<>();
  private final Map<String, Runnable> after = new ConcurrentHashMap<>();
  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final Runnable always;
  private volatile boolean losingFirstReplies;

  Turnstile(Runnable always) {
    this.always = always;
  }

  /** The port of the adapter, with this turnstile before it. */
  Object guarding(Object adapter) {
    Class<?>[] ports =
        Arrays.stream(adapter.getClass().getInterfaces())
            .filter(type -> type.isAnnotationPresent(ActivityInterface.class))
            .toArray(Class<?>[]::new);
    String prefix = ports[0].getAnnotation(ActivityInterface.class).namePrefix();
    return Proxy.newProxyInstance(
        adapter.getClass().getClassLoader(),
        ports,
        (_, method, arguments) ->
            method.getDeclaringClass() == Object.class
                ? method.invoke(adapter, arguments)
                : pass(prefix + capital(method.getName()), adapter, method, arguments));
  }

  /** Before every call of this activity. */
  void before(String activity, Runnable interference) {
    before.put(activity, interference);
  }

  /** Before the next call of this activity, once. */
  void beforeNext(String activity, Runnable interference) {
    before.put(
        activity,
        () -> {
          before.remove(activity);
          interference.run();
        });
  }

  /** After every call of this activity has done its work. */
  void after(String activity, Runnable interference) {
    after.put(activity, interference);
  }

  void openAgain(String activity) {
    before.remove(activity);
    after.remove(activity);
  }

  /** Every activity does its work at the first call, and then its reply is lost. */
  void losingFirstReplies() {
    losingFirstReplies = true;
  }

  /** Activities in the order of their calls, without messages, readings, watches and who is who. */
  List<String> calls() {
    return calls.stream()
        .filter(call -> Stream.of("Notifier", "Metrics", "Identity").noneMatch(call::startsWith))
        .toList();
  }

  int times(String activity) {
    return Collections.frequency(calls, activity);
  }

  /** Those since the first call of this one. */
  List<String> callsFrom(String activity) {
    List<String> all = calls();
    return all.subList(all.indexOf(activity), all.size());
  }

  private @Nullable Object pass(
      String activity, Object adapter, Method method, Object @Nullable [] arguments)
      throws Throwable {
    calls.add(activity);
    always.run();
    before.getOrDefault(activity, () -> {}).run();
    Object answer = invoke(adapter, method, arguments);
    after.getOrDefault(activity, () -> {}).run();
    if (losingFirstReplies && seen.add(activity)) {
      throw new IllegalStateException("the reply of " + activity + " was lost");
    }
    return answer;
  }

  private static @Nullable Object invoke(
      Object adapter, Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(adapter, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getTargetException();
    }
  }

  private static String capital(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}
