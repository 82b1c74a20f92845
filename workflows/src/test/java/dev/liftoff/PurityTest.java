package dev.liftoff;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A launch is replayed from its history, so its code must give the same answer every time. */
class PurityTest {

  private static final JavaClasses WORKFLOWS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(new ImportOption.DoNotIncludeJars())
          .importPackages("dev.liftoff");

  private static final Map<String, Set<String>> UNREPEATABLE_METHODS =
      Map.of(
          "java.lang.System", Set.of("currentTimeMillis", "nanoTime", "getenv"),
          "java.lang.Math", Set.of("random"),
          "java.util.UUID", Set.of("randomUUID"));

  @Test
  void launchesDoNotTouchNetworkFilesOrDatabases() {
    workflowCode()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.net..", "java.sql..", "javax.sql..", "java.nio.file..")
                .and(not(equivalentTo(URI.class))))
        .check(WORKFLOWS);
  }

  @Test
  void launchesWaitAndRunInParallelOnlyThroughTemporal() {
    workflowCode()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.util.concurrent..")
                .and(not(belongTo(equivalentTo(TimeUnit.class)))))
        .orShould()
        .accessClassesThat(equivalentTo(Thread.class))
        .check(WORKFLOWS);
  }

  @Test
  void launchesTakeTimeAndChanceOnlyFromTemporal() {
    workflowCode()
        .should()
        .dependOnClassesThat(equivalentTo(Random.class).or(equivalentTo(SecureRandom.class)))
        .orShould()
        .accessTargetWhere(readsTheClockTheEnvironmentOrChance())
        .check(WORKFLOWS);
  }

  /** The simulated world stands in for activities, which may do all of this. */
  private static GivenClassesConjunction workflowCode() {
    return noClasses()
        .that()
        .resideInAPackage("dev.liftoff..")
        .and()
        .resideOutsideOfPackage("dev.liftoff.simulation..");
  }

  private static DescribedPredicate<JavaAccess<?>> readsTheClockTheEnvironmentOrChance() {
    return describe(
        "it reads the clock, the environment or chance",
        access -> {
          JavaClass owner = access.getTargetOwner();
          String method = access.getTarget().getName();
          boolean clock =
              owner.getPackageName().equals("java.time")
                  && (method.equals("now") || owner.getSimpleName().equals("Clock"));
          return clock
              || UNREPEATABLE_METHODS.getOrDefault(owner.getName(), Set.of()).contains(method);
        });
  }
}
