package io.viking.cli.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In JVMs of their own, with the collector that it is for. */
class HeapGovernorTest {
  private static final int KEPT = 20;

  @Test
  void oldGeneration_staysNearToWhatLives_andGivesBackWhatIsFree() throws Exception {
    assertThat(said("-XX:+UseSerialGC", "governed")).isEqualTo("small after each of 3 storms");
    assertThat(said("-XX:+UseSerialGC", "free")).isEqualTo("large after storm 1");
  }

  @Test
  void otherCollectors_areLeftAlone() throws Exception {
    assertThat(said("-XX:+UseG1GC", "governed")).isEqualTo("none");
  }

  private static String said(String collector, String how) throws Exception {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    collector,
                    "-Xmn16m",
                    "-Xms32m",
                    "-Xmx512m",
                    "-XX:MinHeapFreeRatio=10",
                    "-XX:MaxHeapFreeRatio=25",
                    "-XX:-ShrinkHeapInSteps",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Storms.class.getName(),
                    how))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out.lines().toList().getLast();
  }

  /** Keeps the newest of what it makes, long enough for it to grow old, and drops the rest. */
  static final class Storms {
    private static final int STORMS = 3;
    private static final long SMALL = 160 << 20;

    private Storms() {}

    public static void main(String[] arguments) throws InterruptedException {
      boolean isGoverned = arguments[0].equals("governed");
      if (isGoverned && HeapGovernor.start().isEmpty()) {
        System.out.println("none");
        return;
      }
      Deque<byte[]> kept = new ArrayDeque<>();
      for (int storm = 1; storm <= STORMS; storm++) {
        for (int i = 0; i < 400; i++) {
          kept.add(new byte[1 << 20]);
          if (kept.size() > KEPT) {
            kept.remove();
          }
        }
        if (!becomesSmall(isGoverned ? Duration.ofSeconds(60) : Duration.ofSeconds(1))) {
          System.out.println("large after storm " + storm);
          return;
        }
      }
      System.out.println("small after each of " + STORMS + " storms");
    }

    private static boolean becomesSmall(Duration within) throws InterruptedException {
      long end = System.nanoTime() + within.toNanos();
      while (oldGeneration() > SMALL) {
        if (System.nanoTime() > end) {
          return false;
        }
        Thread.sleep(10);
      }
      return true;
    }

    /** What the system has given to it. */
    private static long oldGeneration() {
      return ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getName().equals("Tenured Gen"))
          .mapToLong(pool -> pool.getUsage().getCommitted())
          .sum();
    }
  }
}
