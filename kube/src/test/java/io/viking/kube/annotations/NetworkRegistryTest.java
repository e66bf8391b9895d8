package io.viking.kube.annotations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkRegistryTest {
  static Stream<CloudAnnotation<?>> all() {
    return Stream.concat(NetworkRegistry.SERVICE.stream(), NetworkRegistry.INGRESS.stream());
  }

  @ParameterizedTest
  @MethodSource("all")
  void example_isWellFormed_andOfItsSyntax(CloudAnnotation<?> annotation) {
    for (String key : CloudAnnotations.keys(annotation)) {
      var reading = annotation.read(Map.of(key, " " + annotation.example() + " "));
      assertThat(reading).as(key).isInstanceOf(CloudAnnotation.Reading.Given.class);
    }
    assertThat(annotation.type().syntax().admits(annotation.example())).isTrue();
  }

  @ParameterizedTest
  @MethodSource("all")
  void nonsense_isRefused_byItsKeyValueAndForm(CloudAnnotation<?> annotation) {
    String nonsense = "\u00e4 ,,";
    assertThat(annotation.read(Map.of(annotation.key(), nonsense)))
        .isInstanceOfSatisfying(
            CloudAnnotation.Reading.Refused.class,
            refused ->
                assertThat(refused.flaw().message())
                    .contains(annotation.key(), nonsense, annotation.type().form()));
  }

  @Test
  void keys_areDifferent() {
    List<String> keys = new ArrayList<>();
    all().forEach(annotation -> keys.addAll(CloudAnnotations.keys(annotation)));
    assertThat(keys).hasSameSizeAs(new HashSet<>(keys));
  }

  @Test
  void unknownKeys_ofTheCloudsPrefixes_areFound() {
    assertThat(
            NetworkRegistry.unknownOfService(
                Map.of(
                    ServiceAnnotations.PREFIX + "bandwith",
                    "1",
                    ServiceAnnotations.OLD_PREFIX + "spec",
                    "slb.s1.small",
                    "example.com/mine",
                    "x")))
        .containsExactly(ServiceAnnotations.PREFIX + "bandwith");
    assertThat(
            NetworkRegistry.unknownOfIngress(Map.of("alb.ingress.kubernetes.io/cannary", "true")))
        .containsExactly("alb.ingress.kubernetes.io/cannary");
  }
}
