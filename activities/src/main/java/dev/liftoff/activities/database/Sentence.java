package dev.liftoff.activities.database;

import dev.liftoff.FailureType;
import dev.liftoff.activities.Secrets;
import dev.liftoff.activities.database.migration.Flyways;
import dev.liftoff.database.DatabaseSpec;
import io.temporal.failure.ApplicationFailure;
import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * What the outside hears of a failure: one sentence, without secrets and without the causes that
 * may quote them.
 */
final class Sentence {
  private Sentence() {}

  static ApplicationFailure of(Throwable failed, DatabaseSpec spec, Secrets secrets) {
    ApplicationFailure known = failure(failed, spec);
    String sentence = secrets.mask(known.getOriginalMessage());
    return known.isNonRetryable()
        ? ApplicationFailure.newNonRetryableFailure(sentence, known.getType())
        : ApplicationFailure.newFailure(sentence, known.getType());
  }

  private static ApplicationFailure failure(Throwable failed, DatabaseSpec spec) {
    ApplicationFailure known = find(ApplicationFailure.class, failed);
    if (known != null) {
      return known;
    }
    SQLException trouble = SqlTrouble.in(failed);
    if (trouble != null) {
      return SqlTrouble.failure(trouble, spec);
    }
    FlywayException refused = find(FlywayException.class, failed);
    if (refused != null) {
      return FailureType.MIGRATION_FAILED.permanent(Flyways.sentence(refused));
    }
    Throwable cause = failed.getCause() == null ? failed : failed.getCause();
    String sentence = cause.getClass().getSimpleName() + ": " + cause.getMessage();
    return ApplicationFailure.newFailure(sentence, SqlTrouble.RETRYABLE);
  }

  private static <T extends Throwable> @Nullable T find(Class<T> type, Throwable failed) {
    for (Throwable each = failed; each != null; each = each.getCause()) {
      if (type.isInstance(each)) {
        return type.cast(each);
      }
    }
    return null;
  }
}
