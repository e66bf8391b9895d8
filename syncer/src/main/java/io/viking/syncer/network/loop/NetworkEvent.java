package io.viking.syncer.network.loop;

import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.LoadBalancer;
import io.viking.cloud.v1.Record;
import io.viking.syncer.network.ingress.AlbConfig;
import io.viking.syncer.network.ingress.Ingress;
import io.viking.syncer.network.ingress.IngressClass;
import io.viking.syncer.network.ingress.TlsSecret;
import io.viking.syncer.network.service.NamespacedName;
import io.viking.syncer.network.service.Service;
import io.viking.syncer.network.service.Slice;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the network's core hears. Answers that nobody waits for are ignored. */
public sealed interface NetworkEvent {
  record ServiceSeen(Service service) implements NetworkEvent {}

  /**
   * @param witnessed whether the API server told of the deletion, or it is merely not listed
   */
  record ServiceGone(NamespacedName name, boolean witnessed) implements NetworkEvent {}

  record SliceSeen(Slice slice) implements NetworkEvent {}

  record SliceGone(NamespacedName name) implements NetworkEvent {}

  record IngressSeen(Ingress ingress) implements NetworkEvent {}

  /**
   * @param witnessed as of a Service
   */
  record IngressGone(NamespacedName name, boolean witnessed) implements NetworkEvent {}

  record ClassSeen(IngressClass ingressClass) implements NetworkEvent {}

  record ClassGone(String name) implements NetworkEvent {}

  record AlbConfigSeen(AlbConfig config) implements NetworkEvent {}

  record AlbConfigGone(String name) implements NetworkEvent {}

  record SecretSeen(TlsSecret secret) implements NetworkEvent {}

  record SecretGone(NamespacedName name) implements NetworkEvent {}

  /** All objects of the kind that there are have been told. */
  record Synced(Kind kind) implements NetworkEvent {}

  /** All load balancers of ours. */
  record BalancersListed(long call, List<LoadBalancer> balancers) implements NetworkEvent {
    public BalancersListed {
      balancers = List.copyOf(balancers);
    }
  }

  /** All records of ours in a zone, which exists. */
  record RecordsListed(long call, List<Record> records) implements NetworkEvent {
    public RecordsListed {
      records = List.copyOf(records);
    }
  }

  record Ensured(long call, LoadBalancer balancer) implements NetworkEvent {}

  /** One for each change, in order; empty = done. */
  record ChangesAnswered(long call, List<Optional<CloudFailure>> failures) implements NetworkEvent {
    public ChangesAnswered {
      failures = List.copyOf(failures);
    }
  }

  record BalancerDeleted(long call) implements NetworkEvent {}

  /** A call to the cloud failed as a whole. */
  record CallFailed(long call, CloudFailure failure) implements NetworkEvent {}

  /** What the API server said to a write. */
  enum WriteAnswer {
    DONE,
    /** The object was changed meanwhile: what it should be is decided again when it is seen. */
    STALE,
    /** It is gone, or another one has its name. */
    GONE,
    /** Refused for what it says, or for who we are. */
    REFUSED,
    FAILED
  }

  /**
   * @param retryAfter what the server asked for
   */
  record Written(long call, WriteAnswer answer, Optional<Duration> retryAfter)
      implements NetworkEvent {}

  /** What the API server itself has of those that were asked for. */
  record LookedUp(long call, List<Service> services, List<Ingress> ingresses)
      implements NetworkEvent {
    public LookedUp {
      services = List.copyOf(services);
      ingresses = List.copyOf(ingresses);
    }
  }

  record LookUpFailed(long call) implements NetworkEvent {}

  /** A person has said that what is held may go. */
  record OrphansApproved() implements NetworkEvent {}

  /** Timer: something is due. */
  record Wake() implements NetworkEvent {}

  /** Timer: what the cloud has is looked at again. */
  record Resync() implements NetworkEvent {}
}
