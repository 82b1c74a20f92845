package dev.liftoff.metrics.watched;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/** How far a watched thing may be from what it was, or from anything. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "rule")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Rule.Within.class, name = "within"),
  @JsonSubTypes.Type(value = Rule.Bounds.class, name = "bounds"),
  @JsonSubTypes.Type(value = Rule.Trend.class, name = "trend")
})
public sealed interface Rule {

  /**
   * Its mean may differ from a reference by a share of that. It differs only when it does so from
   * every reference that is measured: what is usual at this hour is no fault of the launch.
   *
   * @param share such as 0.1 for 10 %
   * @param slack a difference in the thing's own unit that is always allowed: a share of next to
   *     nothing is nothing
   */
  record Within(double share, double slack, Direction direction) implements Rule {}

  /**
   * Its mean may not be above or below a number, whatever it was before. At least one of both is
   * set.
   */
  record Bounds(@Nullable Double above, @Nullable Double below) implements Rule {}

  /**
   * It may not grow faster. A reference that was growing too excuses as much as it grew.
   *
   * @param share of its mean in an hour, such as 0.05 for 5 %
   */
  record Trend(double share) implements Rule {}
}
