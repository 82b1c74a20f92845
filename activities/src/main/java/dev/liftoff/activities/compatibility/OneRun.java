package dev.liftoff.activities.compatibility;

import dev.liftoff.SecretReference;
import dev.liftoff.activities.Secrets;
import dev.liftoff.activities.container.Recipe;
import dev.liftoff.activities.container.TrialContainers;
import dev.liftoff.activities.container.TrialOrder;
import dev.liftoff.activities.database.proxy.Destination;
import dev.liftoff.activities.database.proxy.PostgresProxy;
import dev.liftoff.activities.database.proxy.SqlTally;
import dev.liftoff.activities.probe.NetworkProbe;
import dev.liftoff.compatibility.CompatibilitySpec;
import dev.liftoff.compatibility.TrialRole;
import dev.liftoff.compatibility.TrialRun;
import dev.liftoff.probe.Check;
import dev.liftoff.probe.ProbeResult;
import dev.liftoff.probe.Targets;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One version in its container, on the copy, until it is stopped again. */
record OneRun(
    Surroundings around,
    TrialRole role,
    Recipe recipe,
    TrialContainers containers,
    NetworkProbe probe,
    Secrets secrets) {
  private static final Logger log = LoggerFactory.getLogger(OneRun.class);

  TrialRun on(List<Check> checks) throws SQLException, IOException {
    SqlTally tally = new SqlTally();
    String address = around.spec().address();
    try (PostgresProxy proxy =
        new PostgresProxy(
            around.upstream(),
            Destination.of(around.trial().copy()),
            tally,
            around.listening().address(),
            around.listening().admitting(address))) {
      TrialOrder order =
          new TrialOrder(around.launch(), address, leading(proxy), around.trial().container());
      log.info("version is tried launch={} role={} image={}", around.launch(), role, image());
      Optional<String> trouble = containers.start(order);
      long astray = around.live().from(address);
      // A version that talks to the live database must not be made to write there.
      List<ProbeResult> results =
          trouble.isPresent() || astray > 0
              ? List.of()
              : probe.check(around.launch(), checks, new Targets(null, order.endpoint()));
      long live = Math.max(astray, around.live().from(address));
      containers.stop(order);
      return new TrialRun(
          role, image(), trouble.orElse(null), results, tally.seen().withLiveSessions(live));
    }
  }

  private String image() {
    return recipe.image().toString();
  }

  private Recipe leading(PostgresProxy proxy) {
    Map<String, String> variables = new HashMap<>();
    CompatibilitySpec spec = around.spec();
    spec.environment().forEach((name, value) -> variables.put(name, filled(value, proxy)));
    List<String> secret =
        spec.environment().entrySet().stream()
            .filter(each -> SecretReference.isReference(each.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    return recipe.with(variables, secret);
  }

  /** What a reference resolves to may itself have the words: an address with its password. */
  private String filled(String value, PostgresProxy proxy) {
    String text =
        SecretReference.isReference(value) ? secrets.resolve(new SecretReference(value)) : value;
    return text.replace("{host}", proxy.host())
        .replace("{port}", Integer.toString(proxy.port()))
        .replace("{database}", around.trial().copy());
  }
}
