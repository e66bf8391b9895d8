package io.viking.syncer.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.viking.cloud.v1.Capabilities;
import io.viking.cloud.v1.ReadLogsRequest;
import java.io.InputStream;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code kubectl logs -f} of a pool that cannot follow. */
class PolledFollowTest {
  private static final String FOLLOW = "/containerLogs/shop/web/app?follow=true";
  private static final String ONE = "2026-11-21T10:00:01.000000000Z one\n";
  private static final String TWO = "2026-11-21T10:00:02.000000000Z two\n";
  private static final String THREE = "2026-11-21T10:00:03.000000000Z three\n";

  private KubeletFixture kubelet;

  @BeforeEach
  void start() throws Exception {
    kubelet =
        new KubeletFixture(
            Capabilities.getDefaultInstance(),
            ConnectionLimits.DEFAULT,
            io.viking.syncer.kubelet.streams.StreamLimits.DEFAULT);
  }

  @AfterEach
  void stop() throws Exception {
    kubelet.close();
  }

  @Test
  void newLines_arriveUntilTheContainerEnds() throws Exception {
    kubelet.cloud.lines(ONE);
    InputStream body = open(FOLLOW + "&tailLines=5");
    assertThat(new String(body.readNBytes(4), StandardCharsets.UTF_8)).isEqualTo("one\n");

    kubelet.cloud.lines(ONE, TWO);
    assertThat(new String(body.readNBytes(4), StandardCharsets.UTF_8)).isEqualTo("two\n");
    kubelet.cloud.lines(TWO, THREE);
    kubelet.pods.remove(KubeletFixture.pod("web", "zone-a"));

    assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("three\n");
    ReadLogsRequest first = next();
    assertThat(first.getFollow()).isFalse();
    assertThat(first.getTimestamps()).isTrue();
    assertThat(first.getTailLines()).isEqualTo(5);
    ReadLogsRequest second = next();
    assertThat(second.hasTailLines()).isFalse();
    assertThat(second.getSinceTime().getSeconds()).isPositive();
  }

  @Test
  void newLinesAlone_ifNoneOfTheOldAreWanted() throws Exception {
    kubelet.cloud.lines(ONE);
    InputStream body = open(FOLLOW + "&tailLines=0");
    assertThat(next().getTailLines()).isEqualTo(1);

    kubelet.cloud.lines(ONE, TWO);

    assertThat(new String(body.readNBytes(4), StandardCharsets.UTF_8)).isEqualTo("two\n");
  }

  @Test
  void cloudIsOutOfReachForAWhile_isWaitedFor() throws Exception {
    kubelet.cloud.lines(ONE);
    InputStream body = open(FOLLOW);
    assertThat(body.readNBytes(4)).isNotEmpty();
    next();

    kubelet.cloud.logs = (request, observer) -> observer.onError(Status.UNAVAILABLE.asException());
    kubelet.cloud.logRequests.clear();
    next();
    kubelet.cloud.lines(ONE, TWO);

    assertThat(new String(body.readNBytes(4), StandardCharsets.UTF_8)).isEqualTo("two\n");
  }

  @Test
  void ofACallerThatHasGone_nothingMoreIsRead() throws Exception {
    kubelet.cloud.lines(ONE);
    InputStream body = open(FOLLOW);
    assertThat(body.readNBytes(4)).isNotEmpty();

    body.close();

    // Its readings were a second apart; none comes for twice that.
    org.awaitility.Awaitility.await()
        .atMost(30, TimeUnit.SECONDS)
        .during(2, TimeUnit.SECONDS)
        .until(
            () -> {
              int seen = kubelet.cloud.logRequests.size();
              kubelet.cloud.logRequests.clear();
              return seen == 0;
            });
  }

  private ReadLogsRequest next() throws InterruptedException {
    ReadLogsRequest next = kubelet.cloud.logRequests.poll(10, TimeUnit.SECONDS);
    assertThat(next).as("another reading").isNotNull();
    return next;
  }

  private InputStream open(String path) throws Exception {
    return kubelet.apiServer.send(kubelet.request(path), BodyHandlers.ofInputStream()).body();
  }
}
