package dev.liftoff;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A step knows what it stands on, and nothing that it stands on knows a step. */
class LayersTest {
  private static final String OUTBOX = "dev.liftoff.notify.outbox";
  private static final String BOARD = "dev.liftoff.board";
  private static final String CONTROL = "dev.liftoff.control";
  private static final String WATCH = "dev.liftoff.watch";

  /** The words, tables and waits that every part of a launch shares. */
  private static final Set<String> SHARED =
      Set.of(
          "FailureType",
          "Halt",
          "LaunchId",
          "Milestone",
          "Outcome",
          "Reasons",
          "Refusals",
          "Revision",
          "Stubs",
          "Verb",
          "Waits",
          "Word");

  private static final JavaClasses WORKFLOWS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(new ImportOption.DoNotIncludeJars())
          .importPackages("dev.liftoff");

  @Test
  void whatTheStepsStandOnKnowsNoStep() {
    noClasses()
        .that()
        .resideInAnyPackage(OUTBOX, BOARD, CONTROL, WATCH)
        .should()
        .dependOnClassesThat(areSteps())
        .check(WORKFLOWS);
  }

  @Test
  void whatHasBeenSaidDoesNotDependOnWhoSaysIt() {
    doesNotKnow(OUTBOX, BOARD, CONTROL, WATCH);
  }

  @Test
  void theBoardShowsWithoutKnowingWhoSteers() {
    doesNotKnow(BOARD, CONTROL, WATCH);
  }

  @Test
  void whoSteersDoesNotKnowTheWatch() {
    doesNotKnow(CONTROL, WATCH);
  }

  private static void doesNotKnow(String lower, String... upper) {
    noClasses()
        .that()
        .resideInAPackage(lower)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(upper)
        .check(WORKFLOWS);
  }

  private static DescribedPredicate<JavaClass> areSteps() {
    return describe(
        "are steps of a launch",
        type -> type.getPackageName().equals("dev.liftoff") && !SHARED.contains(outermost(type)));
  }

  private static String outermost(JavaClass type) {
    return type.getEnclosingClass().map(LayersTest::outermost).orElse(type.getSimpleName());
  }
}
