package io.viking.adapter.kit.stream;

import com.google.protobuf.MessageLite;
import io.grpc.stub.StreamObserver;
import io.viking.cloud.v1.InstanceType;
import io.viking.cloud.v1.Offer;
import io.viking.cloud.v1.Quota;
import io.viking.cloud.v1.WatchCatalogRequest;
import io.viking.cloud.v1.WatchCatalogResponse;
import io.viking.cloud.v1.Zone;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * The change log of the catalog, and WatchCatalog served from it. Rules for revisions and threads
 * as for {@link ChangeLog}: each changed item takes a revision of its own.
 */
public final class CatalogChanges {
  private sealed interface Key {
    record OfZone(String id) implements Key {}

    record OfType(String name) implements Key {}

    record OfOffer(String zone, String type) implements Key {}

    record OfQuota(String name) implements Key {}
  }

  private final ChangeLog<Key, MessageLite> log;
  private final Executor executor;

  /**
   * @param capacity changes to keep
   * @param revision of the catalog now
   * @param executor where answers are made and sent
   */
  public CatalogChanges(int capacity, long revision, Executor executor) {
    this.log = new ChangeLog<>(capacity, revision, MessageLite::getSerializedSize);
    this.executor = executor;
  }

  /**
   * Items that changed at one time; each takes the next revision. Who watches is told of all of
   * them in one answer, as long as they fit into one: an instance takes stock, an address and of
   * the quotas, and whoever hears of one believes the others to be as new.
   *
   * @param revision before them
   * @param changed Zone, InstanceType, Offer and Quota, whole; of a quota that bounds nothing its
   *     limit, and not what is used
   * @return revision after them
   * @throws IllegalArgumentException if there is something else among them; nothing is told then
   */
  public long changed(long revision, Collection<? extends MessageLite> changed) {
    List<Change<Key, MessageLite>> batch = new ArrayList<>(changed.size());
    for (MessageLite item : changed) {
      batch.add(Change.changed(revision + batch.size() + 1, key(item), item));
    }
    if (!batch.isEmpty()) {
      log.appendAll(batch);
    }
    return revision + batch.size();
  }

  private static Key key(MessageLite item) {
    return switch (item) {
      case Zone zone -> new Key.OfZone(zone.getId());
      case InstanceType type -> new Key.OfType(type.getName());
      case Offer offer -> new Key.OfOffer(offer.getZone(), offer.getInstanceType());
      case Quota quota -> new Key.OfQuota(quota.getName());
      default ->
          throw new IllegalArgumentException(
              "No item of a catalog: " + item.getClass().getSimpleName());
    };
  }

  /** The zone is gone, with all its offers. */
  public void removed(long revision, Zone last) {
    log.append(Change.removed(revision, new Key.OfZone(last.getId()), last));
  }

  /** Serves the call; see {@link ChangeStream#serve}. */
  public void watch(WatchCatalogRequest request, StreamObserver<WatchCatalogResponse> caller) {
    ChangeStream.serve(
        log, request.getRevision(), change -> true, CatalogChanges::answer, caller, executor);
  }

  /** A zone that went and came back within one answer is only there: an answer has no order. */
  private static WatchCatalogResponse answer(
      long revision, List<Change<Key, MessageLite>> changes) {
    var answer = WatchCatalogResponse.newBuilder().setRevision(revision);
    Map<String, Zone> zones = new LinkedHashMap<>();
    Set<String> removed = new LinkedHashSet<>();
    for (Change<Key, MessageLite> change : changes) {
      switch (change.value()) {
        case Zone zone when change.removed() -> {
          zones.remove(zone.getId());
          removed.add(zone.getId());
        }
        case Zone zone -> {
          removed.remove(zone.getId());
          zones.put(zone.getId(), zone);
        }
        case InstanceType type -> answer.addInstanceTypes(type);
        case Offer offer -> answer.addOffers(offer);
        case Quota quota -> answer.addQuotas(quota);
        default -> throw new IllegalStateException("No catalog item: " + change.key());
      }
    }
    return answer.addAllZones(zones.values()).addAllRemovedZones(removed).build();
  }
}
