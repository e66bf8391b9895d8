package io.viking.kube.election;

import static com.google.common.util.concurrent.Uninterruptibles.awaitUninterruptibly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ElectorTest {
  private static final String NAME = "viking-test";
  private static final Duration LIFE = Duration.ofSeconds(2);

  private final LeaseApi api = new LeaseApi();

  /** Writes down what it is told. */
  private static class Recorder implements Candidate {
    final List<String> told = new CopyOnWriteArrayList<>();
    volatile Optional<Tenure> tenure = Optional.empty();

    @Override
    public void elected(Tenure own) throws Exception {
      tenure = Optional.of(own);
      told.add("elected");
    }

    @Override
    public void dismissed() {
      told.add("dismissed");
    }

    boolean mayWrite() {
      return tenure.filter(Tenure::isOpen).isPresent();
    }
  }

  private static Recorder stoppingAfter(CountDownLatch stops) {
    return new Recorder() {
      @Override
      public void dismissed() {
        awaitUninterruptibly(stops);
        super.dismissed();
      }
    };
  }

  private Elector elector(String identity, Candidate candidate) {
    return new Elector(
        new ElectionConfig(NAME, identity, LIFE),
        api,
        System::nanoTime,
        Clock.systemUTC(),
        new Random(7),
        candidate);
  }

  @Test
  void secondStandsBy_andLeadsAsSoonAsTheFirstIsClosed() {
    var first = new Recorder();
    var second = new Recorder();
    try (Elector one = elector("one", first);
        Elector two = elector("two", second)) {
      one.start();
      await().until(first::mayWrite);
      two.start();
      await().until(() -> two.standing().leader().equals("one"));
      assertThat(one.standing()).isEqualTo(new Standing(true, "one"));
      assertThat(two.standing()).isEqualTo(new Standing(false, "one"));
      assertThat(second.told).isEmpty();

      one.close();

      assertThat(first.told).containsExactly("elected", "dismissed");
      assertThat(first.mayWrite()).isFalse();
      await().atMost(LIFE.minusMillis(500)).until(second::mayWrite);
      assertThat(api.holder(NAME)).isEqualTo("two");
    }
    assertThat(api.holder(NAME)).as("after both have been closed").isEmpty();
  }

  @Test
  void leaseThatSomebodyTook_endsTheTerm_andTheNextComesAfterwards() {
    var candidate = new Recorder();
    try (Elector elector = elector("one", candidate)) {
      elector.start();
      await().until(candidate::mayWrite);
      Tenure lost = candidate.tenure.orElseThrow();

      await().ignoreExceptions().until(() -> seized("somebody"));

      await().until(() -> candidate.told.equals(List.of("elected", "dismissed")));
      assertThat(lost.isOver()).isTrue();
      await().until(candidate::mayWrite);
      assertThat(candidate.told).containsExactly("elected", "dismissed", "elected");
      assertThat(lost.isOpen()).as("the fence of the lost term").isFalse();
    }
  }

  @Test
  void leaseThatIsAskedFor_isGivenUpAfterItsCandidateHasStopped_andIsTheAskers() throws Exception {
    var stops = new CountDownLatch(1);
    var first = stoppingAfter(stops);
    var second = new Recorder();
    try (Elector one = elector("one", first);
        Elector two = elector("two", second)) {
      one.start();
      await().until(first::mayWrite);
      two.start();
      await().until(() -> two.standing().leader().equals("one"));

      two.ask();

      await().until(() -> !first.mayWrite());
      await("longer than a lease lives, while it stops")
          .during(LIFE.plusMillis(200))
          .until(() -> second.told.isEmpty() && api.holder(NAME).equals("one"));
      stops.countDown();
      await().until(second::mayWrite);
      assertThat(first.told).containsExactly("elected", "dismissed");
      await("the asker keeps it").during(LIFE.dividedBy(2)).until(second::mayWrite);
    }
  }

  private boolean seized(String holder) {
    api.seize(NAME, holder);
    return true;
  }

  @Test
  void apiServerOutOfReach_closesTheFence_endsTheTerm_andItComesBack() {
    var candidate = new Recorder();
    try (Elector elector = elector("one", candidate)) {
      elector.start();
      await().until(candidate::mayWrite);

      api.away(true);

      await().until(() -> !candidate.mayWrite());
      await().until(() -> candidate.told.contains("dismissed"));
      assertThat(elector.standing().leads()).isFalse();
      api.away(false);
      await().until(candidate::mayWrite);
    }
  }

  @Test
  void oneThatIsClosedAfterItsLeaseRanOut_givesItUpAllTheSame() throws Exception {
    var stops = new CountDownLatch(1);
    var candidate = stoppingAfter(stops);
    Elector elector = elector("one", candidate);
    elector.start();
    await().until(candidate::mayWrite);
    api.away(true);
    await().until(() -> !elector.standing().leads());
    api.away(false);
    assertThat(api.holder(NAME)).as("while it stops").isEqualTo("one");

    Thread closing = Thread.ofVirtual().start(elector::close);
    await("close to wait for the candidate")
        .until(() -> closing.getState() == Thread.State.WAITING);
    stops.countDown();
    closing.join();

    assertThat(api.holder(NAME)).isEmpty();
  }

  @Test
  void candidateThatCannotBegin_leavesTheLeaseToAnother() {
    var broken =
        new Recorder() {
          @Override
          public void elected(Tenure own) throws Exception {
            super.elected(own);
            throw new java.io.IOException("the port is taken");
          }
        };
    var sound = new Recorder();
    try (Elector one = elector("one", broken);
        Elector two = elector("two", sound)) {
      one.start();
      await().until(() -> broken.told.contains("dismissed"));
      two.start();
      await().until(sound::mayWrite);
      assertThat(api.holder(NAME)).isEqualTo("two");
    }
  }

  @Test
  void leaseIsRenewed_howeverLongTheCandidateTakesToBegin() throws Exception {
    var begins = new CountDownLatch(1);
    var slow =
        new Recorder() {
          @Override
          public void elected(Tenure own) throws Exception {
            super.elected(own);
            begins.await();
          }
        };
    try (Elector elector = elector("one", slow)) {
      elector.start();
      await().until(slow::mayWrite);
      await("longer than a lease lives").during(LIFE.plusMillis(200)).until(slow::mayWrite);
      begins.countDown();
    }
    assertThat(slow.told).containsExactly("elected", "dismissed");
  }
}
