package io.viking.cloud.client;

import io.grpc.Channel;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.CatalogServiceGrpc;
import io.viking.cloud.v1.CatalogServiceGrpc.CatalogServiceBlockingV2Stub;
import io.viking.cloud.v1.GetCatalogRequest;
import io.viking.cloud.v1.WatchCatalogRequest;
import io.viking.cloud.v1.WatchCatalogResponse;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Keeps a listener up to date with the catalog, for as long as it is open and whatever breaks. */
public final class CatalogFollower implements AutoCloseable {
  /** Called on one thread, in order. One that throws is given the catalog again. */
  public interface Listener {
    /** The whole catalog: at first, and after every change. */
    void changed(CatalogSnapshot catalog);

    /** The cloud has answered, and the catalog is as it was; once a minute at least. */
    void confirmed();

    /**
     * The cloud is out of reach, or has fallen silent, which is found out within two minutes: the
     * catalog may be old. {@link #changed} or {@link #confirmed} follows when it is back. A single
     * break that is healed by the next try is not told.
     */
    void interrupted(RuntimeException cause);
  }

  private final FollowLoop<WatchCatalogResponse> loop;

  /**
   * @param listener gets the whole catalog at first and after every change, on one thread, in
   *     order; one that throws is given it again
   * @param clock tells how long a watch has stood
   */
  public CatalogFollower(Channel channel, Consumer<CatalogSnapshot> listener, InstantSource clock) {
    this(channel, changesOnly(listener), clock);
  }

  public CatalogFollower(Channel channel, Listener listener, InstantSource clock) {
    this(channel, listener, FollowTiming.DEFAULT, clock, RandomGenerator.getDefault());
  }

  CatalogFollower(
      Channel channel,
      Listener listener,
      FollowTiming timing,
      InstantSource clock,
      RandomGenerator random) {
    var catalog = new Catalog(channel, listener, timing);
    this.loop = new FollowLoop<>("catalog", catalog, timing, clock, random);
  }

  private static Listener changesOnly(Consumer<CatalogSnapshot> listener) {
    return new Listener() {
      @Override
      public void changed(CatalogSnapshot catalog) {
        listener.accept(catalog);
      }

      @Override
      public void confirmed() {}

      @Override
      public void interrupted(RuntimeException cause) {}
    };
  }

  /** Begins; returns at once. */
  public void start() {
    loop.start();
  }

  @Override
  public void close() {
    loop.close();
  }

  private static final class Catalog implements Followed<WatchCatalogResponse> {
    private final CatalogServiceBlockingV2Stub stub;
    private final Listener listener;
    private final FollowTiming timing;
    private CatalogSnapshot snapshot = CatalogSnapshot.EMPTY;
    private boolean told;

    Catalog(Channel channel, Listener listener, FollowTiming timing) {
      this.stub = CatalogServiceGrpc.newBlockingV2Stub(channel);
      this.listener = listener;
      this.timing = timing;
    }

    @Override
    public long list() throws StatusException {
      tell(
          CatalogSnapshot.of(
              stub.withDeadlineAfter(timing.callDeadline().toMillis(), TimeUnit.MILLISECONDS)
                  .getCatalog(GetCatalogRequest.getDefaultInstance())));
      return snapshot.revision();
    }

    @Override
    public BlockingClientCall<?, WatchCatalogResponse> watch(long revision) {
      return stub.watchCatalog(WatchCatalogRequest.newBuilder().setRevision(revision).build());
    }

    @Override
    public long take(WatchCatalogResponse answer) {
      tell(snapshot.with(answer));
      return answer.getRevision();
    }

    @Override
    public void interrupted(RuntimeException cause) {
      listener.interrupted(cause);
    }

    /** A revision means nothing to an adapter that has restarted meanwhile. */
    @Override
    public boolean mayResumeAfter(CloudFailure failure) {
      return false;
    }

    @Override
    public boolean mayResumeAfterRenewal() {
      return false;
    }

    /** An answer that changes nothing, as each watch's first, confirms what is known. */
    private void tell(CatalogSnapshot now) {
      if (told && now.equals(snapshot)) {
        listener.confirmed();
        return;
      }
      snapshot = now;
      told = false;
      listener.changed(now);
      told = true;
    }
  }
}
