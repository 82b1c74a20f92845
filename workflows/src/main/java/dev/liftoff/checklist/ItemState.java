package dev.liftoff.checklist;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How an item stands, with what is known of it. {@link Entry} has the only legal transitions. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ItemState.Pending.class, name = "pending"),
  @JsonSubTypes.Type(value = ItemState.Passed.class, name = "pass"),
  @JsonSubTypes.Type(value = ItemState.Failed.class, name = "fail"),
  @JsonSubTypes.Type(value = ItemState.Deviation.class, name = "deviation"),
  @JsonSubTypes.Type(value = ItemState.NotApplicable.class, name = "not-applicable"),
  @JsonSubTypes.Type(value = ItemState.Expired.class, name = "expired")
})
public sealed interface ItemState {
  /** Nobody has said anything that counts: what is not measured is never green. */
  record Pending(String why) implements ItemState {}

  /**
   * It is as it must be.
   *
   * @param value what was found, with its unit; not "done"
   * @param evidence what somebody else can look at; null where nothing is asked for
   * @param by a person, or {@code liftoff} for the machine
   */
  record Passed(String value, @Nullable String evidence, String by, Instant at)
      implements ItemState {}

  /** It is not as it must be. */
  record Failed(String reason, String by, Instant at) implements ItemState {}

  /**
   * It is not as it must be, and that is accepted for a time. It counts half, and only once a
   * second person has approved it.
   *
   * @param owner who sees to it
   * @param expires when it is no longer accepted
   * @param approvedBy the second person; null while it is only asked for
   */
  record Deviation(
      String reason,
      String owner,
      Instant expires,
      Person requestedBy,
      @Nullable Person approvedBy,
      Instant at)
      implements ItemState {
    @JsonIgnore
    public boolean isApproved() {
      return approvedBy != null;
    }
  }

  /**
   * It has no meaning for this launch, and is left out of the score.
   *
   * @param approvedBy the second person; needed for critical items, and for others where they are
   *     many
   */
  record NotApplicable(String reason, Person by, @Nullable Person approvedBy, Instant at)
      implements ItemState {
    @JsonIgnore
    public boolean isApproved() {
      return approvedBy != null;
    }
  }

  /** It was answered, and the answer is too old. */
  record Expired(String why, Instant at) implements ItemState {}

  /** The name that people know, as in plans and histories. */
  default String word() {
    return switch (this) {
      case Pending _ -> "pending";
      case Passed _ -> "pass";
      case Failed _ -> "fail";
      case Deviation _ -> "deviation";
      case NotApplicable _ -> "not-applicable";
      case Expired _ -> "expired";
    };
  }

  /** What stands beside the word, in a line. */
  default String sentence() {
    return switch (this) {
      case Pending pending -> pending.why();
      case Passed passed -> passed.value() + ", by " + passed.by() + " at " + passed.at();
      case Failed failed -> failed.reason() + ", by " + failed.by() + " at " + failed.at();
      case Deviation deviation ->
          "%s; %s sees to it until %s; asked for by %s, %s"
              .formatted(
                  deviation.reason(),
                  deviation.owner(),
                  deviation.expires(),
                  deviation.requestedBy(),
                  deviation.approvedBy() == null
                      ? "waits for a second person"
                      : "approved by " + deviation.approvedBy());
      case NotApplicable none ->
          none.reason()
              + ", by "
              + none.by()
              + (none.approvedBy() == null ? "" : ", approved by " + none.approvedBy());
      case Expired expired -> expired.why();
    };
  }
}
