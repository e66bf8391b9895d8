package io.viking.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The arrows between modules: {@code proto} and {@code kube} know nobody, the loops know those two
 * and never each other, an adapter knows {@code proto} and {@code kit} only.
 */
class ModuleArrowsTest {
  private static final String PROTO = "io.viking.cloud..";
  private static final String KUBE = "io.viking.kube..";
  private static final String SCHEDULER = "io.viking.scheduler..";
  private static final String SYNCER = "io.viking.syncer..";
  private static final String KIT = "io.viking.adapter.kit..";
  private static final String SIM = "io.viking.adapter.sim..";
  private static final String SIMULATION = "io.viking.simulation..";
  private static final String CONTROL_PLANE = "io.viking.controlplane..";
  private static final String BENCH = "io.viking.bench..";
  private static final String CLI = "io.viking.cli..";

  private static JavaClasses viking;

  @BeforeAll
  static void importClasses() {
    viking =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.viking");
  }

  @Test
  void proto_dependsOn_noModule() {
    outsiders(PROTO, KUBE, SCHEDULER, SYNCER, KIT, SIM, SIMULATION, CONTROL_PLANE, BENCH, CLI)
        .check(viking);
  }

  @Test
  void kube_dependsOn_noModule() {
    outsiders(KUBE, PROTO, SCHEDULER, SYNCER, KIT, SIM, SIMULATION, CONTROL_PLANE, BENCH, CLI)
        .check(viking);
  }

  @Test
  void scheduler_dependsOn_protoAndKubeOnly() {
    outsiders(SCHEDULER, SYNCER, KIT, SIM, SIMULATION, CONTROL_PLANE, BENCH, CLI).check(viking);
  }

  @Test
  void syncer_dependsOn_protoAndKubeOnly() {
    outsiders(SYNCER, SCHEDULER, KIT, SIM, SIMULATION, CONTROL_PLANE, BENCH, CLI).check(viking);
  }

  @Test
  void kit_dependsOn_protoOnly() {
    outsiders(KIT, KUBE, SCHEDULER, SYNCER, SIM, SIMULATION, CONTROL_PLANE, BENCH, CLI)
        .check(viking);
  }

  @Test
  void sim_dependsOn_protoAndKitOnly() {
    outsiders(SIM, KUBE, SCHEDULER, SYNCER, SIMULATION, CONTROL_PLANE, BENCH, CLI).check(viking);
  }

  @Test
  void simulation_dependsOn_loopsAndSimOnly() {
    outsiders(SIMULATION, CONTROL_PLANE, BENCH, CLI).check(viking);
  }

  @Test
  void controlPlane_dependsOn_noModule() {
    outsiders(CONTROL_PLANE, PROTO, KUBE, SCHEDULER, SYNCER, KIT, SIM, SIMULATION, BENCH, CLI)
        .check(viking);
  }

  @Test
  void bench_dependsOn_kubeAndControlPlaneOnly() {
    outsiders(BENCH, PROTO, SCHEDULER, SYNCER, KIT, SIM, SIMULATION, CLI).check(viking);
  }

  @Test
  void adapters_knowNothingOf_kubernetesClients() {
    noClasses()
        .that()
        .resideInAnyPackage(KIT, SIM)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.kubernetes..")
        .check(viking);
  }

  @Test
  void orchestration_reaches_noCloudSdk() {
    noClasses()
        .that()
        .resideInAnyPackage(KUBE, SCHEDULER, SYNCER)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.aliyun..", "com.alibabacloud..")
        .check(viking);
  }

  @Test
  void everyPackage_isNullMarked() {
    classes()
        .that()
        .resideInAPackage("io.viking..")
        .and()
        .resideOutsideOfPackage(PROTO)
        .and()
        .haveSimpleName("package-info")
        .should()
        .beAnnotatedWith("org.jspecify.annotations.NullMarked")
        .check(viking);
  }

  private static ArchRule outsiders(String module, String... forbidden) {
    return noClasses()
        .that()
        .resideInAPackage(module)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden)
        .allowEmptyShould(true);
  }
}
