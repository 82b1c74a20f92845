package dev.liftoff.checklist;

import dev.liftoff.Waits;
import dev.liftoff.gate.Role;
import dev.liftoff.gate.Texts;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps a list: takes what people say, lets the machine look, and tells the launch. */
final class Keeper {
  /**
   * Temporal warns at 10,240 events and takes 2,000 updates in a run, which are 10,000: a run goes
   * on anew long before either.
   */
  static final int MOST_EVENTS = 2_000;

  private final ChecklistInput input;
  private final Register register;
  private final Looks looks;
  private final Examiner examiner;
  private final Teller teller;
  private final Alarm alarm = new Alarm();

  Keeper(ChecklistInput input) {
    this.input = input;
    Progress earlier = input.progress();
    register = new Register(input.spec(), earlier == null ? Progress.NONE : earlier);
    looks = new Looks(input.asked(), earlier == null);
    examiner = new Examiner(input, register);
    teller = new Teller(input);
  }

  ReadinessSummary keep() {
    try {
      while (true) {
        look();
        tell();
        if (Workflow.getInfo().getHistoryLength() >= MOST_EVENTS) {
          goOnAnew();
        }
        await();
      }
    } catch (CanceledFailure launchHasEnded) {
      register.refused("liftoff", "the launch has ended", Waits.now());
      Workflow.newDetachedCancellationScope(() -> Workflow.await(Workflow::isEveryHandlerFinished))
          .run();
      return reckoning().summary(looks.answered());
    }
  }

  Optional<String> refusal(Edits edits) {
    if (edits.edits().isEmpty()) {
      return Optional.of("edits is missing: " + ChecklistWorkflow.EDITS);
    }
    if (edits.edits().size() > Edits.MOST) {
      return Optional.of(
          "edits must not be more than " + Edits.MOST + " at once: send the rest after");
    }
    return refusal(edits.launch(), edits.who(), edits.role());
  }

  Optional<String> refusal(Order order) {
    return refusal(order.launch(), order.who(), order.role());
  }

  Answers apply(Edits edits) {
    Person by = person(edits.who(), edits.role());
    Instant now = Waits.now();
    return answers(edits.edits().stream().map(edit -> register.apply(edit, by, now)).toList());
  }

  /** What is wrong with a signal can only be told in the log. */
  void applyOrShow(Edits edits) {
    Optional<String> refusal = refusal(edits);
    if (refusal.isPresent()) {
      show(edits.who(), refusal.get());
    } else {
      apply(edits).answers().stream()
          .filter(answer -> !answer.accepted())
          .forEach(answer -> show(edits.who(), answer.message()));
    }
  }

  /** Throws an {@link IllegalArgumentException} with the sentence when it is refused. */
  Answers signOff(Order order) {
    Person by = person(order.who(), order.role());
    SignOff signed =
        register.signOff(by, order.reason() == null ? "" : order.reason(), Waits.now());
    return answers(List.of(new Answer("", true, signed.sentence(Waits.now()))));
  }

  void signOffOrShow(Order order) {
    Optional<String> refusal = refusal(order);
    if (refusal.isPresent()) {
      show(order.who(), refusal.get());
      return;
    }
    try {
      signOff(order);
    } catch (IllegalArgumentException wrong) {
      show(order.who(), String.valueOf(wrong.getMessage()));
    }
  }

  Answers examine(Order order) {
    List<Answer> unknown =
        order.items().stream()
            .filter(id -> register.measurable(List.of(id)).isEmpty())
            .map(id ->
                new Answer(
                    id,
                    false,
                    id
                        + (register.knows(id)
                            ? " is answered by people"
                            : " is no item of this list")))
            .toList();
    if (order.items().isEmpty() || unknown.size() < order.items().size()) {
      looks.want(order.items());
    }
    return answers(unknown);
  }

  void examineOrShow(Order order) {
    refusal(order).ifPresentOrElse(why -> show(order.who(), why), () -> examine(order));
  }

  void ask(Ask ask) {
    teller.quietAfter(ask.quietAfter());
    looks.ask(ask.number());
  }

  ReadinessView view() {
    return reckoning().view(looks.answered());
  }

  ItemsPage items(ItemFilter filter) {
    return reckoning().page(filter);
  }

  List<LogLine> log() {
    return register.log();
  }

  private void look() {
    while (looks.isWanted()) {
      long number = looks.asked();
      List<String> names = looks.take();
      if (!register.isListed()) {
        examiner.list();
      }
      examiner.examine(names);
      looks.answer(number);
    }
  }

  private void tell() {
    ReadinessSummary summary = reckoning().summary(looks.answered());
    Instant due = teller.due(summary, Waits.now());
    if (due != null && !due.isAfter(Waits.now())) {
      teller.tell(summary);
    }
  }

  private void await() {
    Instant now = Waits.now();
    long seen = register.revision();
    alarm.set(next(now));
    CancellationScope scope = CancellationScope.current();
    Workflow.await(() ->
        looks.isWanted()
            || register.revision() != seen
            || alarm.rang()
            || scope.isCancelRequested());
    Waits.goOn();
  }

  private @Nullable Instant next(Instant now) {
    if (teller.isQuiet(now)) {
      return null;
    }
    Instant due = teller.due(reckoning().summary(looks.answered()), now);
    return Stream.concat(register.expires(now).stream(), Stream.ofNullable(due))
        .min(Instant::compareTo)
        .orElse(null);
  }

  private void goOnAnew() {
    Workflow.await(Workflow::isEveryHandlerFinished);
    if (looks.isWanted()) {
      return;
    }
    Workflow.continueAsNew(
        new ChecklistInput(
            input.launch(),
            input.plan(),
            input.spec(),
            input.parts(),
            register.progress(),
            looks.answered(),
            teller.told(),
            teller.telling(),
            teller.quietAfter()));
  }

  private Optional<String> refusal(
      @Nullable String launch, @Nullable String who, @Nullable String role) {
    if (launch != null && !launch.equals(input.launch().toString())) {
      return Optional.of("this is the list of " + input.launch() + ", not of " + launch);
    }
    if (who == null || role == null) {
      return Optional.of((who == null ? "who" : "role") + " is missing");
    }
    try {
      Role.of(role);
    } catch (IllegalArgumentException unknown) {
      return Optional.of("role " + unknown.getMessage());
    }
    return register.isListed()
        ? Optional.empty()
        : Optional.of("the list is not there yet: try again in a moment");
  }

  private static Person person(@Nullable String who, @Nullable String role) {
    return new Person(String.valueOf(who), Role.of(String.valueOf(role)));
  }

  private void show(@Nullable String who, String why) {
    register.refused(who == null ? "somebody" : Texts.cut(who, 64), why, Waits.now());
  }

  private Answers answers(List<Answer> answers) {
    return new Answers(
        input.launch(),
        register.revision(),
        answers,
        reckoning().summary(looks.answered()).sentence());
  }

  private Reckoning reckoning() {
    return new Reckoning(input.launch(), input.spec(), register, Waits.now());
  }
}
