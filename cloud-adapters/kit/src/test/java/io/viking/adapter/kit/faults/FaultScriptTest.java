package io.viking.adapter.kit.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultScriptTest {
  private static final Duration LONGEST = Duration.ofSeconds(1);

  @Test
  void sameSeed_sameFaults_whateverIsAskedInBetween() {
    FaultScript one = FaultScript.seeded(42, 0.5, LONGEST);
    FaultScript other = FaultScript.seeded(42, 0.5, LONGEST);
    List<Optional<Fault>> reversed =
        IntStream.range(0, 100).mapToObj(i -> other.next(call(99 - i))).toList().reversed();

    assertThat(reversed).isEqualTo(first(one));
  }

  @Test
  void otherSeed_otherFaults() {
    assertThat(first(FaultScript.seeded(1, 0.5, LONGEST)))
        .isNotEqualTo(first(FaultScript.seeded(2, 0.5, LONGEST)));
  }

  @Test
  void share_isKept() {
    assertThat(struck(FaultScript.seeded(7, 0, LONGEST))).isZero();
    assertThat(struck(FaultScript.seeded(7, 0.3, LONGEST))).isBetween(15L, 45L);
    assertThat(struck(FaultScript.seeded(7, 1, LONGEST))).isEqualTo(100);
    assertThatThrownBy(() -> FaultScript.seeded(7, 1.1, LONGEST))
        .hasMessage("share must be from 0 to 1, is 1.1.");
  }

  @Test
  void everyFaultOfACall_comesUp_andNoneOfAStream() {
    List<Fault> faults =
        IntStream.range(0, 500)
            .mapToObj(i -> FaultScript.seeded(3, 1, LONGEST).next(call(i)).orElseThrow())
            .toList();

    assertThat(faults).allMatch(fault -> fault instanceof Fault.OfCall);
    assertThat(faults.stream().map(Fault::getClass).distinct()).hasSize(11);
  }

  private static ProxiedCall call(long number) {
    return new ProxiedCall("InstanceService/CreateInstances", number, false);
  }

  private static List<Optional<Fault>> first(FaultScript script) {
    return IntStream.range(0, 100).mapToObj(i -> script.next(call(i))).toList();
  }

  private static long struck(FaultScript script) {
    return first(script).stream().filter(Optional::isPresent).count();
  }
}
