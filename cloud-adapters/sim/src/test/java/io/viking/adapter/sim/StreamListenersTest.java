package io.viking.adapter.sim;

import static io.viking.adapter.sim.TestNetwork.layer4;
import static io.viking.adapter.sim.TestNetwork.listener;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.viking.adapter.sim.network.serve.Wire;
import io.viking.cloud.v1.Protocol;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listeners of layer 4 as a client meets them: over real sockets. */
class StreamListenersTest {
  @TempDir Path state;

  private TestNetwork network;

  @BeforeEach
  void start() throws IOException {
    network = new TestNetwork(state);
  }

  @AfterEach
  void stop() throws IOException {
    network.close();
  }

  @Test
  void tcp_reachesAPod_thatSpeaksHttp_orSendsBackWhatComes() throws IOException {
    network.create("0");
    network.ensure(layer4(listener(18_080, Protocol.PROTOCOL_TCP)));
    network.register("web", "0");
    String address = network.socket(18_080);

    assertThat(Wire.get(address, "any", "/hello?a=b", "X-Seen: yes"))
        .startsWith("HTTP/1.1 200 OK")
        .contains("\"pod\": \"web-0\"")
        .contains("\"namespace\": \"shop\"")
        .contains("\"uid\": \"0\"")
        .contains("\"port\": 8080")
        .contains("\"path\": \"/hello?a=b\"")
        .contains("\"x-seen\": \"yes\"");
    assertThat(Wire.echo(address, "hello\n", 6)).isEqualTo("hello\n");
  }

  @Test
  void tcp_withoutAPod_isClosed_andAPodThatIsDeletedTakesNothing() throws IOException {
    network.ensure(layer4(listener(18_081, Protocol.PROTOCOL_TCP)));
    String address = network.socket(18_081);

    assertThatThrownBy(() -> answered(Wire.get(address, "any", "/")))
        .isInstanceOf(IOException.class);

    network.create("0");
    network.register("web", "0");
    assertThat(Wire.get(address, "any", "/")).contains("web-0");

    network.remove("0");
    await()
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> answered(Wire.get(address, "any", "/")))
                    .isInstanceOf(IOException.class));
  }

  @Test
  void udp_answersWithThePodAndWhatItGot() throws IOException {
    network.create("0");
    network.ensure(layer4(listener(18_053, Protocol.PROTOCOL_UDP)));
    network.register("web", "0");

    byte[] answer = Wire.datagram(network.socket(18_053), "ping".getBytes(StandardCharsets.UTF_8));

    assertThat(new String(answer, StandardCharsets.UTF_8))
        .contains("\"pod\":\"web-0\"")
        .contains("\"received\":\"ping\"");
  }

  @Test
  void clientsThatMayNot_areClosedOut() throws IOException {
    network.create("0");
    network.ensure(layer4(listener(18_082, Protocol.PROTOCOL_TCP).addAllowCidrs("10.0.0.0/8")));
    network.register("web", "0");
    String address = network.socket(18_082);

    assertThatThrownBy(() -> answered(Wire.get(address, "any", "/")))
        .isInstanceOf(IOException.class);

    network.ensure(layer4(listener(18_082, Protocol.PROTOCOL_TCP).addAllowCidrs("127.0.0.0/8")));
    await().untilAsserted(() -> assertThat(Wire.get(address, "any", "/")).contains("web-0"));
  }

  @Test
  void listenerThatGoes_closesItsPort_andStoppingClosesAll() throws IOException {
    network.create("0");
    network.ensure(
        layer4(listener(18_085, Protocol.PROTOCOL_TCP), listener(18_086, Protocol.PROTOCOL_TCP)));
    network.register("web", "0");
    String goes = network.socket(18_085);
    String stays = network.socket(18_086);

    network.ensure(layer4(listener(18_086, Protocol.PROTOCOL_TCP)));
    await().untilAsserted(() -> assertRefused(goes));
    assertThat(Wire.get(stays, "any", "/")).contains("web-0");

    network.stopLoadBalancer(true);
    await().untilAsserted(() -> assertRefused(stays));
    network.stopLoadBalancer(false);
    await().untilAsserted(() -> assertThat(Wire.get(stays, "any", "/")).contains("web-0"));

    network.delete();
    await().untilAsserted(() -> assertRefused(stays));
  }

  @Test
  void restart_opensTheSameDoors() throws Exception {
    network.create("0");
    network.ensure(layer4(listener(18_087, Protocol.PROTOCOL_TCP)));
    network.register("web", "0");
    String before = network.socket(18_087);

    network.restart();

    assertThat(network.socket(18_087)).isEqualTo(before);
    assertThat(Wire.get(before, "any", "/")).contains("web-0");
  }

  private static void assertRefused(String address) {
    assertThatThrownBy(() -> Wire.get(address, "any", "/")).isInstanceOf(ConnectException.class);
  }

  /** An end without an answer is as good as an exception. */
  private static void answered(String answer) throws IOException {
    if (answer.isEmpty()) {
      throw new IOException("closed");
    }
  }
}
