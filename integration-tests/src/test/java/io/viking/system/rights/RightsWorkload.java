package io.viking.system.rights;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.system.Await;
import io.viking.system.Cluster;
import io.viking.system.Kubectl;
import io.viking.system.VikingProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A little of everything that makes the loops call the API server. */
final class RightsWorkload {
  private final VikingProcess viking;
  private final Cluster cluster;
  private final Kubectl kubectl;
  private String namespace = "";

  RightsWorkload(VikingProcess viking) throws Exception {
    this.viking = viking;
    this.cluster = viking.cluster();
    this.kubectl = new Kubectl(viking);
  }

  /** Leaves nothing behind but what it was to show. */
  void run() throws Exception {
    namespace = cluster.newNamespace("rights");
    profile();
    references();
    kubelet();
    zones();
    network();
    volumes();
    spot();
    preemption();
    forcedDeletion();
    cluster.deleteNamespace(namespace);
  }

  private String does(String... arguments) throws Exception {
    String[] all = new String[arguments.length + 2];
    all[0] = "-n";
    all[1] = namespace;
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return kubectl.does(all);
  }

  private void applies(String yaml) throws Exception {
    kubectl.applies(namespace, yaml);
  }

  private void awaitReady(String what) throws Exception {
    does("wait", what, "--for=condition=Ready", "--timeout=60s");
  }

  private void profile() throws Exception {
    kubectl.applies(
        "kube-system",
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: eci-profile}
        data:
          selectors: |
            [{"name": "all", "namespaceSelector": {"matchLabels": {"team": "none"}},
              "effect": {"annotations": {"a.example/b": "c"}}}]
        """);
  }

  private void references() throws Exception {
    applies(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: settings}
        data: {color: red}
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: login}
        stringData: {password: sesame}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: reader}
        spec:
          volumes:
          - {name: conf, configMap: {name: settings}}
          - {name: login, secret: {secretName: login}}
          containers:
          - name: main
            image: nginx
            env: [{name: PASSWORD, valueFrom: {secretKeyRef: {name: login, key: password}}}]
            volumeMounts: [{name: conf, mountPath: /conf}, {name: login, mountPath: /login}]
        """);
    awaitReady("pod/reader");
    does(
        "run",
        "never",
        "--image=nginx",
        "--overrides={\"spec\":{\"nodeSelector\":{\"no\":\"where\"}}}");
    Await.until(
        "the pod that fits nowhere is told so",
        () ->
            !does("get", "events", "--field-selector=involvedObject.name=never").isBlank()
                && cluster.events(namespace, "never").stream()
                    .anyMatch(e -> e.startsWith("FailedScheduling")));
    does("delete", "pod", "never");
  }

  private void kubelet() throws Exception {
    assertThat(does("exec", "reader", "--", "cat", "/conf/color")).isEqualTo("red");
    does("logs", "reader");
    does("create", "serviceaccount", "caller");
    String token = does("create", "token", "caller").strip();
    String node = does("get", "pod", "reader", "-o", "jsonpath={.spec.nodeName}");
    String base =
        does(
            "get",
            "node",
            node,
            "-o",
            "jsonpath={.status.addresses[0].address}:{.status.daemonEndpoints.kubeletEndpoint.Port}");
    try (HttpClient client = HttpClient.newBuilder().sslContext(trust()).build()) {
      int status =
          client
              .send(
                  HttpRequest.newBuilder(URI.create("https://" + base + "/pods"))
                      .header("Authorization", "Bearer " + token)
                      .build(),
                  BodyHandlers.ofString())
              .statusCode();
      assertThat(status).as("somebody without rights").isEqualTo(403);
    }
  }

  private SSLContext trust() throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (var authority =
        Files.newInputStream(viking.dataDirectory().resolve("pki").resolve("ca.crt"))) {
      trusted.setCertificateEntry(
          "cluster", CertificateFactory.getInstance("X.509").generateCertificate(authority));
    }
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  /** A label that somebody took off a zone is put back. */
  private void zones() throws Exception {
    String zone = does("get", "nodes", "-o", "jsonpath={.items[0].metadata.name}");
    does("label", "node", zone, "kubernetes.io/os-");
    Await.until(
        "the label of the zone",
        () ->
            does("get", "node", zone, "-o", "jsonpath={.metadata.labels.kubernetes\\.io/os}")
                .equals("linux"));
  }

  private void network() throws Exception {
    applies(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: main, image: nginx, ports: [{name: http, containerPort: 8080}]}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec:
          type: LoadBalancer
          selector: {app: web}
          ports: [{name: http, port: 80, targetPort: http}]
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: web}
        spec:
          ingressClassName: alb
          defaultBackend: {service: {name: web, port: {number: 80}}}
        """);
    for (String object : new String[] {"service/web", "ingress/web"}) {
      Await.until(
          "the load balancer of " + object,
          () -> !does("get", object, "-o", "jsonpath={.status.loadBalancer.ingress[0]}").isBlank());
    }
    does("delete", "service/web", "ingress/web", "--timeout=60s");
    does("delete", "deployment", "web");
  }

  /** One whose claim is told a zone, and one that finds a volume which is there. */
  private void volumes() throws Exception {
    String zone = does("get", "nodes", "-o", "jsonpath={.items[0].metadata.name}");
    applies(
        """
        apiVersion: storage.k8s.io/v1
        kind: StorageClass
        metadata: {name: rights-made}
        provisioner: nobody.example
        volumeBindingMode: WaitForFirstConsumer
        ---
        apiVersion: storage.k8s.io/v1
        kind: StorageClass
        metadata: {name: rights-there}
        provisioner: kubernetes.io/no-provisioner
        volumeBindingMode: WaitForFirstConsumer
        ---
        apiVersion: v1
        kind: PersistentVolume
        metadata: {name: rights-there}
        spec:
          capacity: {storage: 1Gi}
          accessModes: [ReadWriteOnce]
          persistentVolumeReclaimPolicy: Retain
          storageClassName: rights-there
          csi: {driver: nobody.example, volumeHandle: there}
          nodeAffinity:
            required:
              nodeSelectorTerms:
              - matchExpressions: [{key: topology.kubernetes.io/zone, operator: In, values: [%s]}]
        """
            .formatted(zone));
    Await.until(
        "a volume that is available",
        () ->
            does("get", "pv", "rights-there", "-o", "jsonpath={.status.phase}")
                .equals("Available"));
    for (String name : new String[] {"made", "there"}) {
      applies(
          """
          apiVersion: v1
          kind: PersistentVolumeClaim
          metadata: {name: %1$s}
          spec:
            storageClassName: rights-%1$s
            accessModes: [ReadWriteOnce]
            resources: {requests: {storage: 1Gi}}
          ---
          apiVersion: v1
          kind: Pod
          metadata: {name: %1$s}
          spec:
            containers: [{name: main, image: nginx}]
            volumes: [{name: data, persistentVolumeClaim: {claimName: %1$s}}]
          """
              .formatted(name));
    }
    awaitReady("pod/there");
    Await.until(
        "a claim that was told its zone",
        () ->
            does("get", "pvc", "made", "-o", "jsonpath={.metadata.annotations}")
                .contains("selected-node"));
    does("delete", "pod", "made", "there");
    does("delete", "pvc", "made", "there");
    does("delete", "pv", "rights-there");
    does("delete", "storageclass", "rights-made", "rights-there");
  }

  private void spot() throws Exception {
    applies(
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: spot
          annotations:
            k8s.aliyun.com/eci-spot-strategy: SpotAsPriceGo
            k8s.aliyun.com/eci-spot-release-strategy: api-evict
        spec: {containers: [{name: main, image: nginx}]}
        """);
    awaitReady("pod/spot");
    String uid = does("get", "pod", "spot", "-o", "jsonpath={.metadata.uid}");
    cluster.operator().reclaim(cluster.clusterId(), uid);
    does("wait", "pod/spot", "--for=delete", "--timeout=60s");
  }

  private void preemption() throws Exception {
    applies(
        """
        apiVersion: scheduling.k8s.io/v1
        kind: PriorityClass
        metadata: {name: rights}
        value: 1000
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: low}
        spec:
          replicas: 14
          selector: {matchLabels: {app: low}}
          template:
            metadata: {labels: {app: low}}
            spec: {containers: [{name: main, image: nginx}]}
        """);
    Await.until("a full quota", () -> cluster.instances(namespace).size() == 14);
    does(
        "run",
        "high",
        "--image=nginx",
        "--overrides={\"spec\":{\"priorityClassName\":\"rights\"}}");
    awaitReady("pod/high");
    does("delete", "deployment", "low");
    does("delete", "priorityclass", "rights");
  }

  /** Its instance is without a pod: the API server itself is asked before it goes. */
  private void forcedDeletion() throws Exception {
    awaitReady("pod/reader");
    does("delete", "pod", "reader", "--force", "--grace-period=0");
    Await.until(
        "no instance without a pod",
        () -> cluster.instances(namespace).stream().noneMatch(i -> i.getName().equals("reader")));
  }
}
