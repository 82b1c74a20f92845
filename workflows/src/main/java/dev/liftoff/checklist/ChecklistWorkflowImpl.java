package dev.liftoff.checklist;

import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.WorkflowInit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The door of a list: refuses what cannot be taken, and hands the rest to the {@link Keeper}. */
public final class ChecklistWorkflowImpl implements ChecklistWorkflow {
  private static final String REFUSED = "REFUSED";
  private final @Nullable Keeper keeper;

  /** The list is read here, so that no message can come before there is somebody to take it. */
  @WorkflowInit
  public ChecklistWorkflowImpl(@Nullable ChecklistInput input) {
    keeper = input == null || input.launch() == null ? null : new Keeper(input);
  }

  @Override
  public ReadinessSummary keep(@Nullable ChecklistInput input) {
    return keeper().keep();
  }

  @Override
  public Answers apply(@Nullable Edits edits) {
    checkApply(edits);
    return answered(() -> keeper().apply(Edits.of(edits)));
  }

  @Override
  public void checkApply(@Nullable Edits edits) {
    refuse(keeper().reception().refusal(Edits.of(edits)));
  }

  @Override
  public void applyBySignal(@Nullable Edits edits) {
    // Throwing in a signal handler would fail the list.
    if (keeper != null) {
      keeper.reception().applyOrShow(Edits.of(edits));
    }
  }

  @Override
  public Answers signOff(@Nullable Order order) {
    checkSignOff(order);
    return answered(() -> keeper().signOff(Order.of(order)));
  }

  @Override
  public void checkSignOff(@Nullable Order order) {
    refuse(keeper().reception().refusalToSignOff(Order.of(order)));
  }

  @Override
  public void signOffBySignal(@Nullable Order order) {
    if (keeper != null) {
      keeper.reception().signOffOrShow(Order.of(order));
    }
  }

  @Override
  public Answers examine(@Nullable Order order) {
    checkExamine(order);
    return keeper().examine(Order.of(order));
  }

  @Override
  public void checkExamine(@Nullable Order order) {
    refuse(keeper().reception().refusalToExamine(Order.of(order)));
  }

  @Override
  public void examineBySignal(@Nullable Order order) {
    if (keeper != null) {
      keeper.examineOrShow(Order.of(order));
    }
  }

  @Override
  public void ask(@Nullable Ask ask) {
    if (keeper != null && ask != null) {
      keeper.ask(ask);
    }
  }

  @Override
  public ReadinessView readiness() {
    return keeper().view();
  }

  @Override
  public ItemsPage items(@Nullable ItemFilter filter) {
    return keeper().items(ItemFilter.of(filter));
  }

  @Override
  public List<LogLine> log() {
    return keeper().log();
  }

  private Keeper keeper() {
    if (keeper == null) {
      throw ApplicationFailure.newNonRetryableFailure(
          "a checklist is started by its launch, not by hand", REFUSED);
    }
    return keeper;
  }

  private static Answers answered(Supplier<Answers> taken) {
    try {
      return taken.get();
    } catch (IllegalArgumentException wrong) {
      throw ApplicationFailure.newNonRetryableFailure(String.valueOf(wrong.getMessage()), REFUSED);
    }
  }

  private static void refuse(Optional<String> refusal) {
    if (refusal.isPresent()) {
      throw ApplicationFailure.newNonRetryableFailure(refusal.get(), REFUSED);
    }
  }
}
