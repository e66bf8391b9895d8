package io.viking.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cli.Main;
import io.viking.cli.rights.LoopRole;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** The chart of Viking itself, as Helm renders it and as an API server takes it. */
class ChartIT {
  private static final Path CHART = Path.of("..", "deploy", "chart", "viking").toAbsolutePath();

  private final Cluster cluster = SharedViking.cluster();
  private Path binary = Path.of("");
  private String namespace = "";

  @BeforeEach
  void makeNamespace() throws Exception {
    binary = Helm.required();
    namespace = cluster.newNamespace("chart");
  }

  @AfterEach
  void removeNamespace() throws Exception {
    if (!namespace.isEmpty()) {
      cluster.deleteNamespace(namespace);
    }
  }

  @Test
  void lint_findsNothing() throws Exception {
    assertThat(helm("lint", "--strict", CHART.toString()).output()).contains("0 chart(s) failed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "scheduler.replicas=1,syncer.replicas=1,syncer.shards=8,adapter.persistence.enabled=true,logFormat=text",
        "adapter.address=tcp:cloud.example:7443,tls.existingSecret=cloud,syncer.kubelet.existingSecret=kubelet",
        "podDisruptionBudget=false,choicePolicy=false,ingressClasses=false,flowSchema.priorityLevel=",
        "image.pullSecrets={one,two},scheduler.javaOptions=-Xmx300m,syncer.nodeSelector.pool=system,syncer.kubelet.clientCa=PEM"
      })
  void rendered_isTakenByTheApiServer_andItsFlagsAreThoseOfTheCommands(String values)
      throws Exception {
    String yaml = template(values);

    VikingProcess.Result taken =
        new Kubectl(SharedViking.process())
            .runWith(
                yaml,
                "apply",
                "--server-side",
                "--force-conflicts",
                "--dry-run=server",
                "--field-manager=chart",
                "-f",
                "-");
    assertThat(taken.succeeded()).as(taken.output()).isTrue();
    assertThat(taken.output()).doesNotContain("Warning");
    List<Map<?, ?>> containers = containers(yaml);
    assertThat(containers).hasSize(values.contains("adapter.address=tcp") ? 2 : 3);
    for (Map<?, ?> container : containers) {
      Main.commandLine().parseArgs(words(container.get("args")));
    }
  }

  @Test
  void rendered_hasTheRolesOfVikingUp_forAccountsOfItsOwn() throws Exception {
    List<Map<?, ?>> objects = objects(template(""));
    for (LoopRole role : LoopRole.all()) {
      Map<?, ?> rendered =
          objects.stream()
              .filter(object -> role.object().type().kind().equals(object.get("kind")))
              .filter(
                  object ->
                      role.object().name().equals(at(object, "metadata", "name"))
                          && role.object()
                              .namespace()
                              .equals(
                                  Optional.ofNullable(at(object, "metadata", "namespace"))
                                      .orElse("")))
              .findFirst()
              .orElseThrow();
      Map<?, ?> written = new Yaml().load(role.object().content());
      assertThat(rendered.get("rules")).as(role.object().name()).isEqualTo(written.get("rules"));
    }
    assertThat(objects)
        .filteredOn(object -> String.valueOf(object.get("kind")).endsWith("RoleBinding"))
        .hasSize(LoopRole.all().size())
        .allSatisfy(
            binding ->
                assertThat(String.valueOf(binding.get("subjects")))
                    .contains("kind=ServiceAccount", "namespace=" + namespace));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          scheduler.replica=3                    | 'replica'
          scheduler.replicas=many                | /scheduler/replicas
          syncer.shards=65                       | /syncer/shards
          syncer.leaseSeconds=1                  | /syncer/leaseSeconds
          syncer.kubelet.port=443                | /syncer/kubelet/port
          adapter.address=cloud.example:7443     | /adapter/address
          adapter.address=tcp:cloud.example:7443 | tls.existingSecret is empty
          tls.existingSecret=mine                | tls.adapterExistingSecret go together
          logFormat=xml                          | /logFormat
          """)
  void badValue_isRefusedByName(String value, String name) throws Exception {
    VikingProcess.Result result =
        run("template", "viking", CHART.toString(), "--kube-version=1.36.3", "--set", value);

    assertThat(result.succeeded()).as(result.output()).isFalse();
    assertThat(result.output()).contains(name);
  }

  private String template(String values) throws Exception {
    var arguments =
        new ArrayList<>(
            List.of(
                "template",
                "viking",
                CHART.toString(),
                "--namespace",
                namespace,
                "--kube-version",
                "1.36.3"));
    arguments.add("--include-crds");
    if (!values.isEmpty()) {
      arguments.addAll(List.of("--set", values));
    }
    return helm(arguments.toArray(String[]::new)).output();
  }

  private static List<Map<?, ?>> objects(String yaml) {
    return StreamSupport.stream(new Yaml().loadAll(yaml).spliterator(), false)
        .filter(Map.class::isInstance)
        .<Map<?, ?>>map(object -> (Map<?, ?>) object)
        .toList();
  }

  private static List<Map<?, ?>> containers(String yaml) {
    return objects(yaml).stream()
        .filter(object -> "Deployment".equals(object.get("kind")))
        .map(object -> (List<?>) at(object, "spec", "template", "spec", "containers"))
        .<Map<?, ?>>map(list -> (Map<?, ?>) list.getFirst())
        .toList();
  }

  private static String[] words(Object list) {
    return ((List<?>) list)
        .stream()
            .map(word -> word.toString().replace("$(POD_IP)", "10.0.0.7"))
            .toArray(String[]::new);
  }

  private static Object at(Map<?, ?> object, String... path) {
    Object value = object;
    for (String key : path) {
      value = ((Map<?, ?>) value).get(key);
    }
    return value;
  }

  private VikingProcess.Result helm(String... arguments) throws Exception {
    VikingProcess.Result result = run(arguments);
    assertThat(result.succeeded()).as(result.output()).isTrue();
    return result;
  }

  /** What it says of links in the chart goes to standard error, which is shown only on failure. */
  private VikingProcess.Result run(String... arguments) throws Exception {
    var command = new ArrayList<>(List.of(binary.toString()));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile("helm", ".out");
    Path err = Files.createTempFile("helm", ".err");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("helm has ended").isTrue();
      String said = Files.readString(out, StandardCharsets.UTF_8);
      return new VikingProcess.Result(
          process.exitValue(),
          process.exitValue() == 0 ? said : said + Files.readString(err, StandardCharsets.UTF_8));
    } finally {
      Files.deleteIfExists(out);
      Files.deleteIfExists(err);
    }
  }
}
