package io.viking.cloud.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import io.viking.cloud.v1.CatalogServiceGrpc.CatalogServiceImplBase;
import io.viking.cloud.v1.GetCatalogRequest;
import io.viking.cloud.v1.GetCatalogResponse;
import io.viking.cloud.v1.Offer;
import io.viking.cloud.v1.Quota;
import io.viking.cloud.v1.WatchCatalogRequest;
import io.viking.cloud.v1.WatchCatalogResponse;
import io.viking.cloud.v1.Zone;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CatalogFollowerTest {
  private final Catalog cloud = new Catalog();
  private final String name = InProcessServerBuilder.generateName();
  private final List<CatalogSnapshot> told = new CopyOnWriteArrayList<>();
  private Server server;
  private ManagedChannel channel;
  private final AtomicInteger confirmations = new AtomicInteger();
  private final AtomicInteger interruptions = new AtomicInteger();
  private CatalogFollower follower;

  @BeforeEach
  void follow() throws IOException {
    server = InProcessServerBuilder.forName(name).addService(cloud).build().start();
    channel = InProcessChannelBuilder.forName(name).build();
    var timing =
        new FollowTiming(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofHours(1),
            Duration.ofMillis(1),
            Duration.ofMillis(20),
            Duration.ofSeconds(10));
    follower =
        new CatalogFollower(channel, new Recorder(), timing, InstantSource.system(), new Random(1));
    follower.start();
    await().until(() -> cloud.watches.size() == 1);
  }

  @AfterEach
  void close() {
    follower.close();
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void start_tellsTheWholeCatalogOnce() {
    await().until(() -> told.size() == 1);
    assertThat(told.getFirst().zones()).containsOnlyKeys("zone-a", "zone-b");
    assertThat(told.getFirst().revision()).isEqualTo(1);
  }

  @Test
  void change_tellsTheWholeCatalogAfterIt() {
    cloud.watches.send(
        WatchCatalogResponse.newBuilder()
            .setRevision(2)
            .addOffers(Offer.newBuilder().setZone("zone-a").setInstanceType("2-4Gi").setStock(3))
            .addRemovedZones("zone-b")
            .build());
    await().until(() -> told.size() == 2);
    assertThat(told.getLast().zones()).containsOnlyKeys("zone-a");
    assertThat(told.getLast().offer("zone-a", "2-4Gi"))
        .hasValueSatisfying(offer -> assertThat(offer.getStock()).isEqualTo(3));
  }

  @Test
  void change_ofAQuota_replacesTheOneOfThatName() {
    cloud.watches.send(
        WatchCatalogResponse.newBuilder().setRevision(2).addQuotas(quota("instances", 3)).build());
    await().until(() -> told.size() == 2);
    assertThat(told.getFirst().quotas()).containsEntry("instances", quota("instances", 0));
    assertThat(told.getLast().quotas())
        .isEqualTo(
            Map.of("instances", quota("instances", 3), "milli-vcpu", quota("milli-vcpu", 0)));
  }

  @Test
  void watch_breaks_takesTheWholeCatalogAgain_becauseTheAdapterMayHaveRestarted() {
    cloud.catalog = catalog(1, "zone-c");
    cloud.watches.fail(FakeWatch.unavailable());
    await().until(() -> told.size() == 2);
    assertThat(told.getLast().zones()).containsOnlyKeys("zone-c");
    await().until(() -> cloud.watches.size() == 1);
  }

  @Test
  void watch_breaksAndNothingHasChanged_isNotTold() {
    cloud.watches.fail(FakeWatch.unavailable());
    await().until(() -> cloud.watches.size() == 1);
    assertThat(told).hasSize(1);
  }

  @Test
  void cloud_outOfReach_isToldOnceAndItsReturnConfirmsWhatIsKnown() {
    cloud.down = true;
    cloud.watches.fail(FakeWatch.unavailable());
    await().until(() -> interruptions.get() == 1);
    int before = confirmations.get();
    cloud.down = false;
    await().until(() -> confirmations.get() > before);
    assertThat(interruptions).hasValue(1);
    assertThat(told).hasSize(1);
  }

  @Test
  void cloud_outOfReachTwice_isToldTwice() {
    for (int times = 1; times <= 2; times++) {
      int expected = times;
      cloud.down = true;
      cloud.watches.fail(FakeWatch.unavailable());
      await().until(() -> interruptions.get() == expected);
      cloud.down = false;
      await().until(() -> cloud.watches.size() == 1);
    }
  }

  @Test
  void break_healedByTheNextTry_isNotTold() {
    int before = confirmations.get();
    cloud.watches.fail(FakeWatch.unavailable());
    await().until(() -> confirmations.get() > before);
    assertThat(interruptions).hasValue(0);
  }

  @Test
  void close_cancelsTheWatch() {
    follower.close();
    await().until(() -> cloud.watches.size() == 0);
  }

  private static GetCatalogResponse catalog(long revision, String... zones) {
    var catalog = GetCatalogResponse.newBuilder().setRevision(revision);
    for (String zone : zones) {
      catalog.addZones(Zone.newBuilder().setId(zone));
    }
    return catalog.addQuotas(quota("instances", 0)).addQuotas(quota("milli-vcpu", 0)).build();
  }

  private static Quota quota(String name, long used) {
    return Quota.newBuilder().setName(name).setLimit(100).setUsed(used).build();
  }

  private final class Recorder implements CatalogFollower.Listener {
    @Override
    public void changed(CatalogSnapshot catalog) {
      told.add(catalog);
    }

    @Override
    public void confirmed() {
      confirmations.incrementAndGet();
    }

    @Override
    public void interrupted(RuntimeException cause) {
      interruptions.incrementAndGet();
    }
  }

  private static final class Catalog extends CatalogServiceImplBase {
    final FakeWatch<WatchCatalogResponse> watches = new FakeWatch<>();
    volatile boolean down;
    volatile GetCatalogResponse catalog = catalog(1, "zone-a", "zone-b");

    @Override
    public void getCatalog(GetCatalogRequest request, StreamObserver<GetCatalogResponse> caller) {
      if (down) {
        caller.onError(FakeWatch.unavailable());
        return;
      }
      caller.onNext(catalog);
      caller.onCompleted();
    }

    @Override
    public void watchCatalog(
        WatchCatalogRequest request, StreamObserver<WatchCatalogResponse> caller) {
      caller.onNext(WatchCatalogResponse.newBuilder().setRevision(request.getRevision()).build());
      watches.open(caller);
    }
  }
}
