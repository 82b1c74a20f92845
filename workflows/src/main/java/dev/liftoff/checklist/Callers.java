package dev.liftoff.checklist;

import dev.liftoff.LaunchId;
import dev.liftoff.LaunchWorkflow;
import dev.liftoff.Reasons;
import dev.liftoff.Waits;
import dev.liftoff.gate.Proof;
import dev.liftoff.people.Caller;
import dev.liftoff.people.Claim;
import dev.liftoff.people.Identity;
import dev.liftoff.people.Inquiry;
import dev.liftoff.people.Patience;
import dev.liftoff.people.Policy;
import dev.liftoff.people.Rations;
import io.temporal.activity.ActivityOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Who may say something of this list, and who a message is from. */
final class Callers {
  private static final Duration READ = Duration.ofSeconds(10);
  private static final Duration READING = Duration.ofMinutes(1);

  /** No proof is good for longer, however far the clocks are apart. */
  private static final Duration REMEMBERED = Duration.ofHours(1);

  private static final String USED = "this proof was used already: sign it again";

  private final LaunchId launch;
  private final boolean asked;
  private final boolean rationed;
  private final Rations rations = new Rations();
  private final Map<String, Instant> nonces;
  private @Nullable Policy policy;

  /** A list that began before there was a policy goes on without. */
  Callers(ChecklistInput input) {
    launch = input.launch();
    asked = ListRevision.PEOPLE.isOn();
    rationed = ListRevision.PATIENCE.isOn();
    policy = asked ? input.policy() : Policy.OPEN;
    nonces = new TreeMap<>(input.nonces());
  }

  boolean isKnown() {
    return policy != null;
  }

  /** The settings may have changed since; why they could not be read, which changes nothing. */
  Optional<String> look() {
    if (!asked) {
      return Optional.empty();
    }
    try {
      policy = port().policy(launch);
      return Optional.empty();
    } catch (ActivityFailure failure) {
      Waits.goOn();
      return Optional.of("who may answer could not be read: " + Reasons.of(failure));
    }
  }

  /** Before anything is waited for. */
  Optional<String> unproven(String what, @Nullable Proof proof, Function<Proof, String> text) {
    Policy known = policy;
    if (known == null) {
      return Optional.of("who may answer is not known yet: try again in a moment");
    }
    if (proof == null) {
      return known.withoutProof(what);
    }
    return known.acceptsUnverified(what)
        ? Optional.empty()
        : worthless(proof, text.apply(proof))
            .map(why -> what + " is taken from verified callers only: " + why);
  }

  /** Waits for the answer when there is a proof to look at. */
  Caller of(@Nullable String who, @Nullable String role, @Nullable Proof proof, String text) {
    String name = String.valueOf(who);
    if (proof == null) {
      return Caller.unverified(name, Caller.NO_PROOF);
    }
    if (proof.lacksSomething()) {
      return Caller.unverified(name, "the proof is not complete");
    }
    Optional<String> worthless = worthless(proof, text);
    if (worthless.isPresent()) {
      return Caller.unverified(name, worthless.get());
    }
    Caller caller = lookedAt(proof, new Claim(name, String.valueOf(role), text, proof));
    // Asked before, two at the same time would both be the first.
    return caller.trusted() && !isFirst(String.valueOf(proof.nonce()))
        ? Caller.unverified(name, USED)
        : caller;
  }

  /** How often what was refused is told; null for always. */
  @Nullable Patience patience() {
    return rationed ? known().patience() : null;
  }

  private Caller lookedAt(Proof proof, Claim claim) {
    Policy by = known();
    Instant since = Waits.now();
    rations.look(by, proof, since);
    Caller caller = Inquiry.ask(launch, claim);
    if (caller.trusted()) {
      rations.holds(by, proof, since);
    }
    return caller;
  }

  /** Known without asking anybody, so that nobody is asked. */
  private Optional<String> worthless(Proof proof, String text) {
    if (!rationed || proof.lacksSomething()) {
      return Optional.empty();
    }
    if (nonces.containsKey(String.valueOf(proof.nonce()))) {
      return Optional.of(USED);
    }
    Instant now = Waits.now();
    return known().hopeless(proof, text, now).or(() -> rations.refusal(known(), proof, now));
  }

  /** After the caller is known, when only a verified one will do. */
  Optional<String> refusal(String what, Caller caller) {
    return known().refusal(what, caller);
  }

  String remark(Caller caller) {
    return known().remark(caller);
  }

  @Nullable Policy policy() {
    return policy;
  }

  @Nullable String warning() {
    return policy == null ? null : policy.warning();
  }

  /** Those by which a proof could still be used again. */
  Map<String, Instant> nonces() {
    Instant oldest = Waits.now().minus(REMEMBERED);
    nonces.values().removeIf(used -> used.isBefore(oldest));
    return nonces;
  }

  private boolean isFirst(String nonce) {
    return nonces.putIfAbsent(nonce, Waits.now()) == null;
  }

  private Policy known() {
    return policy == null ? Policy.standard(List.of(), null) : policy;
  }

  private static Identity port() {
    return Workflow.newActivityStub(
        Identity.class,
        ActivityOptions.newBuilder()
            .setTaskQueue(LaunchWorkflow.UNDO_TASK_QUEUE)
            .setSummary("Who may answer")
            .setStartToCloseTimeout(READ)
            .setScheduleToCloseTimeout(READING)
            .build());
  }
}
