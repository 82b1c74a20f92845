package dev.liftoff.checklist;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the machine looks at for an item, and what it is held against.
 *
 * @param limit in the unit of the subject: a duration such as {@code 90d}, or a percentage such as
 *     {@code 30%}; null for the subject's own
 * @param names what exactly, where the subject has several: hosts, rules, jobs, files, checks
 */
public record Examination(Subject subject, @Nullable String limit, List<String> names) {
  public Examination {
    names = names == null ? List.of() : List.copyOf(names);
  }
}
