package dev.liftoff.board;

import dev.liftoff.LaunchId;
import io.temporal.common.SearchAttributeKey;
import io.temporal.workflow.Workflow;

/** By what launches are found in Temporal. */
public final class SearchAttributes {
  public static final SearchAttributeKey<String> SERVICE =
      SearchAttributeKey.forKeyword("LaunchService");
  public static final SearchAttributeKey<String> ENVIRONMENT =
      SearchAttributeKey.forKeyword("LaunchEnv");
  public static final SearchAttributeKey<String> VERSION =
      SearchAttributeKey.forKeyword("LaunchVersion");
  public static final SearchAttributeKey<String> PHASE =
      SearchAttributeKey.forKeyword("LaunchPhase");
  public static final SearchAttributeKey<String> OUTCOME =
      SearchAttributeKey.forKeyword("LaunchOutcome");

  private SearchAttributes() {}

  static void open(LaunchId id) {
    Workflow.upsertTypedSearchAttributes(
        SERVICE.valueSet(id.service()),
        ENVIRONMENT.valueSet(id.environment()),
        VERSION.valueSet(id.version()));
  }

  static void phase(String word) {
    Workflow.upsertTypedSearchAttributes(PHASE.valueSet(word));
  }

  static void ended(String word) {
    Workflow.upsertTypedSearchAttributes(PHASE.valueSet("ended"), OUTCOME.valueSet(word));
  }
}
