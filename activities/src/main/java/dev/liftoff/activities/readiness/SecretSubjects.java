package dev.liftoff.activities.readiness;

import dev.liftoff.SecretReference;
import dev.liftoff.activities.Secrets;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Secrets that the plan refers to; of their values nothing is ever said. */
record SecretSubjects(Secrets secrets) {
  private static final String FILE = "file:";

  Seen present(Asked asked) {
    String limit = "each reference has a value";
    Set<SecretReference> references = references(asked);
    List<String> missing =
        references.stream().map(this::missing).flatMap(Optional::stream).toList();
    if (references.isEmpty()) {
      return Seen.noData("the plan refers to no secret; mark the item not applicable", limit);
    }
    return missing.isEmpty()
        ? Seen.pass("%d references have a value".formatted(references.size()), limit)
        : Seen.fail(String.join("; ", missing), limit);
  }

  private Optional<String> missing(SecretReference reference) {
    try {
      var _ = secrets.resolve(reference);
      return Optional.empty();
    } catch (ApplicationFailure unreadable) {
      return Optional.ofNullable(unreadable.getOriginalMessage());
    }
  }

  Seen files(Asked asked) throws IOException {
    String limit = "nobody but the owner may read them";
    List<String> open = new ArrayList<>();
    List<Path> files =
        references(asked).stream()
            .map(SecretReference::text)
            .filter(text -> text.startsWith(FILE))
            .map(text -> Path.of(text.substring(FILE.length())))
            .toList();
    for (Path file : files) {
      if (!Files.exists(file)) {
        return Seen.noData(file + " does not exist on the worker's host; create it", limit);
      }
      if (isOpen(file)) {
        open.add("chmod 600 " + file);
      }
    }
    return open.isEmpty()
        ? Seen.pass("%d files of secrets are their owner's alone".formatted(files.size()), limit)
        : Seen.fail(
            "%d may be read by others: %s".formatted(open.size(), String.join("; ", open)), limit);
  }

  private static boolean isOpen(Path file) throws IOException {
    Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
    return rights.contains(PosixFilePermission.GROUP_READ)
        || rights.contains(PosixFilePermission.OTHERS_READ)
        || rights.contains(PosixFilePermission.GROUP_WRITE)
        || rights.contains(PosixFilePermission.OTHERS_WRITE);
  }

  private static Set<SecretReference> references(Asked asked) {
    Set<SecretReference> references = new LinkedHashSet<>(PlanTexts.secrets(asked.document()));
    asked.names().forEach(name -> references.add(new SecretReference(name)));
    return references;
  }
}
