package dev.liftoff.activities.compatibility;

import dev.liftoff.compatibility.CompatibilitySpec;
import dev.liftoff.compatibility.TrialRole;
import dev.liftoff.probe.Check;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The checks of a run with the words that only a trial knows filled in.
 *
 * @param attempt different for each attempt: what an earlier one wrote into the copy is still there
 */
record TrialChecks(CompatibilitySpec spec, String attempt) {

  List<Check> of(TrialRole role) {
    Stream<Check> asked =
        role == TrialRole.BASELINE_AGAIN
            ? Stream.concat(spec.checks().stream(), spec.readBack().stream())
            : spec.checks().stream();
    return asked.map(check -> filled(check, role)).toList();
  }

  private Check filled(Check check, TrialRole role) {
    return check instanceof Check.Http http
        ? filled(
            http,
            text ->
                text.replace("{run}", run(role))
                    .replace("{candidate.run}", run(TrialRole.CANDIDATE)))
        : check;
  }

  private static Check filled(Check.Http check, UnaryOperator<String> fill) {
    return new Check.Http(
        check.name(),
        check.method(),
        fill.apply(check.url()),
        headers(check, fill),
        filled(check.body(), fill),
        check.status(),
        check.expect(),
        check.limit());
  }

  private static Map<String, String> headers(Check.Http check, UnaryOperator<String> fill) {
    Map<String, String> headers = new TreeMap<>(check.headers());
    headers.replaceAll((name, value) -> fill.apply(value));
    // A connection that is kept would lead to the container that had the address before.
    headers.put("Connection", "close");
    return headers;
  }

  private static @Nullable String filled(@Nullable String text, UnaryOperator<String> fill) {
    return text == null ? null : fill.apply(text);
  }

  private String run(TrialRole role) {
    return attempt + "-" + role.word();
  }
}
