package io.viking.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class GrowthTest {
  private static final long MIB = 1 << 20;
  private static final String CACHE = "viking_cache_objects{resource=\"pods\"}";
  private static final Footprint EARLY =
      new Footprint(
          60 * MIB,
          300 * MIB,
          40,
          30,
          50,
          Map.of(CACHE, 3.0),
          Map.of("byte[]", 5 * MIB, "Pod", MIB));

  @Test
  void theSame_hasNotGrown() {
    assertThat(Growth.between(EARLY, EARLY, 0)).isEmpty();
  }

  @Test
  void less_hasNotGrown() {
    assertThat(Growth.between(EARLY, new Footprint(MIB, MIB, 1, 0, 1, Map.of(), Map.of()), 0))
        .isEmpty();
  }

  @Test
  void noise_isTolerated() {
    var late =
        new Footprint(65 * MIB, 350 * MIB, 44, 50, 55, Map.of(CACHE, 9.0, "new", 2.0), Map.of());
    assertThat(Growth.between(EARLY, late, 0)).isEmpty();
  }

  @Test
  void boundedHistory_isToleratedByThePod_andMoreThanThatIsALeak() {
    long history = 7_000 * 4_500L;
    assertThat(Growth.between(EARLY, withHeap(60 * MIB + history), 7_000)).isEmpty();
    assertThat(Growth.between(EARLY, withHeap(60 * MIB + history + 7 * MIB), 7_000))
        .containsExactly(
            "live heap grew from 62,914,560 to 101,754,592, tolerated are 37,791,456 more",
            "most grown: Pod by 7,340,032 bytes, byte[] by 0 bytes");
  }

  @Test
  void history_isFullAtSomeTime() {
    assertThat(Growth.between(EARLY, withHeap(120 * MIB), 1_000_000)).isEmpty();
    assertThat(Growth.between(EARLY, withHeap(140 * MIB), 1_000_000)).isNotEmpty();
  }

  @Test
  void everythingGrown_isNamed() {
    var late = new Footprint(90 * MIB, 400 * MIB, 60, 300, 90, Map.of(CACHE, 1_003.0), Map.of());
    assertThat(Growth.between(EARLY, late, 0))
        .filteredOn(sentence -> sentence.contains(" grew "))
        .extracting(sentence -> sentence.substring(0, sentence.indexOf(" grew")))
        .containsExactly(
            "live heap", "RSS", "threads", "virtual threads", "file descriptors", CACHE);
  }

  @Test
  void classes_areReadFromAHistogram() {
    assertThat(
            Footprints.classes(
                """
                 num     #instances         #bytes  class name (module)
                -------------------------------------------------------
                   1:         85000        9000000  [B (java.base@25.0.1)
                   2:         80000        1900000  java.lang.String (java.base@25.0.1)
                Total        165000       10900000
                """))
        .isEqualTo(Map.of("[B", 9_000_000L, "java.lang.String", 1_900_000L));
  }

  @Test
  void gauges_areReadFromAPage_andCountersAreNot() {
    assertThat(
            Footprints.gauges(
                """
                # TYPE viking_cache_objects gauge
                viking_cache_objects{resource="pods",} 17.0
                viking_cache_lists_total{resource="pods",} 4.0
                viking_syncer_instances 0.0
                viking_syncer_instances_of_another_name 5.0
                """))
        .isEqualTo(
            Map.of(
                "viking_cache_objects{resource=\"pods\",}", 17.0, "viking_syncer_instances", 0.0));
  }

  private static Footprint withHeap(long liveBytes) {
    return new Footprint(
        liveBytes,
        EARLY.rssBytes(),
        EARLY.threads(),
        EARLY.virtualThreads(),
        EARLY.descriptors(),
        EARLY.gauges(),
        Map.of("byte[]", 5 * MIB, "Pod", 8 * MIB));
  }
}
