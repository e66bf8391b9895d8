package io.viking.syncer.network.loop;

import io.viking.cloud.v1.Certificate;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.KeyPair;
import io.viking.kube.loop.Step;
import io.viking.syncer.network.ingress.AlbConfig;
import io.viking.syncer.network.ingress.IngressClass;
import io.viking.syncer.network.ingress.TlsSecret;
import io.viking.syncer.network.lb.Owner;
import io.viking.syncer.network.service.Endpoint;
import io.viking.syncer.network.service.NamespacedName;
import io.viking.syncer.network.service.ServicePort;
import io.viking.syncer.network.service.Slice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * The network's core, an API server and a cloud in one thread and virtual time. Watches are in
 * order within a kind; calls and answers are late, lost and doubled as the seed has it.
 */
final class ModelRun {
  static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  final Random random;
  final ModelCloud cloud;
  final ModelApi api;
  final Map<NamespacedName, Slice> slices = new TreeMap<>();
  final Map<NamespacedName, TlsSecret> secrets = new TreeMap<>();
  final List<NetworkEffect.TellUser> told = new ArrayList<>();
  final Set<Owner> writes = new HashSet<>();
  final NetworkConfig config;
  final NetworkLimits limits;

  /** Of a hundred calls to the cloud and of writes, so many go wrong in some way. */
  int faultPercent;

  /** Whether the API server has the resource AlbConfig, and tells of it at once. */
  boolean knowsAlbConfigs = true;

  Instant now = BEGIN;
  NetworkCounts counts = NetworkCounts.NONE;
  private NetworkCore core;
  private int life;
  private long sequence;
  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::sequence));
  private final Map<Kind, Instant> lastOfKind = new EnumMap<>(Kind.class);

  private record Due(Instant at, long sequence, Runnable action) {}

  ModelRun(long seed, NetworkConfig config, NetworkLimits limits) {
    this.random = new Random(seed);
    this.cloud = new ModelCloud(random);
    this.config = config;
    this.limits = limits;
    this.api = new ModelApi(this::told);
    this.core = begin();
  }

  private NetworkCore begin() {
    return new NetworkCore(
        config,
        limits,
        new NetworkObserver() {
          @Override
          public void counted(NetworkCounts now) {
            counts = now;
          }
        });
  }

  /** The process dies, and another one lists everything. */
  void crash() {
    life++;
    core = begin();
    lastOfKind.clear();
    hear(
        Kind.INGRESS_CLASS,
        new NetworkEvent.ClassSeen(new IngressClass("alb", IngressClass.ALB, "")));
    hear(
        Kind.INGRESS_CLASS,
        new NetworkEvent.ClassSeen(new IngressClass("slb", IngressClass.SLB, "")));
    for (Owner owner : api.owners()) {
      told(api.seen(owner));
    }
    slices.values().forEach(slice -> hear(Kind.SLICE, new NetworkEvent.SliceSeen(slice)));
    secrets.values().forEach(secret -> hear(Kind.SECRET, new NetworkEvent.SecretSeen(secret)));
    for (Kind kind : Kind.values()) {
      if (kind != Kind.ALB_CONFIG || knowsAlbConfigs) {
        hear(kind, new NetworkEvent.Synced(kind));
      }
    }
  }

  /** The only one, heard of late. */
  void albConfig(AlbConfig config) {
    hear(Kind.ALB_CONFIG, new NetworkEvent.AlbConfigSeen(config));
    hear(Kind.ALB_CONFIG, new NetworkEvent.Synced(Kind.ALB_CONFIG));
  }

  void endpoints(String service, int port, List<Endpoint> endpoints) {
    NamespacedName name = new NamespacedName(ModelApi.NAMESPACE, service + "-a");
    Slice slice =
        new Slice(
            name,
            new NamespacedName(ModelApi.NAMESPACE, service),
            Slice.AddressType.IPV4,
            List.of(new ServicePort("http", "TCP", port)),
            endpoints);
    slices.put(name, slice);
    hear(Kind.SLICE, new NetworkEvent.SliceSeen(slice));
  }

  void removeEndpoints(String service) {
    NamespacedName name = new NamespacedName(ModelApi.NAMESPACE, service + "-a");
    if (slices.remove(name) != null) {
      hear(Kind.SLICE, new NetworkEvent.SliceGone(name));
    }
  }

  void secret(String name, Optional<String> content) {
    NamespacedName secret = new NamespacedName(ModelApi.NAMESPACE, name);
    TlsSecret.Content read =
        content
            .<TlsSecret.Content>map(
                text ->
                    new TlsSecret.Content.Pair(
                        Certificate.newBuilder()
                            .setName(TlsSecret.prefix(secret) + text)
                            .setKeyPair(KeyPair.newBuilder().setCertificateChain(text))
                            .build()))
            .orElseGet(() -> new TlsSecret.Content.Unusable("is not one"));
    secrets.put(secret, new TlsSecret(secret, read));
    hear(Kind.SECRET, new NetworkEvent.SecretSeen(secrets.get(secret)));
  }

  private void told(NetworkEvent event) {
    hear(
        event instanceof NetworkEvent.ServiceSeen || event instanceof NetworkEvent.ServiceGone
            ? Kind.SERVICE
            : Kind.INGRESS,
        event);
  }

  private void hear(Kind kind, NetworkEvent event) {
    Instant at = now.plusMillis(random.nextInt(30));
    Instant last = lastOfKind.getOrDefault(kind, at);
    Instant inOrder = at.isBefore(last) ? last : at;
    lastOfKind.put(kind, inOrder);
    deliver(inOrder, event);
  }

  private void deliver(Instant at, NetworkEvent event) {
    int then = life;
    after(
        Duration.between(now, at),
        () -> {
          if (then == life) {
            step(event);
          }
        });
  }

  private void step(NetworkEvent event) {
    Step<NetworkEvent, NetworkEffect> step = core.step(List.of(event), now);
    for (var timer : step.timers()) {
      deliver(timer.at().isBefore(now) ? now : timer.at(), timer.event());
    }
    step.effects().forEach(this::run);
  }

  private void run(NetworkEffect effect) {
    switch (effect) {
      case NetworkEffect.TellUser tell -> told.add(tell);
      case NetworkEffect.LookUp(long call, Optional<NamespacedName> service) ->
          answer(
              () -> {
                List<Owner> all = new ArrayList<>();
                api.owners().forEach(all::add);
                return new NetworkEvent.LookedUp(
                    call,
                    all.stream()
                        .filter(one -> service.map(s -> one.equals(Owner.service(s))).orElse(false))
                        .flatMap(one -> api.service(one).stream())
                        .toList(),
                    all.stream()
                        .filter(one -> one.kind() == Owner.Kind.INGRESS && service.isEmpty())
                        .flatMap(one -> api.ingress(one).stream())
                        .toList());
              });
      case NetworkEffect.Write write -> {
        writes.add(write.object());
        if (random.nextInt(100) < faultPercent) {
          boolean arrives = random.nextBoolean();
          answer(
              () -> {
                if (arrives) {
                  api.write(write);
                }
                return new NetworkEvent.Written(
                    write.call(), NetworkEvent.WriteAnswer.FAILED, Optional.empty());
              });
        } else {
          answer(() -> new NetworkEvent.Written(write.call(), api.write(write), Optional.empty()));
        }
      }
      default -> callCloud(effect);
    }
  }

  private interface Answer {
    NetworkEvent get();
  }

  private void answer(Answer answer) {
    Duration there = Duration.ofMillis(1 + random.nextInt(50));
    int then = life;
    after(
        there,
        () -> {
          NetworkEvent event = answer.get();
          if (then == life) {
            deliver(now.plusMillis(random.nextInt(50)), event);
          }
        });
  }

  private void callCloud(NetworkEffect effect) {
    if (random.nextInt(100) >= faultPercent) {
      answer(() -> cloud.call(effect));
      return;
    }
    long call = callOf(effect);
    switch (random.nextInt(6)) {
      case 0 -> answer(() -> ModelCloud.failure(call, ErrorReason.ERROR_REASON_UNAVAILABLE));
      case 1 ->
          answer(
              () -> {
                cloud.call(effect);
                return ModelCloud.failure(call, ErrorReason.ERROR_REASON_UNAVAILABLE);
              });
      case 2 -> {
        // It arrives long after it was given up.
        after(Duration.ofMillis(random.nextInt(20_000)), () -> cloud.call(effect));
        answer(() -> ModelCloud.failure(call, ErrorReason.ERROR_REASON_UNAVAILABLE));
      }
      case 3 ->
          answer(
              () -> {
                NetworkEvent first = cloud.call(effect);
                after(Duration.ofMillis(random.nextInt(3_000)), () -> cloud.call(effect));
                return first;
              });
      case 4 -> answer(() -> ModelCloud.failure(call, ErrorReason.ERROR_REASON_THROTTLED));
      default ->
          answer(
              () ->
                  ModelCloud.failure(
                      call,
                      random.nextBoolean()
                          ? ErrorReason.ERROR_REASON_BUSY
                          : ErrorReason.ERROR_REASON_QUOTA_EXCEEDED));
    }
  }

  private static long callOf(NetworkEffect effect) {
    return switch (effect) {
      case NetworkEffect.ListBalancers e -> e.call();
      case NetworkEffect.OpenZone e -> e.call();
      case NetworkEffect.Ensure e -> e.call();
      case NetworkEffect.UpdateBackends e -> e.call();
      case NetworkEffect.Delete e -> e.call();
      case NetworkEffect.ApplyRecords e -> e.call();
      case NetworkEffect.Write e -> e.call();
      case NetworkEffect.LookUp e -> e.call();
      case NetworkEffect.TellUser _ -> -1;
    };
  }

  private void after(Duration delay, Runnable action) {
    queue.add(new Due(now.plus(delay), sequence++, action));
  }

  /** Lets time pass. */
  void run(Duration time) {
    Instant end = now.plus(time);
    while (!queue.isEmpty() && !queue.element().at().isAfter(end)) {
      Due next = queue.remove();
      now = next.at().isAfter(now) ? next.at() : now;
      next.action().run();
    }
    now = end;
  }
}
