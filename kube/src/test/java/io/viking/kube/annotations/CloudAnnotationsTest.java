package io.viking.kube.annotations;

import static io.viking.kube.annotations.CloudAnnotations.PREFIX;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CloudAnnotationsTest {
  /** Values that are refused, by key without the prefix; several behind one another with ";". */
  private static final Map<String, String> BAD =
      Map.ofEntries(
          Map.entry(
              "eci-use-specs",
              "2x4;2-4;;2-4Gi,,4-8Gi;1-1Gi,1-1Gi,1-1Gi,1-1Gi,1-1Gi,1-1Gi,"
                  + "1-1Gi,1-1Gi,1-1Gi,1-1Gi,1-1Gi"),
          Map.entry("eci-instance-family", "c6;ecs.g6,-ecs.g6;"),
          Map.entry("eci-instance-generation", "new;6,-6;--5"),
          Map.entry("eci-compute-category", "cheap"),
          Map.entry("eci-vswitch", "vsw-a,,vsw-b;sw-a;vsw-"),
          Map.entry("eci-schedule-strategy", "Ordered"),
          Map.entry("eci-gpu-driver-version", "525.85.12;tesla="),
          Map.entry("eci-cpu-option-core", "0;two;257"),
          Map.entry("eci-cpu-option-ht", "3;on"),
          Map.entry("eci-spot-strategy", "spot"),
          Map.entry("eci-spot-price-limit", "0.3601;0;-1;1e3;free"),
          Map.entry("eci-spot-duration", "2;1h"),
          Map.entry("eci-spot-fallback", "yes"),
          Map.entry("eci-spot-release-strategy", "evict"),
          Map.entry("eci-fail-strategy", "fail"),
          Map.entry("pod-fail-on-create-err", "1"),
          Map.entry("eci-reschedule-enable", "on"),
          Map.entry("eci-max-pending-minute", "9;1441;1h"),
          Map.entry("eci-privatepool-matchcriteria", "open"),
          Map.entry("eci-privatepool-id", "pool"),
          Map.entry("eci-resource-group-id", "x"),
          Map.entry("eci-ram-role-name", "a role"),
          Map.entry("eci-custom-tags", "env=test;a:1,a:2;a:1,b:2,c:3,d:4;:x"),
          Map.entry("eci-security-group", "a;sg-1,sg-2,sg-3,sg-4,sg-5,sg-6"),
          Map.entry("kubernetes.io/ingress-bandwidth", "fast;1;40Mbit"),
          Map.entry("kubernetes.io/egress-bandwidth", "1;-1M"),
          Map.entry("eci-custom-hosts", "db=10.0.0.1;[{\"host\":\"db\"}];{};[1]"),
          Map.entry("eci-custom-dnsconfig", "10.0.0.1;{};{\"server\":[]};{\"searches\":\"a\"}"),
          Map.entry("eci-ntp-server", "a b;"),
          Map.entry("eci-kube-proxy-enabled", "enabled"),
          Map.entry("eci-with-eip", "1"),
          Map.entry("eci-eip-instanceid", "1.2.3.4"),
          Map.entry("eip-bandwidth", "10M;0"),
          Map.entry("eip-isp", "X"),
          Map.entry("eip-internet-charge-type", "free"),
          Map.entry("eip-common-bandwidth-package-id", "package"),
          Map.entry("eip-public-ip-address-pool-id", "pool"),
          Map.entry("eci-enable-ipv6", "6"),
          Map.entry("eci-ipv6-count", "2"),
          Map.entry("eci-ipv6-bandwidth-enable", "yes"),
          Map.entry("eci-ipv6-bandwidth", "fast"),
          Map.entry("eci-private-ip-address", "10.0.0;10.0.0.256;::1"),
          Map.entry("eci-fixed-ip", "yes"),
          Map.entry("eci-fixed-ip-retain-hour", "0;two"),
          Map.entry("eci-auto-imc", "on"),
          Map.entry("eci-imc-id", "cache"),
          Map.entry("imc-perfect-match", "yes"),
          Map.entry("imc-match-count-request", "0;all"),
          Map.entry("image-accelerate-mode", "fast"),
          Map.entry("acr-instance-ids", "registry;cri-"),
          Map.entry("acr-service-arns", "role"),
          Map.entry("acr-user-arns", "arn:aws:iam::1:role/x"),
          Map.entry("plain-http-registry", "http://registry"),
          Map.entry("insecure-registry", "registry/path"),
          Map.entry("eci-data-cache-bucket", "a b"),
          Map.entry("eci-data-cache-pl", "PL9"),
          Map.entry("eci-data-cache-provisionedIops", "50001;-1"),
          Map.entry("eci-data-cache-burstingEnabled", "yes"),
          Map.entry("eci-extra-ephemeral-storage", "1Mi;50;5001Gi"),
          Map.entry("eci-ephemeral-storage-options", "encrypted;{\"a\":{}};[]"),
          Map.entry("eci-eviction-enable", "yes"),
          Map.entry("eci-set-diskvolume", "data:500Gi;data:ntfs:1Gi"),
          Map.entry("eci-sls-enable", "off"),
          Map.entry("eci-core-pattern", "|/bin/core"));

  record Bad(CloudAnnotation<?> annotation, String value) {}

  static List<CloudAnnotation<?>> all() {
    return CloudAnnotations.ALL;
  }

  static Stream<Bad> bad() {
    return all().stream()
        .flatMap(
            annotation ->
                Stream.of(BAD.get(CloudAnnotations.shortName(annotation.key())).split(";", -1))
                    .map(value -> new Bad(annotation, value)));
  }

  @Test
  void keys_areDifferentAndAllHaveBadValuesHere() {
    List<String> keys = all().stream().flatMap(a -> CloudAnnotations.keys(a).stream()).toList();

    assertThat(new HashSet<>(keys)).hasSameSizeAs(keys);
    assertThat(all().stream().map(a -> CloudAnnotations.shortName(a.key())))
        .containsExactlyInAnyOrderElementsOf(BAD.keySet());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void example_isWellFormedAndHasTheSyntax(CloudAnnotation<?> annotation) {
    assertThat(annotation.read(Map.of(annotation.key(), " " + annotation.example() + " ")))
        .isInstanceOf(CloudAnnotation.Reading.Given.class);
    assertThat(annotation.type().syntax().admits(annotation.example())).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bad")
  void badValue_isRefusedWithKeyValueAndForm(Bad bad) {
    String key = bad.annotation().key();

    assertThat(AnnotationReader.read(Map.of(key, bad.value())).flaws())
        .extracting(CloudAnnotation.Malformed::message)
        .singleElement()
        .asString()
        .startsWith("annotation " + key + " is \"" + bad.value() + "\", but must be ")
        .endsWith(bad.annotation().type().form());
  }

  @Test
  void syntax_admitsOnlySuchBadValuesAsParsingAloneFinds() {
    assertThat(bad().filter(bad -> bad.annotation().type().syntax().admits(bad.value())))
        .extracting(Bad::value)
        .containsExactlyInAnyOrder(
            // A name that is both, one that comes twice, a price of 0.
            "ecs.g6,-ecs.g6",
            "6,-6",
            "a:1,a:2",
            "0",
            // Quantities out of bounds.
            "1",
            "1",
            "1Mi",
            "50",
            "5001Gi",
            // JSON.
            "db=10.0.0.1",
            "[{\"host\":\"db\"}]",
            "{}",
            "[1]",
            "10.0.0.1",
            "{}",
            "{\"server\":[]}",
            "{\"searches\":\"a\"}",
            "encrypted",
            "{\"a\":{}}",
            "[]");
  }

  @Test
  void values_haveTheirMeaning() {
    var values =
        AnnotationReader.read(
                prefixed(
                    Map.of(
                        "eci-use-specs", "2.0-4Gi, .5-1.0Gi,ecs.c6.large",
                        "eci-instance-family", "ecs.c6,-ecs.g5",
                        "eci-spot-price-limit", "0.250",
                        "eci-extra-ephemeral-storage", "50Gi",
                        "eci-ipv6-bandwidth-enable", "true",
                        "eci-ipv6-bandwidth", "100M")))
            .values();

    assertThat(values.get(PlacementAnnotations.USE_SPECS))
        .contains(List.of("2-4Gi", "0.5-1Gi", "ecs.c6.large"));
    assertThat(values.get(PlacementAnnotations.INSTANCE_FAMILY))
        .contains(List.of(new Choice("ecs.c6", false), new Choice("ecs.g5", true)));
    // 0.25 per hour is 69,444.4 billionths per second.
    assertThat(values.get(SpotAnnotations.PRICE_LIMIT).map(SpotAnnotations::nanosPerSecond))
        .contains(69_444L);
    assertThat(SpotAnnotations.nanosPerSecond(new BigDecimal("0.36"))).isEqualTo(100_000);
    assertThat(values.get(StorageAnnotations.EXTRA_EPHEMERAL_STORAGE)).contains(50);
    assertThat(values.get(AddressAnnotations.IPV6_BANDWIDTH)).contains(100_000_000L);
  }

  /** Whether it is sold is for those to say who know the catalog. */
  @Test
  void familyWithoutANumber_canBeRead() {
    var reading = AnnotationReader.read(prefixed(Map.of("eci-instance-family", "ecs.zz")));

    assertThat(reading.flaws()).isEmpty();
    assertThat(reading.values().get(PlacementAnnotations.INSTANCE_FAMILY))
        .contains(List.of(new Choice("ecs.zz", false)));
  }

  @Test
  void oldKey_isReadWhereTheNewOneIsAbsent() {
    String old = PREFIX + "eci-image-cache";

    assertThat(ImageAnnotations.AUTO_CACHE.valueIn(Map.of(old, "true"))).contains(true);
    assertThat(
            ImageAnnotations.AUTO_CACHE.valueIn(
                Map.of(old, "true", PREFIX + "eci-auto-imc", "false")))
        .contains(false);
    assertThat(AnnotationReader.read(Map.of(old, "on")).flaws())
        .extracting(CloudAnnotation.Malformed::key)
        .containsExactly(old);
  }

  @Test
  void flaws_areAllTold() {
    assertThat(AnnotationReader.read(prefixed(Map.of("eip-isp", "X", "eci-with-eip", "1"))).flaws())
        .hasSize(2);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          eci-spot-strategy=SpotWithPriceLimit | eci-spot-price-limit is "", but must be a price
          eci-with-eip=true,eci-eip-instanceid=eip-1 | eci-eip-instanceid is "eip-1", but must be absent
          eci-privatepool-matchcriteria=Target | eci-privatepool-id is "", but must be the id of
          eci-data-cache-pl=PL1 | eci-data-cache-pl is "PL1", but must be absent where there is no
          eci-data-cache-provisionedIops=1 | must be absent where there is no eci-data-cache-bucket
          eci-data-cache-burstingEnabled=true | must be absent where there is no eci-data-cache-bucket
          eci-fixed-ip-retain-hour=1 | must be absent where there is no eci-fixed-ip
          eci-ipv6-bandwidth=1M | must be absent where there is no eci-ipv6-bandwidth-enable
          """)
  void brokenRule_isTold(String given, String message) {
    Map<String, String> annotations = new HashMap<>();
    for (String pair : given.split(",")) {
      annotations.put(pair.split("=")[0], pair.split("=")[1]);
    }

    assertThat(AnnotationReader.read(prefixed(annotations)).flaws())
        .singleElement()
        .satisfies(flaw -> assertThat(flaw.message()).contains(message));
  }

  @Test
  void failStrategy_isAlsoSaidTheOlderWay() {
    String older = PREFIX + "pod-fail-on-create-err";

    assertThat(FailStrategy.of(Map.of())).isEqualTo(FailStrategy.FAIL_BACK);
    assertThat(FailStrategy.of(Map.of(older, "true"))).isEqualTo(FailStrategy.FAIL_FAST);
    assertThat(FailStrategy.of(Map.of(older, "true", PREFIX + "eci-fail-strategy", "fail-over")))
        .isEqualTo(FailStrategy.FAIL_BACK);
  }

  @ParameterizedTest
  @CsvSource({
    "eci-use-spec, eci-use-specs",
    "eci-vswitches, eci-vswitch",
    "with-eip, eci-with-eip",
    "eci-spot-stategy, eci-spot-strategy"
  })
  void unknownKey_isToldWithTheOneThatItResembles(String key, String nearest) {
    assertThat(CloudAnnotations.unknown(Map.of(PREFIX + key, "x")))
        .singleElement()
        .satisfies(
            unknown ->
                assertThat(unknown.message())
                    .contains(PREFIX + key + " is not known")
                    .endsWith("Did you mean " + PREFIX + nearest + "?"));
  }

  @Test
  void unknownKey_ofNobodysOrWrittenBack_isNotTold() {
    assertThat(
            CloudAnnotations.unknown(
                Map.of(
                    WrittenBack.INSTANCE_ID,
                    "eci-1",
                    PREFIX + "eci-image-cache",
                    "true",
                    "example.com/eci-use-spec",
                    "x")))
        .isEmpty();
    assertThat(CloudAnnotations.unknown(Map.of(PREFIX + "quite-another-thing", "x")))
        .extracting(CloudAnnotations.Unknown::nearest)
        .containsExactly(java.util.Optional.empty());
  }

  private static Map<String, String> prefixed(Map<String, String> annotations) {
    Map<String, String> prefixed = new HashMap<>();
    annotations.forEach((key, value) -> prefixed.put(PREFIX + key, value));
    return prefixed;
  }
}
