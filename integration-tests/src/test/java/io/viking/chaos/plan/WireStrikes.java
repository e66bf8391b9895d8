package io.viking.chaos.plan;

import io.viking.adapter.kit.faults.Fault;
import io.viking.chaos.api.ApiFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What can be done to the wires: each kind of fault to each kind of call that it hurts. */
final class WireStrikes {
  private static final String CREATE = "InstanceService/CreateInstances";
  private static final String DELETE = "InstanceService/DeleteInstances";
  private static final String WATCH = "InstanceService/WatchInstances";
  private static final String BACKENDS = "LoadBalancerService/UpdateBackends";
  private static final String DECLARE = "LoadBalancerService/EnsureLoadBalancer";
  private static final String RECORDS = "DnsService/ApplyRecords";
  private static final Duration MOMENT = Duration.ofMillis(300);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private WireStrikes() {}

  /** While pods come. */
  static List<Strike> ofCreation() {
    var strikes = new ArrayList<Strike>();
    calls(strikes, CREATE);
    writes(strikes, "create", "pods/binding");
    writes(strikes, "patch", "pods/status");
    strikes.add(new Strike.ApiCalls("create", "serviceaccounts/token", refused(500), 3));
    strikes.add(
        new Strike.ApiCalls("create", "serviceaccounts/token", new ApiFault.AnswerLost(), 2));
    both(strikes);
    return strikes;
  }

  /** While pods go. */
  static List<Strike> ofDeletion() {
    var strikes = new ArrayList<Strike>();
    calls(strikes, DELETE);
    writes(strikes, "delete", "pods");
    strikes.add(new Strike.ApiCalls("get", "pods", refused(500), 2));
    strikes.add(new Strike.ApiCalls("get", "pods", refused(429), 2));
    both(strikes);
    return strikes;
  }

  private static void calls(List<Strike> strikes, String method) {
    List.of(
            new Fault.RequestLost(),
            new Fault.AnswerLost(false),
            new Fault.Late(SECOND),
            new Fault.Straggling(MOMENT),
            new Fault.Straggling(SECOND),
            new Fault.Doubled(MOMENT),
            new Fault.Overtaken(SECOND),
            new Fault.Throttled(MOMENT),
            new Fault.ItemsThrottled(MOMENT),
            new Fault.ItemsReversed(),
            new Fault.HalfDone(),
            new Fault.HalfAnswered())
        .forEach(fault -> strikes.add(new Strike.AdapterCalls(method, fault, 2)));
    // Each takes as long as the caller's deadline, which is half a minute.
    strikes.add(new Strike.AdapterCalls(method, new Fault.Hung(), 1));
  }

  /**
   * What Services and Ingresses need. Nothing arrives after its repetition: a load balancer or a
   * record that an older call has changed is put right minutes later, by the next census.
   */
  private static void network(List<Strike> strikes) {
    for (String method : List.of(BACKENDS, DECLARE, RECORDS)) {
      List.of(
              new Fault.RequestLost(),
              new Fault.AnswerLost(false),
              new Fault.Late(MOMENT),
              new Fault.Throttled(MOMENT))
          .forEach(fault -> strikes.add(new Strike.AdapterCalls(method, fault, 2)));
    }
    strikes.add(new Strike.AdapterCalls(BACKENDS, new Fault.Hung(), 1));
    strikes.add(new Strike.ApiWatches("endpointslices", new ApiFault.Cut()));
    strikes.add(new Strike.ApiWatches("services", new ApiFault.Expired()));
    strikes.add(new Strike.ApiCalls("patch", "services/status", refused(500), 2));
  }

  private static void writes(List<Strike> strikes, String verb, String resource) {
    List.of(
            refused(429),
            refused(500),
            new ApiFault.RequestLost(),
            new ApiFault.AnswerLost(),
            new ApiFault.HalfAnswered(),
            new ApiFault.Late(MOMENT))
        .forEach(fault -> strikes.add(new Strike.ApiCalls(verb, resource, fault, 3)));
  }

  private static void both(List<Strike> strikes) {
    List.of(new Fault.Cut(0), new Fault.Cut(3), new Fault.Stalled(SECOND), new Fault.Expired())
        .forEach(fault -> strikes.add(new Strike.AdapterStreams(WATCH, fault)));
    strikes.add(new Strike.AdapterStreams("CatalogService/WatchCatalog", new Fault.Cut(0)));
    List.of(new ApiFault.Cut(), new ApiFault.Expired(), new ApiFault.Stalled(SECOND))
        .forEach(fault -> strikes.add(new Strike.ApiWatches("pods", fault)));
    network(strikes);
    strikes.add(new Strike.ApiCalls("list", "pods", new ApiFault.HalfAnswered(), 1));
    strikes.add(new Strike.ApiWatches("nodes", new ApiFault.Cut()));
    strikes.add(new Strike.ApiCalls("watch", "pods", refused(410), 1));
    strikes.add(new Strike.ApiCalls("list", "pods", refused(500), 1));
    strikes.add(new Strike.ApiCalls("update", "leases", refused(500), 1));
  }

  private static ApiFault.Refused refused(int code) {
    return new ApiFault.Refused(code, code == 429 ? 1 : 0);
  }
}
