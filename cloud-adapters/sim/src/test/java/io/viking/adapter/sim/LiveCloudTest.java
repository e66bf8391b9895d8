package io.viking.adapter.sim;

import static io.viking.adapter.sim.TestPod.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.adapter.sim.core.Contents;
import io.viking.adapter.sim.core.CreateOutcome;
import io.viking.adapter.sim.profile.Profiles;
import io.viking.adapter.sim.spec.OrderParser;
import io.viking.adapter.sim.spec.OrderParser.Parsed;
import io.viking.adapter.sim.state.Create;
import io.viking.adapter.sim.state.Record;
import io.viking.cloud.errors.CloudFailures;
import io.viking.cloud.v1.ErrorReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveCloudTest {
  @TempDir Path state;

  private final OrderParser parser = new OrderParser(Profiles.instant());

  @Test
  void commandsThatOutgrowTheSnapshot_areFoldedIntoANewOne() throws IOException {
    try (LiveCloud cloud = live(CloudMemory.open(options(), options().clock().instant(), 1))) {
      for (int i = 0; i < 500; i++) {
        create(cloud, "pod-" + i);
      }
    }
    assertThat(state.resolve("sim-1.log")).as("the first snapshot").doesNotExist();
    try (var files = Files.list(state)) {
      assertThat(files.filter(file -> file.toString().endsWith(".log"))).hasSize(1);
    }
    try (LiveCloud cloud = live(CloudMemory.open(options(), options().clock().instant()))) {
      assertThat(cloud.<Long>read(now -> now.usage("").live())).isEqualTo(500);
    }
  }

  @Test
  void fsync_isAskedForBeforeTheAnswer() throws IOException {
    SimOptions options =
        new SimOptions(
            Profiles.instant(),
            1,
            Optional.of(state),
            true,
            InstantSource.system(),
            new SimpleMeterRegistry());
    try (LiveCloud cloud = live(CloudMemory.open(options, options.clock().instant()))) {
      assertThat(create(cloud, "a")).isInstanceOf(CreateOutcome.Accepted.class);
    }
  }

  @Test
  void journalThatCannotBeWritten_failsTheCall_andNothingHappens() throws IOException {
    CloudMemory.Opened opened = CloudMemory.open(options(), options().clock().instant());
    try (LiveCloud cloud = live(opened)) {
      create(cloud, "a");
      opened.memory().close();

      Throwable failed = catchThrowable(() -> create(cloud, "b"));

      assertThat(CloudFailures.from(failed).reason())
          .isEqualTo(ErrorReason.ERROR_REASON_UNAVAILABLE);
      assertThat(failed).hasMessageContaining("cannot write its journal, so nothing was done");
      assertThat(cloud.<Long>read(now -> now.usage("").created())).isEqualTo(1);
    }
  }

  private SimOptions options() {
    return SimOptions.of(Profiles.instant(), 1, state, new SimpleMeterRegistry());
  }

  private static LiveCloud live(CloudMemory.Opened opened) {
    LiveCloud cloud = new LiveCloud(opened, InstantSource.system(), Runnable::run);
    cloud.start();
    return cloud;
  }

  private CreateOutcome create(LiveCloud cloud, String uid) {
    Parsed.Understood order = (Parsed.Understood) parser.parse(pod(uid).spec());
    return cloud
        .command(
            ignored ->
                at ->
                    Record.newBuilder()
                        .setCreate(
                            Create.newBuilder()
                                .setNow(at.toEpochMilli())
                                .setCluster("c")
                                .addOrders(order.order())
                                .addAllBlobs(Contents.blobs(order.contents())))
                        .build(),
            now -> at -> now.create("c", List.of(order.order()), order.contents(), at))
        .getFirst();
  }
}
