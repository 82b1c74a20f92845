package dev.liftoff.activities.readiness;

import com.fasterxml.jackson.databind.JsonNode;
import dev.liftoff.SecretReference;
import dev.liftoff.plan.LaunchPlan;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.probe.Check;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a plan names, wherever it stands. */
final class PlanTexts {
  private static final String JDBC = "jdbc:postgresql:";
  private static final int HTTPS = 443;

  private PlanTexts() {}

  /**
   * An address that the worker itself speaks to; containers have names of their own.
   *
   * @param port -1 where none is named
   */
  record Address(String host, int port, boolean tls) {}

  static Set<SecretReference> secrets(PlanDocument document) {
    List<String> texts = new ArrayList<>();
    collect(document.json(), texts);
    Set<String> references = new TreeSet<>();
    texts.stream().filter(SecretReference::isReference).forEach(references::add);
    return references.stream()
        .map(SecretReference::new)
        .collect(java.util.stream.Collectors.toCollection(java.util.LinkedHashSet::new));
  }

  private static void collect(JsonNode node, List<String> texts) {
    if (node.isTextual()) {
      texts.add(node.asText());
    }
    node.forEach(child -> collect(child, texts));
  }

  static List<Address> addresses(LaunchPlan plan) {
    Stream<Optional<Address>> checked =
        Stream.concat(
                plan.checks().values().stream().flatMap(Collection::stream),
                plan.stepChecks().stream())
            .map(PlanTexts::address);
    Stream<Optional<Address>> own =
        Stream.of(
            of(plan.metrics().prometheus().toString()),
            plan.database() == null ? Optional.empty() : ofJdbc(plan.database().url()));
    return Stream.concat(own, checked).flatMap(Optional::stream).distinct().toList();
  }

  private static Optional<Address> address(Check check) {
    return switch (check) {
      case Check.Http http -> of(http.url());
      case Check.Tls tls -> Optional.of(new Address(tls.host(), tls.port(), true));
      case Check.Redis redis -> of(redis.uri());
      case Check.Postgres postgres -> ofJdbc(postgres.url());
      case Check.Disk _, Check.Container _ -> Optional.empty();
    };
  }

  private static Optional<Address> ofJdbc(String url) {
    return url.startsWith(JDBC) ? of("jdbc" + url.substring(JDBC.length() - 1)) : Optional.empty();
  }

  /** Empty for one that begins with a placeholder: that is a container's. */
  private static Optional<Address> of(String url) {
    try {
      URI uri = URI.create(url.replaceFirst(",.*", ""));
      if (uri.getHost() == null) {
        return Optional.empty();
      }
      boolean tls = "https".equals(uri.getScheme()) || "rediss".equals(uri.getScheme());
      int port = uri.getPort() < 0 && "https".equals(uri.getScheme()) ? HTTPS : uri.getPort();
      return Optional.of(new Address(uri.getHost(), port, tls && port > 0));
    } catch (IllegalArgumentException notYet) {
      return Optional.empty();
    }
  }
}
