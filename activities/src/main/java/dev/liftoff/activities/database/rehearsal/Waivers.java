package dev.liftoff.activities.database.rehearsal;

import dev.liftoff.database.Waiver;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The waivers of a plan against the files as they are.
 *
 * @param files sha256 by the file's path below the migrations folder
 */
record Waivers(List<Waiver> all, Map<String, String> files) {

  /** One whose rule, file and checksum match. */
  Optional<Waiver> of(String rule, String script) {
    return all.stream()
        .filter(waiver -> waiver.rule().equals(rule) && names(waiver, script) && isValid(waiver))
        .findFirst();
  }

  /** One sentence for each waiver that does not count. */
  List<String> voided() {
    return all.stream().filter(waiver -> !isValid(waiver)).map(this::sentence).toList();
  }

  private String sentence(Waiver waiver) {
    boolean known = files.keySet().stream().anyMatch(script -> names(waiver, script));
    return "the waiver of %s for %s by %s is void: %s (void-waiver)"
        .formatted(
            waiver.rule(),
            waiver.file(),
            waiver.approver(),
            known ? "the file changed" : "there is no such file");
  }

  private boolean isValid(Waiver waiver) {
    return files.entrySet().stream()
        .anyMatch(file ->
            names(waiver, file.getKey()) && Objects.equals(file.getValue(), waiver.sha256()));
  }

  private static boolean names(Waiver waiver, String script) {
    return script.equals(waiver.file()) || script.endsWith("/" + waiver.file());
  }
}
