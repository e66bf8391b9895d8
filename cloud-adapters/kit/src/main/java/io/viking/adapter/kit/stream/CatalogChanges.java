package io.viking.adapter.kit.stream;

import com.google.protobuf.MessageLite;
import io.grpc.stub.StreamObserver;
import io.viking.cloud.v1.InstanceType;
import io.viking.cloud.v1.Offer;
import io.viking.cloud.v1.Quota;
import io.viking.cloud.v1.WatchCatalogRequest;
import io.viking.cloud.v1.WatchCatalogResponse;
import io.viking.cloud.v1.Zone;
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

  public void changed(long revision, Zone zone) {
    log.append(Change.changed(revision, new Key.OfZone(zone.getId()), zone));
  }

  public void changed(long revision, InstanceType type) {
    log.append(Change.changed(revision, new Key.OfType(type.getName()), type));
  }

  public void changed(long revision, Offer offer) {
    Key key = new Key.OfOffer(offer.getZone(), offer.getInstanceType());
    log.append(Change.changed(revision, key, offer));
  }

  /** A bound of the account. Of one that is not bounded, tell the limit and not what is used. */
  public void changed(long revision, Quota quota) {
    log.append(Change.changed(revision, new Key.OfQuota(quota.getName()), quota));
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
