package io.viking.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.viking.adapter.kit.transport.AdapterAddress;
import io.viking.adapter.kit.transport.AdapterChannel;
import io.viking.adapter.kit.transport.TransportSecurity;
import io.viking.cli.Version;
import io.viking.cloud.v1.GetInfoRequest;
import io.viking.cloud.v1.InfoServiceGrpc;
import io.viking.controlplane.ports.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The container image starts, with nothing of this machine but its kernel. */
class ImageIT {
  private static final Path TAR = Path.of("..", "deploy", "cli", "target", "viking-image.tar");

  @TempDir private static Path directory;
  private static UnpackedImage image;

  @BeforeAll
  static void unpack() throws Exception {
    assumeTrue(Files.isReadable(TAR), "there is no image: deploy/image/build makes it");
    assumeTrue(
        "root".equals(System.getProperty("user.name")),
        "only root may change the root directory of a process");
    Process mounts = new ProcessBuilder("unshare", "--mount", "true").start();
    assumeTrue(mounts.waitFor() == 0, "this root may not mount, which starting an image needs");
    image = UnpackedImage.of(TAR, directory);
  }

  @Test
  void image_isOfNobodyInParticular_andSaysWhatItIs() throws Exception {
    assertThat(image.user()).isEqualTo("65532:65532");
    assertThat(image.config().getAsJsonObject("ExposedPorts").keySet())
        .containsExactlyInAnyOrder("7443/tcp", "9464/tcp", "10250/tcp");
    assertThat(image.config().getAsJsonObject("Labels").get("org.opencontainers.image.version"))
        .hasToString("\"" + Version.viking() + "\"");
    assertThat(image.root().resolve("bin/sh")).doesNotExist();
  }

  @Test
  void version_isPrinted() throws Exception {
    Process process = image.command("version").start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains(Version.viking());
  }

  @Test
  void simulatedCloud_becomesReady_andAnswers() throws Exception {
    int port = Ports.free(new SecureRandom());
    try (Running cloud =
        Running.start("adapter", "sim", "--listen=tcp:127.0.0.1:" + port, "--state-dir=/tmp/sim")) {
      cloud.awaitReady();
      try (AdapterChannel channel =
          AdapterChannel.open(
              AdapterAddress.parse("tcp:127.0.0.1:" + port), TransportSecurity.insecure())) {
        assertThat(
                InfoServiceGrpc.newBlockingStub(channel.channel())
                    .getInfo(GetInfoRequest.getDefaultInstance())
                    .getAdapterName())
            .isNotBlank();
      }
    }
  }

  /** Name look-ups, the JDK's trust and the native TLS are all needed for it. */
  @Test
  void scheduler_becomesReady_onAnApiServer() throws Exception {
    Path kubeconfig = image.root().resolve("tmp").resolve("kubeconfig");
    Files.copy(SharedViking.process().dataDirectory().resolve("admin.kubeconfig"), kubeconfig);
    Files.setPosixFilePermissions(kubeconfig, PosixFilePermissions.fromString("rw-r--r--"));
    int port = Ports.free(new SecureRandom());
    try (Running cloud = Running.start("adapter", "sim", "--listen=tcp:127.0.0.1:" + port);
        Running scheduler =
            Running.start(
                "scheduler",
                "--kubeconfig=/tmp/kubeconfig",
                "--adapter=tcp:127.0.0.1:" + port,
                "--scheduler-name=image-it")) {
      cloud.awaitReady();
      scheduler.awaitReady();
      assertThat(scheduler.said()).doesNotContain("TLS by the JDK");
    }
  }

  /** A process of the image. */
  private record Running(Process process, Path output, int port) implements AutoCloseable {
    static Running start(String... arguments) throws IOException {
      int port = Ports.free(new SecureRandom());
      Path output = Files.createTempFile(directory, "image", ".log");
      String[] all =
          Stream.concat(List.of(arguments).stream(), Stream.of("--http-port=" + port))
              .toArray(String[]::new);
      return new Running(image.command(all).redirectOutput(output.toFile()).start(), output, port);
    }

    String said() throws IOException {
      return Files.readString(output, StandardCharsets.UTF_8);
    }

    void awaitReady() throws IOException {
      try (HttpClient client = HttpClient.newHttpClient()) {
        Await.until("an answer at /readyz", () -> !process.isAlive() || readiness(client) == 200);
      }
      assertThat(process.isAlive()).as("it runs on, and does not end with: " + said()).isTrue();
    }

    private int readiness(HttpClient client) throws IOException, InterruptedException {
      URI address = URI.create("http://127.0.0.1:%d/readyz".formatted(port));
      return client
          .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
          .statusCode();
    }

    @Override
    public void close() throws Exception {
      process.destroy();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("it ends when told").isTrue();
    }
  }
}
