package io.viking.chaos.run;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.AppsV1Api;
import io.kubernetes.client.openapi.apis.BatchV1Api;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.apis.NetworkingV1Api;
import io.kubernetes.client.openapi.models.V1DeleteOptions;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.openapi.models.V1Preconditions;
import io.kubernetes.client.openapi.models.V1Service;
import io.viking.system.Workloads;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import okhttp3.Call;
import okhttp3.Response;

/** Asks the API server for work, past the proxy, and asks again until it is taken. */
final class User {
  private static final int WIDTH = 8;

  private final CoreV1Api core;
  private final AppsV1Api apps;
  private final BatchV1Api batch;
  private final NetworkingV1Api networking;

  User(ApiClient client) {
    this.core = new CoreV1Api(client);
    this.apps = new AppsV1Api(client);
    this.batch = new BatchV1Api(client);
    this.networking = new NetworkingV1Api(client);
  }

  void namespace(String name) throws InterruptedException {
    Insist.on(
        "create namespace " + name,
        () ->
            core.createNamespace(new V1Namespace().metadata(new V1ObjectMeta().name(name)))
                .execute(),
        409);
  }

  /** Services of each kind and an Ingress, for all pods that this user makes there. */
  void fronts(String namespace) throws InterruptedException {
    for (V1Service service : Fronts.services()) {
      Insist.on(
          "create service", () -> core.createNamespacedService(namespace, service).execute(), 409);
    }
    Insist.on(
        "create ingress",
        () -> networking.createNamespacedIngress(namespace, Fronts.ingress(namespace)).execute(),
        409);
  }

  void deleteNamespace(String name) throws InterruptedException {
    Insist.on(
        "delete namespace " + name,
        // The answer is the Namespace, not the Status that the library expects.
        () -> closeQuietly(core.deleteNamespace(name).buildCall(null)),
        404,
        409);
  }

  private static void closeQuietly(Call call) throws ApiException {
    try (Response answer = call.execute()) {
      if (!answer.isSuccessful()) {
        throw new ApiException(answer.code(), answer.message());
      }
    } catch (IOException e) {
      throw new ApiException(e);
    }
  }

  void pods(String namespace, int count) throws InterruptedException {
    inParallel(
        IntStream.range(0, count).boxed().toList(), i -> create(namespace, "p" + i, Map.of()));
  }

  private void create(String namespace, String name, Map<String, String> uidsBefore)
      throws InterruptedException {
    V1Pod pod = Workloads.pod(name, Workloads.container("nginx"));
    pod.getMetadata().setLabels(Fronts.LABEL);
    Insist.on(
        "create pod " + namespace + "/" + name,
        () -> {
          try {
            core.createNamespacedPod(namespace, pod).execute();
          } catch (ApiException e) {
            if (e.getCode() != 409 || isAnother(namespace, name, uidsBefore)) {
              throw e;
            }
            // The one of that name has not gone yet.
            throw new ApiException(503, "the old pod is still there");
          }
        },
        409);
  }

  private boolean isAnother(String namespace, String name, Map<String, String> uidsBefore)
      throws ApiException {
    if (!uidsBefore.containsKey(name)) {
      return true;
    }
    try {
      V1Pod pod = core.readNamespacedPod(name, namespace).execute();
      return !String.valueOf(uidsBefore.get(name)).equals(pod.getMetadata().getUid());
    } catch (ApiException e) {
      if (e.getCode() == 404) {
        return false;
      }
      throw e;
    }
  }

  /** Deletes pods; a grace of 0 takes them out of the API at once, else they stop in peace. */
  void delete(Collection<PodSeen> pods, boolean force) throws InterruptedException {
    inParallel(pods, pod -> delete(pod, force));
  }

  private void delete(PodSeen pod, boolean force) throws InterruptedException {
    Insist.on(
        "delete pod " + pod.namespace() + "/" + pod.name(),
        () -> {
          var request = core.deleteNamespacedPod(pod.name(), pod.namespace());
          if (force) {
            request.gracePeriodSeconds(0);
          }
          var unused =
              request
                  .body(
                      new V1DeleteOptions()
                          .gracePeriodSeconds(force ? 0L : null)
                          .preconditions(new V1Preconditions().uid(pod.uid())))
                  .execute();
        },
        404,
        409);
  }

  /** Deletes each and makes another of its name, as soon as that is free. */
  void replace(Collection<PodSeen> pods) throws InterruptedException {
    inParallel(
        pods,
        pod -> {
          delete(pod, pod.name().hashCode() % 2 == 0);
          create(pod.namespace(), pod.name(), Map.of(pod.name(), pod.uid()));
        });
  }

  void deployment(String namespace, int replicas) throws InterruptedException {
    var deployment = Workloads.deployment("web", replicas);
    behindFronts(deployment.getSpec().getTemplate());
    Insist.on(
        "create deployment",
        () -> apps.createNamespacedDeployment(namespace, deployment).execute(),
        409);
  }

  void scale(String namespace, int replicas) throws InterruptedException {
    Insist.on(
        "scale deployment",
        () -> {
          var deployment = apps.readNamespacedDeployment("web", namespace).execute();
          deployment.getSpec().setReplicas(replicas);
          apps.replaceNamespacedDeployment("web", namespace, deployment).execute();
        });
  }

  void statefulSet(String namespace, int replicas) throws InterruptedException {
    var set = Workloads.statefulSet("set", replicas);
    set.getSpec().podManagementPolicy("Parallel");
    behindFronts(set.getSpec().getTemplate());
    Insist.on(
        "create statefulset",
        () -> apps.createNamespacedStatefulSet(namespace, set).execute(),
        409);
  }

  void job(String namespace, int completions) throws InterruptedException {
    var job = Workloads.job("job", completions, Map.of("sim.viking.io/run-seconds", "0.5"));
    behindFronts(job.getSpec().getTemplate());
    Insist.on("create job", () -> batch.createNamespacedJob(namespace, job).execute(), 409);
  }

  private static void behindFronts(V1PodTemplateSpec template) {
    var labels = new HashMap<>(template.getMetadata().getLabels());
    labels.putAll(Fronts.LABEL);
    template.getMetadata().setLabels(labels);
  }

  void deleteJob(String namespace) throws InterruptedException {
    Insist.on(
        "delete job",
        () -> {
          var unused =
              batch.deleteNamespacedJob("job", namespace).propagationPolicy("Background").execute();
        },
        404);
  }

  @FunctionalInterface
  private interface Step<T> {
    void run(T item) throws InterruptedException;
  }

  private static <T> void inParallel(Collection<T> items, Step<T> step)
      throws InterruptedException {
    try (ExecutorService threads =
        Executors.newFixedThreadPool(WIDTH, Thread.ofVirtual().factory())) {
      List<Future<?>> running = new ArrayList<>();
      for (T item : items) {
        Callable<Integer> call =
            () -> {
              step.run(item);
              return items.size();
            };
        running.add(threads.submit(call));
      }
      for (Future<?> future : running) {
        future.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }
}
