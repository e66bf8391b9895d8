package io.viking.adapter.sim;

import static io.viking.adapter.sim.TestPod.pod;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.viking.adapter.sim.core.Contents;
import io.viking.adapter.sim.core.CreateOutcome;
import io.viking.adapter.sim.core.InstancePage;
import io.viking.adapter.sim.core.SimCloud;
import io.viking.adapter.sim.journal.Journal;
import io.viking.adapter.sim.profile.Profiles;
import io.viking.adapter.sim.profile.SimProfile;
import io.viking.adapter.sim.spec.OrderParser;
import io.viking.adapter.sim.spec.OrderParser.Parsed;
import io.viking.adapter.sim.state.Create;
import io.viking.adapter.sim.state.Record;
import io.viking.cloud.v1.File;
import io.viking.cloud.v1.FileVolume;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstancePhase;
import io.viking.cloud.v1.InstanceSpec;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Many instances at once. How fast is logged, not asserted: machines differ. */
class ScaleTest {
  private static final Logger log = LoggerFactory.getLogger(ScaleTest.class);
  private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");
  private static final int INSTANCES = 20_000;
  private static final int BATCH = 100;

  @TempDir Path directory;

  @Test
  void twentyThousandInstances_run_andAreRecovered() throws IOException {
    // Latencies without limits: every instance goes through all its timers.
    SimProfile profile =
        Profiles.parse(
            "scale",
            """
            base: eci
            quotas: {instances: -1, vcpu: -1}
            rates: {create: {burst: -1, perMinute: 0}}
            """);
    OrderParser parser = new OrderParser(profile);
    SimCloud cloud = new SimCloud(profile, 1, START);
    try (Journal journal = Journal.open(directory)) {
      journal.recover();
      journal.begin(cloud.snapshot());
      long begun = cpuNanos();
      List<Record> creates = new ArrayList<>();
      for (int i = 0; i < INSTANCES; i += BATCH) {
        creates.add(batch(parser, i));
      }
      told("built and parsed", begun);
      begun = cpuNanos();
      for (Record create : creates) {
        journal.append(create);
        List<CreateOutcome> outcomes =
            cloud.create(
                "c",
                create.getCreate().getOrdersList(),
                Contents.byHash(create.getCreate().getBlobsList()),
                START);
        if (!outcomes.stream().allMatch(CreateOutcome.Accepted.class::isInstance)) {
          throw new AssertionError(outcomes);
        }
        cloud.drainChanges();
      }
      told("journalled and created", begun);
      log.info("{} bytes of the journal per create", journal.commandBytes() / INSTANCES);
      begun = cpuNanos();
      cloud.advance(START.plus(Duration.ofSeconds(30)));
      assertThat(cloud.drainChanges()).hasSize(INSTANCES);
      told("brought to Running", begun);
    }
    long begun = cpuNanos();
    SimCloud recovered;
    try (Journal journal = Journal.open(directory)) {
      Journal.Recovered found = journal.recover().orElseThrow();
      recovered = SimCloud.restore(profile, found.snapshot());
      found.commands().forEach(recovered::replay);
      recovered.advance(START.plus(Duration.ofSeconds(30)));
      told("recovered from commands", begun);
      begun = cpuNanos();
      journal.begin(recovered.snapshot());
      told("written as a snapshot", begun);
    }
    begun = cpuNanos();
    try (Journal journal = Journal.open(directory)) {
      recovered = SimCloud.restore(profile, journal.recover().orElseThrow().snapshot());
    }
    told("recovered from a snapshot", begun);

    assertThat(recovered.snapshot().equals(cloud.snapshot())).as("the same state").isTrue();
    assertThat(everything(recovered))
        .hasSize(INSTANCES)
        .allMatch(i -> i.getPhase() == InstancePhase.INSTANCE_PHASE_RUNNING);
  }

  private static List<Instance> everything(SimCloud cloud) {
    List<Instance> all = new ArrayList<>();
    InstancePage page = cloud.list("c", 0, 1000);
    all.addAll(page.instances());
    while (page.more()) {
      page = cloud.list("c", page.lastSerial(), 1000);
      all.addAll(page.instances());
    }
    return all;
  }

  private static Record batch(OrderParser parser, int from) {
    Create.Builder create = Create.newBuilder().setNow(START.toEpochMilli()).setCluster("c");
    Map<ByteString, ByteString> contents = new HashMap<>();
    for (int i = from; i < from + BATCH; i++) {
      Parsed.Understood order = order(parser, i);
      create.addOrders(order.order());
      contents.putAll(order.contents());
    }
    create.addAllBlobs(Contents.blobs(contents));
    return Record.newBuilder().setCreate(create).build();
  }

  /** With a token of its own and the certificates that all have, as most pods. */
  private static Parsed.Understood order(OrderParser parser, int i) {
    InstanceSpec spec =
        pod("pod-" + i).spec().toBuilder()
            .addFiles(
                FileVolume.newBuilder()
                    .setVolume("kube-api-access")
                    .addFiles(file("token", "token of pod " + i + " ".repeat(1000)))
                    .addFiles(file("ca.crt", "c".repeat(1100)))
                    .addFiles(file("namespace", "shop")))
            .build();
    return (Parsed.Understood) parser.parse(spec);
  }

  private static File file(String path, String content) {
    return File.newBuilder()
        .setPath(path)
        .setMode(0644)
        .setContent(ByteString.copyFromUtf8(content))
        .build();
  }

  /** Of this thread: other work on the machine does not count. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void told(String what, long begun) {
    long millis = Math.max(1, (cpuNanos() - begun) / 1_000_000);
    log.info(
        "{} instances {} in {} ms of CPU: {}/s",
        INSTANCES,
        what,
        millis,
        INSTANCES * 1000L / millis);
  }
}
