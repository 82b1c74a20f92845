package dev.liftoff.checklist;

import dev.liftoff.gate.Role;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One question of the checklist.
 *
 * @param id short and unique in its list, such as {@code DB-07}
 * @param area what it belongs to, such as {@code database}; the score is also told by area
 * @param question what must be true, answerable with the value that was found
 * @param how what somebody does to find out, concretely
 * @param owner whose item it is
 * @param critical blocks the launch while it has not passed, whatever the score is
 * @param weight what it counts in the score: 1, 2, 3 or 5; 0 counts nothing
 * @param evidence what a person must give beside the value
 * @param validFor how long an answer counts; then it is expired
 * @param when the part of a plan without which the item does not apply, such as {@code database};
 *     null applies always
 * @param why what went wrong where nobody asked this
 * @param examination what the machine looks at; null for an item that only people answer
 */
public record ChecklistItem(
    String id,
    String area,
    String question,
    String how,
    Role owner,
    ItemKind kind,
    boolean critical,
    int weight,
    EvidenceKind evidence,
    Duration validFor,
    @Nullable String when,
    String why,
    @Nullable Examination examination) {}
