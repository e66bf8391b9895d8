package io.viking.system;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.adapter.kit.faults.Fault;
import io.viking.adapter.kit.faults.FaultyProxy;
import io.viking.adapter.kit.transport.AdapterAddress;
import io.viking.adapter.kit.transport.AdapterChannel;
import io.viking.adapter.kit.transport.AdapterServer;
import io.viking.chaos.api.ApiCall;
import io.viking.chaos.api.ApiFault;
import io.viking.chaos.api.ApiProxy;
import io.viking.cli.server.StatusReport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A scheduler or a syncer that stands for a lease, as a process of its own whose every call to
 * either side goes past us and is written down.
 */
final class OneReplica implements AutoCloseable {
  /** Of the contract, what changes something. */
  private static final Set<String> CHANGING =
      Set.of(
          "InstanceService/CreateInstances",
          "InstanceService/DeleteInstances",
          "InstanceService/UpdateFiles",
          "LoadBalancerService/EnsureLoadBalancer",
          "LoadBalancerService/UpdateBackends",
          "LoadBalancerService/DeleteLoadBalancer",
          "DnsService/EnsureDnsZone",
          "DnsService/ApplyRecords",
          "DnsService/DeleteDnsZone");

  private static final Set<String> WRITES = Set.of("create", "update", "patch", "delete");

  /** Who works, who keeps a Node alive and what happened: of no harm by whomever. */
  private static final Set<String> HARMLESS =
      Set.of("leases", "events", "serviceaccounts/token", "subjectaccessreviews", "tokenreviews");

  private final Belongings closing = new Belongings();
  private final Queue<Heard> heard = new ConcurrentLinkedQueue<>();
  private final AtomicLong calls = new AtomicLong();
  private final String name;
  private final Path serverFile;
  private final Process process;

  /** A call that would change something, in the order in which they came. */
  record Heard(long number, String call) {}

  private OneReplica(Site site, String role, int number) throws IOException {
    this.name = role + "-" + number;
    AdapterChannel cloud = closing.add(AdapterChannel.open(site.cloud()));
    FaultyProxy adapterProxy =
        closing.add(
            new FaultyProxy(
                cloud.channel(),
                call -> {
                  if (CHANGING.contains(call.method())) {
                    hear(call.method());
                  }
                  return Optional.<Fault>empty();
                },
                Clock.systemUTC()));
    var address = new AdapterAddress.UnixSocket(site.directory().resolve(name + ".sock"));
    closing.add(
        AdapterServer.builder(new SimpleMeterRegistry())
            .services(adapterProxy.services())
            .stopWithin(Duration.ofSeconds(1))
            .listen(address)
            .start());
    ApiProxy apiProxy =
        closing.add(ApiProxy.start(site.server(), site.identity(), Clock.systemUTC()));
    // Never struck: it only looks at what comes by.
    apiProxy.arm(this::hear, new ApiFault.RequestLost(), 1);
    Path kubeconfig = site.directory().resolve(name + ".kubeconfig");
    apiProxy.writeKubeconfig(kubeconfig);
    this.serverFile = site.directory().resolve(name + ".json");
    var arguments =
        new ArrayList<>(
            List.of(
                role,
                "--leader-elect",
                "--kubeconfig=" + kubeconfig,
                "--adapter=" + address,
                "--server-file=" + serverFile));
    arguments.addAll(site.more(role));
    this.process = VikingProcess.start(site.directory().resolve(name + ".log"), arguments);
  }

  /**
   * Where all of them are.
   *
   * @param directory private and with a short path
   */
  record Site(Path directory, AdapterAddress cloud, URI server, ApiProxy.Identity identity) {
    /** What only one kind of them takes. Nobody asks for logs, so the kubelet API is not served. */
    List<String> more(String role) {
      return role.equals("scheduler")
          ? List.of("--scheduler-name=viking,default-scheduler")
          : List.of();
    }
  }

  static OneReplica start(Site site, String role, int number) throws IOException {
    return new OneReplica(site, role, number);
  }

  private boolean hear(ApiCall call) {
    String plain = call.resource().replaceAll("/.*", "");
    if (WRITES.contains(call.verb())
        && !HARMLESS.contains(call.resource())
        && !HARMLESS.contains(plain)) {
      hear(call.verb() + " " + call.resource() + " " + call.object());
    }
    return false;
  }

  private void hear(String call) {
    heard.add(new Heard(calls.incrementAndGet(), call));
  }

  String name() {
    return name;
  }

  /** How many calls that change something it has made so far. */
  long made() {
    return calls.get();
  }

  /** Those that came after the first so many. */
  List<String> madeAfter(long first) {
    return madeBetween(first, Long.MAX_VALUE);
  }

  /** Those after the first so many, up to that one. */
  List<String> madeBetween(long first, long last) {
    return heard.stream()
        .filter(call -> call.number() > first && call.number() <= last)
        .map(Heard::call)
        .toList();
  }

  /**
   * Whether a call that was decided before its process was stopped may arrive after it: what it
   * says is true for ever, or it has a precondition (design 0015).
   */
  static boolean mayBeLate(String call) {
    return call.startsWith("create pods/binding ")
        || call.startsWith("patch pods/status ")
        || call.startsWith("delete pods ")
        || call.equals("InstanceService/CreateInstances")
        || call.equals("InstanceService/DeleteInstances");
  }

  /** "ready" if it leads, "standby" if another does; empty if it does not answer. */
  Optional<String> state() {
    try {
      JsonObject server = new Gson().fromJson(Files.readString(serverFile), JsonObject.class);
      try (HttpClient http = HttpClient.newHttpClient()) {
        String status =
            http.send(
                    HttpRequest.newBuilder(URI.create(server.get("http").getAsString() + "/status"))
                        .timeout(Duration.ofSeconds(1))
                        .build(),
                    BodyHandlers.ofString())
                .body();
        String role = name.replaceAll("-.*", "");
        return new Gson()
            .fromJson(status, StatusReport.class).parts().stream()
                .filter(part -> part.name().equals(role))
                .map(StatusReport.Part::state)
                .findFirst();
      }
    } catch (IOException notThere) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  boolean leads() {
    return state().filter("ready"::equals).isPresent();
  }

  boolean standsBy() {
    return state().filter("standby"::equals).isPresent();
  }

  /** SIGSTOP, SIGCONT. */
  void signal(String signal) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
  }

  @Override
  public void close() throws Exception {
    signal("CONT");
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    closing.close();
  }
}
