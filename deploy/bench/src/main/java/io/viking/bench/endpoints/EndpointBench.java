package io.viking.bench.endpoints;

import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.bench.measure.Percentiles;
import io.viking.bench.session.BenchFailure;
import io.viking.bench.session.BenchSession;
import io.viking.bench.session.Purpose;
import io.viking.bench.watch.Census;
import io.viking.bench.watch.PodWatch;
import io.viking.kube.cache.ResourceType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Brings Services and pods up to one size after the other, changes the endpoints of one Service of
 * each kind at each, and fills an empty Service at the end. Driven by the session's thread.
 */
public final class EndpointBench {
  private static final Duration POLL = Duration.ofMillis(20);
  private static final String BURST = "burst";

  private final BenchSession session;
  private final EndpointSettings settings;
  private final NetworkView cloud;
  private final Supplier<String> syncerMetrics;
  private final String namespace;
  private final ServedPods served;
  private final List<Probe> probes = new ArrayList<>();
  private int services;

  /** A Service of which the endpoints are changed. */
  private record Probe(String name, ServiceKind kind, String uid) {}

  /**
   * @param syncerMetrics the page of metrics of the process that keeps Services in line
   */
  public EndpointBench(
      BenchSession session,
      EndpointSettings settings,
      NetworkView cloud,
      Supplier<String> syncerMetrics)
      throws InterruptedException {
    this.session = session;
    this.settings = settings;
    this.cloud = cloud;
    this.syncerMetrics = syncerMetrics;
    this.namespace = session.namespace(Purpose.STORM);
    this.served = new ServedPods(session.api(), namespace, session.nextStorm(), settings.width());
  }

  /**
   * Measures all of it; what it made is removed with the session.
   *
   * @throws BenchFailure if something stands still
   */
  public EndpointReport run() throws InterruptedException {
    tally();
    var rows = new ArrayList<EndpointReport.Row>();
    try (PodWatch watch = session.watch(namespace, served.storm());
        SliceWatch slices = SliceWatch.open(session.clients(), namespace)) {
      for (int size : settings.sizes()) {
        growTo(size, watch, slices);
        for (Probe probe : probes) {
          rows.add(measure(probe, slices));
        }
      }
      return new EndpointReport(rows, burst(watch));
    }
  }

  private void growTo(int size, PodWatch watch, SliceWatch slices) throws InterruptedException {
    int target = size / settings.podsPerService();
    List<String> names = IntStream.range(services, target).mapToObj(i -> "svc-" + i).toList();
    session.progress().step("bringing %d pods in %d Services up".formatted(size, target));
    List<String> others = names.subList(probes.isEmpty() ? 2 : 0, names.size());
    if (probes.isEmpty()) {
      for (ServiceKind kind : ServiceKind.values()) {
        String name = names.get(kind.ordinal());
        probes.add(new Probe(name, kind, served.service(name, kind)));
      }
    }
    ServiceKind[] kinds = ServiceKind.values();
    served.services(
        others, IntStream.range(0, others.size()).mapToObj(i -> kinds[i % kinds.length]).toList());
    served.pods(names, settings.podsPerService());
    services = target;
    awaitRunning(watch);
    awaitGrowth("in EndpointSlices", served.pods(), () -> Optional.of(slices.ready()));
    awaitSettled();
  }

  private EndpointReport.Row measure(Probe probe, SliceWatch slices) throws InterruptedException {
    session
        .progress()
        .step(
            "changing a Service (%s) beside %d pods"
                .formatted(probe.kind().words(), served.pods()));
    var delays = new ArrayList<Long>();
    NetworkTally before = tally();
    for (int i = 0; i < settings.changes(); i += 2) {
      String name = ServedPods.podName(probe.name(), i / 2 % settings.podsPerService());
      V1Pod leaving = pod(name).orElseThrow(() -> new BenchFailure("pod " + name + " is gone."));
      String address = address(leaving);
      await(
          name + " to be ready in its EndpointSlice", () -> slices.readySince(address).isPresent());
      served.removePod(leaving);
      await(
          "the cloud to take " + name + " out",
          () -> addresses(probe).filter(all -> !all.contains(address)));
      delays.add(
          System.nanoTime() - await(name + " to leave its slice", () -> slices.goneSince(address)));
      await(name + " to be gone", () -> pod(name).isEmpty());
      served.addPod(probe.name(), name);
      String other =
          await(
              name + " to have an address",
              () -> pod(name).map(EndpointBench::address).filter(ip -> !ip.isEmpty()));
      await("the cloud to take " + name, () -> addresses(probe).filter(all -> all.contains(other)));
      delays.add(
          System.nanoTime() - await(name + " to be in its slice", () -> slices.readySince(other)));
    }
    awaitSettled();
    NetworkTally spent = tally().since(before);
    return new EndpointReport.Row(
        served.pods(),
        services,
        probe.kind(),
        (int) spent.changes(),
        spent.writes() / spent.changes(),
        spent.bytes() / spent.changes(),
        Percentiles.ofNanos(delays),
        SliceSize.bytes(session.raw(), namespace, probe.name()));
  }

  private EndpointReport.Burst burst(PodWatch watch) throws InterruptedException {
    session.progress().step("filling a Service with %d pods".formatted(settings.burst()));
    String uid = served.service(BURST, ServiceKind.LOAD_BALANCER);
    awaitSettled();
    NetworkTally before = tally();
    long begun = System.nanoTime();
    served.pods(List.of(BURST), settings.burst());
    awaitRunning(watch);
    var probe = new Probe(BURST, ServiceKind.LOAD_BALANCER, uid);
    awaitGrowth(
        "behind the load balancer", settings.burst(), () -> addresses(probe).map(Set::size));
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    return new EndpointReport.Burst(
        settings.burst(), (int) tally().since(before).backendCalls(), took);
  }

  private void awaitRunning(PodWatch watch) throws InterruptedException {
    int pods = served.everMade();
    boolean all =
        watch.await(
            census -> census.running() >= pods,
            session.stallAfter(),
            census -> session.progress().advance("pods Running", census.running(), pods));
    if (!all) {
      Census census = watch.ledger().census();
      throw new BenchFailure("the pods stand still: " + census.where(pods) + ".");
    }
  }

  /** As long as it grows; it may be slow, as the controller-manager is with EndpointSlices. */
  private void awaitGrowth(String what, int all, Supplier<Optional<Integer>> now)
      throws InterruptedException {
    int last = now.get().orElse(0);
    while (last < all) {
      int before = last;
      session.progress().advance("pods " + what, before, all);
      last =
          await(
              "more than %d of %d pods to be %s".formatted(before, all, what),
              () -> now.get().filter(count -> count > before));
    }
  }

  private void awaitSettled() throws InterruptedException {
    await("the cloud to be in line", () -> tally().pending() == 0);
  }

  private Optional<Set<String>> addresses(Probe probe) {
    return cloud.addresses(probe.kind(), namespace, probe.name(), probe.uid());
  }

  private Optional<V1Pod> pod(String name) {
    return session.api().get(ResourceType.PODS, namespace, name);
  }

  private static String address(V1Pod pod) {
    return Optional.ofNullable(Objects.requireNonNull(pod.getStatus()).getPodIP()).orElse("");
  }

  private NetworkTally tally() {
    return NetworkTally.read(syncerMetrics.get())
        .orElseThrow(
            () ->
                new BenchFailure(
                    "this \"viking up\" has no metrics of Services: they are in the syncer's process when the parts are apart, and nowhere when the pool has neither load balancers nor DNS. Start the cluster without --apart."));
  }

  private void await(String what, BooleanSupplier condition) throws InterruptedException {
    await(what, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  private <T> T await(String what, Supplier<Optional<T>> value) throws InterruptedException {
    long until = System.nanoTime() + session.stallAfter().toNanos();
    for (Optional<T> now = value.get(); ; now = value.get()) {
      if (now.isPresent()) {
        return now.get();
      }
      if (System.nanoTime() - until > 0) {
        throw new BenchFailure(
            "waited %d s in vain for %s.".formatted(session.stallAfter().toSeconds(), what));
      }
      Thread.sleep(POLL);
    }
  }
}
