package dev.liftoff.checklist;

import dev.liftoff.Waits;
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
  private final Callers callers;
  private final Reception reception;
  private final Looks looks;
  private final Examiner examiner;
  private final Teller teller;
  private final Alarm alarm = new Alarm();

  Keeper(ChecklistInput input) {
    this.input = input;
    Progress earlier = input.progress();
    register = new Register(input.spec(), earlier == null ? Progress.NONE : earlier);
    callers = new Callers(input);
    reception = new Reception(input.launch(), register, callers);
    looks = new Looks(input.asked(), earlier == null);
    examiner = new Examiner(input, register);
    teller = new Teller(input);
  }

  ReadinessSummary keep() {
    try {
      if (register.isListed() && !callers.isKnown()) {
        callers.look();
      }
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

  Reception reception() {
    return reception;
  }

  Answers apply(Edits edits) {
    return answers(reception.apply(edits));
  }

  Answers signOff(Order order) {
    return answers(reception.signOff(order));
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
    reception
        .refusalToExamine(order)
        .ifPresentOrElse(why -> reception.show(order.who(), why), () -> examine(order));
  }

  void ask(Ask ask) {
    teller.quietAfter(ask.quietAfter());
    looks.ask(ask.number());
  }

  ReadinessView view() {
    return reckoning().view(looks.answered(), callers.warning());
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
      Optional<String> trouble = callers.look();
      if (!callers.isKnown()) {
        register.trouble(trouble.orElse(""), Waits.now());
      } else if (!register.isListed()) {
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
            teller.quietAfter(),
            callers.policy(),
            callers.nonces()));
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
