package dev.liftoff.compatibility;

import dev.liftoff.SecretReference;
import dev.liftoff.container.ContainerSpec;
import dev.liftoff.probe.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How old and new version are tried on the copy of the database.
 *
 * @param address of the container under trial, in the network of the plan's containers; no slot's,
 *     so that neither proxy nor monitoring takes it for one
 * @param environment variables that lead the service to the copy, over those it has otherwise:
 *     {@code {host}}, {@code {port}} and {@code {database}} stand for the copy's address as the
 *     container sees it, in the text and in what a secret reference resolves to. What else the
 *     service talks to is what it talks to in production, unless a variable here leads it away. The
 *     connection is not encrypted.
 * @param checks HTTP checks of {@code {candidate}}, which stands for the container under trial;
 *     {@code {run}} is a text that no other run of this or an earlier attempt has, for keys of rows
 *     that are written
 * @param readBack checks of the last run only, in which {@code {candidate.run}} stands for what
 *     {@code {run}} was to the candidate: the old version reads what the new one wrote
 * @param expectedSqlStates of class 23 or 42 that the old version gets in its ordinary work too,
 *     such as {@code 23505} where it inserts first and looks afterwards
 */
public record CompatibilitySpec(
    String address,
    Map<String, String> environment,
    List<Check> checks,
    List<Check> readBack,
    List<String> expectedSqlStates) {
  public CompatibilitySpec {
    environment = new java.util.TreeMap<>(environment);
    checks = List.copyOf(checks);
    readBack = List.copyOf(readBack);
    expectedSqlStates = List.copyOf(expectedSqlStates);
  }

  /** Why it cannot be used with these containers, one sentence each; empty when it can. */
  public List<String> problems(ContainerSpec container) {
    List<String> problems = new ArrayList<>();
    if (container.addresses().containsValue(address)) {
      problems.add(
          "the address %s is a slot's; give the container under trial one of its own"
              .formatted(address));
    }
    if (checks.isEmpty()) {
      problems.add("there are no checks; nothing can be proven without any");
    }
    if (environment.values().stream().noneMatch(CompatibilitySpec::mayLead)) {
      problems.add(
          "no variable of the environment has {host} or is a secret reference; name the one that holds the database's address");
    }
    Stream.concat(checks.stream(), readBack.stream())
        .filter(check -> !asksOnlyTheTrial(check))
        .forEach(check ->
            problems.add(
                "the check %s must be an HTTP check of {candidate} and of nothing else"
                    .formatted(check.name())));
    return problems;
  }

  private static boolean mayLead(String value) {
    return value.contains("{host}") || SecretReference.isReference(value);
  }

  private static boolean asksOnlyTheTrial(Check check) {
    return check instanceof Check.Http http
        && http.url().startsWith("{candidate}")
        && Stream.concat(Stream.of(http.url()), http.headers().values().stream())
            .noneMatch(text -> text.contains("{baseline") || text.contains("{candidate.slot}"));
  }
}
