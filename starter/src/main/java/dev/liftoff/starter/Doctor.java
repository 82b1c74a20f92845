package dev.liftoff.starter;

import dev.liftoff.plan.PlanDocument;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code liftoff doctor}. */
@Command(
    name = "doctor",
    description = "Check what a launch needs: each line OK, FAIL or NO DATA, with the fix.")
final class Doctor implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--docker",
      paramLabel = "SOCKET",
      description = "The engine's socket (default: $DOCKER_HOST or /var/run/docker.sock)")
  @Nullable String docker;

  @Option(
      names = "--file",
      paramLabel = "PATH",
      description = "A file that must be readable; may be repeated")
  List<Path> files = List.of();

  @Option(
      names = "--socket",
      paramLabel = "SOCKET",
      description = "A socket that must accept, a path or HOST:PORT; may be repeated")
  List<String> sockets = List.of();

  @Option(
      names = "--plan",
      paramLabel = "PLAN",
      description = "A plan whose checklist and alerts have sources: the worker asks them all")
  @Nullable String plan;

  Doctor(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try {
      return look(plan == null ? null : validated(plan));
    } catch (PlanFile.InvalidFile invalid) {
      return PlanArgument.refuse(session, invalid);
    }
  }

  private static PlanDocument validated(String name) throws PlanFile.InvalidFile {
    PlanFile file = PlanFile.read(name);
    file.plan();
    return new PlanDocument(file.json());
  }

  private int look(@Nullable PlanDocument document) {
    List<Finding> findings = new ArrayList<>();
    findings.add(HostCheckup.java());
    List<Finding> temporal = TemporalCheckup.of(session);
    findings.addAll(temporal);
    findings.addAll(WorkerCheckup.of(session, TemporalCheckup.arePolled(temporal), document));
    findings.add(HostCheckup.docker(session.dockerSocket(docker)));
    files.stream().map(HostCheckup::file).forEach(findings::add);
    sockets.stream().map(HostCheckup::socket).forEach(findings::add);
    show(findings);
    if (document == null) {
      session.say(
          "Not asked, for want of a plan: the sources of its checklist and alerts. → liftoff doctor --plan plan.yaml");
    }
    return findings.stream().allMatch(Finding::ok) ? ExitCode.OK.code() : ExitCode.INVALID.code();
  }

  private void show(List<Finding> findings) {
    if (session.asJson()) {
      session.json(findings);
    } else {
      findings.forEach(finding -> session.print(finding.text(session.paint())));
    }
  }
}
