package io.viking.syncer.network.loop;

import io.grpc.Channel;
import io.grpc.StatusException;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1Service;
import io.micrometer.core.instrument.MeterRegistry;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.errors.CloudFailures;
import io.viking.cloud.v1.ErrorReason;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.PatchFormat;
import io.viking.kube.events.EventRecorder;
import io.viking.kube.events.EventTarget;
import io.viking.kube.loop.EffectRunner;
import io.viking.kube.loop.Lane;
import io.viking.syncer.network.ingress.IngressReader;
import io.viking.syncer.network.lb.Owner;
import io.viking.syncer.network.loop.NetworkEvent.WriteAnswer;
import io.viking.syncer.network.service.NamespacedName;
import io.viking.syncer.network.service.ServiceReader;
import io.viking.syncer.pods.lifecycle.Tell;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the calls that the network's core asks for. */
public final class NetworkRunner implements EffectRunner<NetworkEvent, NetworkEffect> {
  private static final Logger log = LoggerFactory.getLogger(NetworkRunner.class);

  private final CloudCalls cloud;
  private final KubeApi api;
  private final EventRecorder events;
  private final Lane list = new Lane("list", 2);
  private final Lane ensure;
  private final Lane backends;
  private final Lane records;
  private final Lane write;
  private final Lane lookUp = new Lane("lookup", 2);
  private final Lane tell = new Lane("tell", 1);

  /**
   * @param channel to the adapter
   * @param clusterId the scope of every call
   */
  public NetworkRunner(
      Channel channel,
      String clusterId,
      KubeApi api,
      EventRecorder events,
      NetworkConfig config,
      MeterRegistry meters) {
    this.cloud = new CloudCalls(channel, clusterId, config.callDeadline(), new CallMeters(meters));
    this.api = api;
    this.events = events;
    this.ensure = new Lane("ensure", config.width());
    this.backends = new Lane("backends", config.width());
    this.records = new Lane("records", config.width());
    this.write = new Lane("write", config.width());
  }

  @Override
  public Lane lane(NetworkEffect effect) {
    return switch (effect) {
      case NetworkEffect.ListBalancers _, NetworkEffect.OpenZone _ -> list;
      case NetworkEffect.Ensure _, NetworkEffect.Delete _ -> ensure;
      case NetworkEffect.UpdateBackends _ -> backends;
      case NetworkEffect.ApplyRecords _ -> records;
      case NetworkEffect.Write _ -> write;
      case NetworkEffect.LookUp _ -> lookUp;
      case NetworkEffect.TellUser _ -> tell;
    };
  }

  @Override
  public List<NetworkEvent> run(NetworkEffect effect) {
    try {
      return answer(effect);
    } catch (StatusException e) {
      return failed(effect, CloudFailures.from(e));
    }
  }

  private List<NetworkEvent> answer(NetworkEffect effect) throws StatusException {
    return switch (effect) {
      case NetworkEffect.ListBalancers(long call) ->
          List.of(new NetworkEvent.BalancersListed(call, cloud.list()));
      case NetworkEffect.OpenZone(long call, String zone, boolean makes) -> {
        if (makes) {
          cloud.makeZone(zone);
        }
        yield List.of(new NetworkEvent.RecordsListed(call, cloud.records(zone)));
      }
      case NetworkEffect.Ensure(long call, var spec) ->
          List.of(new NetworkEvent.Ensured(call, cloud.ensure(spec)));
      case NetworkEffect.UpdateBackends(long call, var ref, var changes) ->
          List.of(new NetworkEvent.ChangesAnswered(call, cloud.update(ref, changes)));
      case NetworkEffect.Delete(long call, var ref) -> {
        cloud.delete(ref);
        yield List.of(new NetworkEvent.BalancerDeleted(call));
      }
      case NetworkEffect.ApplyRecords(long call, String zone, var changes) ->
          List.of(new NetworkEvent.ChangesAnswered(call, cloud.apply(zone, changes)));
      case NetworkEffect.Write(long call, Owner object, String subresource, String json) ->
          List.of(write(call, object, subresource, json));
      case NetworkEffect.LookUp(long call, Optional<NamespacedName> service) ->
          List.of(lookUp(call, service));
      case NetworkEffect.TellUser(Owner object, String uid, Tell what) -> {
        tell(object, uid, what);
        yield List.of();
      }
    };
  }

  @Override
  public List<NetworkEvent> crashed(NetworkEffect effect, RuntimeException defect) {
    return failed(
        effect, CloudFailure.of(ErrorReason.ERROR_REASON_INTERNAL, "a call failed: " + defect));
  }

  private static List<NetworkEvent> failed(NetworkEffect effect, CloudFailure failure) {
    return switch (effect) {
      case NetworkEffect.ListBalancers(long call) ->
          List.of(new NetworkEvent.CallFailed(call, failure));
      case NetworkEffect.OpenZone(long call, String _, boolean _) ->
          List.of(new NetworkEvent.CallFailed(call, failure));
      case NetworkEffect.Ensure(long call, var _) ->
          List.of(new NetworkEvent.CallFailed(call, failure));
      case NetworkEffect.UpdateBackends(long call, var _, var _) ->
          List.of(new NetworkEvent.CallFailed(call, failure));
      case NetworkEffect.Delete(long call, var _) ->
          List.of(new NetworkEvent.CallFailed(call, failure));
      case NetworkEffect.ApplyRecords(long call, var _, var _) ->
          List.of(new NetworkEvent.CallFailed(call, failure));
      case NetworkEffect.Write write ->
          List.of(new NetworkEvent.Written(write.call(), WriteAnswer.FAILED, Optional.empty()));
      case NetworkEffect.LookUp(long call, var _) -> List.of(new NetworkEvent.LookUpFailed(call));
      case NetworkEffect.TellUser _ -> List.of();
    };
  }

  private NetworkEvent write(long call, Owner object, String subresource, String json) {
    try {
      api.patch(
          type(object),
          object.name().namespace(),
          object.name().name(),
          subresource,
          subresource.isEmpty() ? PatchFormat.MERGE : PatchFormat.STRATEGIC_MERGE,
          json);
      return new NetworkEvent.Written(call, WriteAnswer.DONE, Optional.empty());
    } catch (KubeApiException e) {
      WriteAnswer answer =
          e.isConflict()
              ? WriteAnswer.STALE
              : e.isNotFound()
                  ? WriteAnswer.GONE
                  : e.isRetriable() ? WriteAnswer.FAILED : WriteAnswer.REFUSED;
      if (answer == WriteAnswer.REFUSED) {
        log.warn("{}: a write is refused, and repeated: {}", object, e.getMessage());
      }
      return new NetworkEvent.Written(call, answer, e.retryAfter());
    }
  }

  private static ResourceType<?> type(Owner object) {
    return switch (object.kind()) {
      case SERVICE -> ResourceType.SERVICES;
      case INGRESS -> ResourceType.INGRESSES;
    };
  }

  private NetworkEvent lookUp(long call, Optional<NamespacedName> service) {
    try {
      List<V1Service> services =
          service
              .flatMap(name -> api.get(ResourceType.SERVICES, name.namespace(), name.name()))
              .map(List::of)
              .orElseGet(List::of);
      List<V1Ingress> ingresses =
          service.isPresent() ? List.of() : api.list(ResourceType.INGRESSES, "", "");
      return new NetworkEvent.LookedUp(
          call,
          services.stream().map(ServiceReader::read).toList(),
          ingresses.stream().map(IngressReader::read).toList());
    } catch (KubeApiException e) {
      log.debug("a look-up failed and is repeated: {}", e.getMessage());
      return new NetworkEvent.LookUpFailed(call);
    }
  }

  private void tell(Owner object, String uid, Tell what) {
    ResourceType<?> type = type(object);
    EventTarget target =
        new EventTarget(
            type.group().isEmpty() ? type.version() : type.group() + "/" + type.version(),
            type.kind(),
            object.name().namespace(),
            object.name().name(),
            uid);
    if (what.warning()) {
      events.warning(target, what.reason(), what.message());
    } else {
      events.normal(target, what.reason(), what.message());
    }
  }
}
