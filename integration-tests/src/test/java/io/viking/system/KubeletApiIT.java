package io.viking.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The kubelet API itself, for callers with a token of a ServiceAccount and some rights. */
class KubeletApiIT {
  private static final String V4 = "v4.channel.k8s.io";

  private final Cluster cluster = SharedViking.cluster();
  private Kubectl kubectl;
  private String namespace = "";
  private HttpClient client;
  private String base = "";
  private String token = "";
  private String zone = "";

  @BeforeEach
  void letACallerIn() throws Exception {
    kubectl = new Kubectl(SharedViking.process());
    namespace = cluster.newNamespace("kubelet");
    does("run", "web", "--image=nginx");
    does("wait", "pod/web", "--for=condition=Ready", "--timeout=60s");
    zone = does("get", "pod", "web", "-o", "jsonpath={.spec.nodeName}");
    does("create", "serviceaccount", "caller");
    does(
        "create",
        "clusterrole",
        namespace,
        "--verb=get,create",
        "--resource=nodes/proxy,nodes/metrics,nodes/stats");
    does(
        "create",
        "clusterrolebinding",
        namespace,
        "--clusterrole=" + namespace,
        "--serviceaccount=" + namespace + ":caller");
    token = does("create", "token", "caller").strip();
    String address =
        "{.status.addresses[0].address}:{.status.daemonEndpoints.kubeletEndpoint.Port}";
    base = does("get", "node", zone, "-o", "jsonpath=" + address);
    client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(tls()).build();
  }

  @AfterEach
  void cleanUp() throws Exception {
    client.shutdownNow();
    does("delete", "clusterrolebinding", namespace);
    does("delete", "clusterrole", namespace);
    cluster.deleteNamespace(namespace);
  }

  private String does(String... arguments) throws Exception {
    return kubectl.does(
        Stream.concat(Stream.of("-n", namespace), Stream.of(arguments)).toArray(String[]::new));
  }

  /** Trusts the cluster's own authority, as the API server does. */
  private SSLContext tls() throws Exception {
    String pem =
        does(
            "config",
            "view",
            "--raw",
            "-o",
            "jsonpath={.clusters[0].cluster.certificate-authority-data}");
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry(
        "cluster",
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(Base64.getDecoder().decode(pem))));
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private HttpResponse<String> get(String path, String bearer) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("https://" + base + path))
            .header("Authorization", "Bearer " + bearer)
            .build(),
        BodyHandlers.ofString());
  }

  @Test
  void metrics_atThePathThatTheNodeNames_haveThePod() throws Exception {
    String path =
        does(
            "get",
            "node",
            zone,
            "-o",
            "jsonpath={.metadata.annotations.metrics\\.k8s\\.io/resource-metrics-path}");

    assertThat(path).isEqualTo("/metrics/resource/" + zone);
    assertThat(get(path, token).body())
        .contains("namespace=\"%s\",pod=\"web\"} ".formatted(namespace))
        .contains("\nresource_scrape_error 0\n");
    assertThat(get("/stats/summary/" + zone, token).body())
        .contains("\"nodeName\":\"" + zone + "\"")
        .contains("\"namespace\":\"" + namespace + "\"");
    assertThat(get(path, "nonsense").statusCode()).isEqualTo(401);
  }

  @Test
  void exec_overWebSocketV4_echoesItsInput() throws Exception {
    var listener = new Collector();
    WebSocket socket =
        client
            .newWebSocketBuilder()
            .header("Authorization", "Bearer " + token)
            .subprotocols(V4)
            .buildAsync(
                URI.create(
                    "wss://%s/exec/%s/web/web?command=head&command=-n&command=1&input=1&output=1"
                        .formatted(base, namespace)),
                listener)
            .get(30, TimeUnit.SECONDS);
    byte[] line = "\0hello\n".getBytes(StandardCharsets.UTF_8);
    socket.sendBinary(ByteBuffer.wrap(line), true).get(10, TimeUnit.SECONDS);

    assertThat(listener.closed.get(30, TimeUnit.SECONDS)).isEqualTo(1000);
    assertThat(socket.getSubprotocol()).isEqualTo(V4);
    assertThat(listener.text(1)).isEqualTo("hello\n");
    assertThat(listener.text(3)).isEqualTo("{\"metadata\":{},\"status\":\"Success\"}");
  }

  private static final class Collector implements WebSocket.Listener {
    final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final ByteArrayOutputStream[] channels = {
      new ByteArrayOutputStream(),
      new ByteArrayOutputStream(),
      new ByteArrayOutputStream(),
      new ByteArrayOutputStream()
    };

    /** After the close only. */
    String text(int channel) {
      return channels[channel].toString(StandardCharsets.UTF_8);
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      var channel = channels[data.get()];
      while (data.hasRemaining()) {
        channel.write(data.get());
      }
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      closed.complete(status);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      closed.completeExceptionally(error);
    }
  }
}
