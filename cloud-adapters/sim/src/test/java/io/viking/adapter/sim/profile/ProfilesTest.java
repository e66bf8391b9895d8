package io.viking.adapter.sim.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfilesTest {
  /** Every optional key too. */
  private static final String EVERYTHING =
      """
      base: eci
      faults:
        - operation: create
          kind: outOfStock
          probability: 0.1
          fromSeconds: 1
          untilSeconds: 2
          zone: cn-hangzhou-h
          latencySeconds: {min: 0, max: 1}
      """;

  @Test
  void instant_hasNoLimitsAndNoLatency() {
    SimProfile instant = Profiles.instant();

    assertThat(instant.zones())
        .extracting(ZoneProfile::id)
        .containsExactly("cn-hangzhou-h", "cn-hangzhou-i", "cn-hangzhou-j");
    assertThat(instant.rates().create().unlimited()).isTrue();
    assertThat(instant.cloudShare(500)).isEqualTo(Duration.ZERO);
  }

  @Test
  void eci_hasThePublishedLimits_andStatesItsShare() {
    SimProfile eci = Profiles.eci();

    assertThat(eci.rates().create()).isEqualTo(new RateLimit(100, 1200));
    Duration start = eci.cloudShare(100);
    assertThat(start).isEqualTo(Duration.ofMillis(8500 + 8000 + 1500));
    assertThat(eci.cloudShare(500)).isEqualTo(start.plusSeconds(20));
  }

  @Test
  void prices_areExact() {
    assertThat(price("0.25-0.5Gi")).isEqualTo(12_250 + 3_065);
    assertThat(price("1-2Gi")).isEqualTo(49_000 + 2 * 6_130);
    assertThat(price("64-512Gi")).isEqualTo(64 * 49_000 + 512 * 6_130);
    assertThat(price("ecs.gn6v-c8g1.2xlarge")).isEqualTo(7_361_111);
    assertThat(Profiles.instant().types()).filteredOn(TypeProfile::shape).hasSize(38);
  }

  @Test
  void ownDocument_standsOnItsBase_keyByKey() {
    SimProfile own = Profiles.parse("own", "base: eci\nlatency: {sandboxSeconds: {max: 20}}");

    assertThat(own.latency().sandbox()).isEqualTo(new Span(7_000, 20_000));
    assertThat(own.latency().pull()).isEqualTo(Profiles.eci().latency().pull());
  }

  @Test
  void mergedDocument_readsAsTheSameProfile() {
    SimProfile own = Profiles.parse("own", EVERYTHING);

    assertThat(Profiles.parse("own", own.yaml())).isEqualTo(own);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "latencies: {}|latencies|there is no such key",
        "latency: {sandboxSeconds: {min: -1}}|latency.sandboxSeconds.min|from 0 to 86400",
        "latency: {sandboxSeconds: {min: 9}}|latency.sandboxSeconds.max|at least min",
        "latency: {sandboxSeconds: soon}|latency.sandboxSeconds|mapping",
        "quotas: {instances: many}|quotas.instances|whole number",
        "quotas: {instances: 1.5}|quotas.instances|whole number",
        "zones: []|zones|at least one",
        "zones: [{id: a, colour: red}]|zones[0].vswitches|is missing",
        "zones: [7]|zones[0]|mapping",
        "faults: [{operation: fly, kind: latency}]|faults[0].operation|updateFiles",
        "rates: {create: {burst: 5}}|rates.create.perMinute|at least 1",
        "base: aws|base|instant, eci",
        "network: {dns: {ttls: [60, 5]}}|network.dns.ttls|ascending",
        "network: {dns: {ttls: [0]}}|network.dns.ttls[0]|from 1 to 86400",
        "network: {dns: {defaultTtl: 7}}|network.dns.defaultTtl|one of ttls",
        "network: {sockets: {dnsPort: -1}}|network.sockets.dnsPort|from 0 to 65535",
        "spot: {minimum: 2}|spot.minimum|from 0 to 1",
        "prices: {currency: yuan}|prices.currency|ISO 4217",
        "images: {missingParts: [1]}|images.missingParts[0]|text",
        "[1, 2]|the document|mapping",
      })
  void wrongDocument_isRefused_namingPathAndWayOut(String yaml, String path, String wayOut) {
    assertThatThrownBy(() -> Profiles.parse("mine.yaml", yaml))
        .isInstanceOf(ProfileException.class)
        .hasMessageContaining("mine.yaml: " + path)
        .hasMessageContaining(wayOut);
  }

  @Test
  void brokenYaml_andMissingFiles_areToldInOneSentence() {
    assertThatThrownBy(() -> Profiles.parse("mine.yaml", "a: [")).hasMessageContaining("not YAML");
    assertThatThrownBy(() -> Profiles.parse("m", "quotas: {}\nquotas: {}"))
        .hasMessageContaining("not YAML");
    assertThatThrownBy(() -> Profiles.load("/nowhere/cloud.yaml"))
        .isInstanceOf(ProfileException.class)
        .hasMessageContaining("neither one of instant, eci nor a file");
  }

  @Test
  void overlappingNetworks_areRefused() {
    String zone =
        "{id: %s, available: true, vcpu: 1, memoryGiB: 1, gpus: 0, vswitches: [{id: v-%s, cidr:"
            + " %s}], stock: {default: 1, types: {}}}";
    String yaml =
        "zones: ["
            + zone.formatted("a", "a", "10.1.0.0/16")
            + ", "
            + zone.formatted("b", "b", "10.1.4.0/24")
            + "]";

    assertThatThrownBy(() -> Profiles.parse("m", yaml)).hasMessageContaining("overlaps");
  }

  @Test
  void referencePage_namesEveryKey_andNoOther() throws IOException {
    Set<String> known = new TreeSet<>();
    Profiles.parse("everything", EVERYTHING, known::add);
    String whole = Files.readString(Path.of("../../docs/simulated-cloud.md"));
    String page = whole.substring(whole.indexOf("## Your own"), whole.indexOf("## Instance types"));
    Set<String> documented = new TreeSet<>();
    Matcher row = Pattern.compile("(?m)^\\| `([a-zA-Z0-9.\\[\\]]+)` \\|").matcher(page);
    while (row.find()) {
      documented.add(row.group(1));
    }
    known.removeIf(
        key ->
            known.stream()
                .anyMatch(other -> other.startsWith(key + ".") || other.startsWith(key + "[")));

    assertThat(documented).isEqualTo(known);
  }

  private static long price(String type) {
    return Profiles.instant().type(type).orElseThrow().priceNanos();
  }
}
