package io.viking.syncer.kubelet;

import static io.viking.syncer.testing.Prompt.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Kubernetes' channels over the JDK's own WebSocket. */
final class WebSocketClient implements WebSocket.Listener {
  private final Map<Integer, ByteArrayOutputStream> received = new ConcurrentHashMap<>();
  private final ByteArrayOutputStream message = new ByteArrayOutputStream();
  private final List<String> pongs = new CopyOnWriteArrayList<>();
  private final Object demand = new Object();
  private WebSocket socket;
  private boolean reading = true;
  private boolean owing;
  private volatile int messages;
  private volatile int closeStatus;
  private volatile boolean closed;

  static WebSocketClient connect(KubeletFixture kubelet, String path, String... protocols)
      throws Exception {
    var client = new WebSocketClient();
    var builder = kubelet.apiServer.newWebSocketBuilder();
    if (protocols.length > 0) {
      builder.subprotocols(
          protocols[0], java.util.Arrays.copyOfRange(protocols, 1, protocols.length));
    }
    URI uri = URI.create("wss://127.0.0.1:" + kubelet.server.port() + path);
    client.socket = builder.buildAsync(uri, client).get(10, TimeUnit.SECONDS);
    return client;
  }

  String protocol() {
    return socket.getSubprotocol();
  }

  void send(int channel, byte[] data) {
    offer(channel, data).join();
  }

  /** Without waiting: the other side may hang up meanwhile. */
  CompletableFuture<WebSocket> offer(int channel, byte[] data) {
    byte[] frame = new byte[data.length + 1];
    frame[0] = (byte) channel;
    System.arraycopy(data, 0, frame, 1, data.length);
    return socket.sendBinary(ByteBuffer.wrap(frame), true);
  }

  void send(int channel, String data) {
    send(channel, data.getBytes(StandardCharsets.UTF_8));
  }

  /** One message in two fragments. */
  void sendInTwo(int channel, String first, String second) {
    byte[] bytes = first.getBytes(StandardCharsets.UTF_8);
    ByteBuffer frame = ByteBuffer.allocate(bytes.length + 1).put((byte) channel).put(bytes).flip();
    socket.sendBinary(frame, false).join();
    socket.sendBinary(ByteBuffer.wrap(second.getBytes(StandardCharsets.UTF_8)), true).join();
  }

  void ping(String payload) {
    socket.sendPing(ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8))).join();
  }

  List<String> pongs() {
    return List.copyOf(pongs);
  }

  /** Off: what comes is left where it is, until on. */
  void reading(boolean on) {
    synchronized (demand) {
      reading = on;
      if (on && owing) {
        owing = false;
        socket.request(1);
      }
    }
  }

  private void next(WebSocket from) {
    synchronized (demand) {
      if (reading) {
        from.request(1);
      } else {
        owing = true;
      }
    }
  }

  byte[] bytes(int channel) {
    var bytes = received.get(channel);
    return bytes == null ? new byte[0] : bytes.toByteArray();
  }

  String text(int channel) {
    return new String(bytes(channel), StandardCharsets.UTF_8);
  }

  void awaitText(int channel, String expected) {
    await().untilAsserted(() -> assertThat(text(channel)).isEqualTo(expected));
  }

  void awaitBytes(int channel, byte[] expected) {
    await().untilAsserted(() -> assertThat(bytes(channel)).isEqualTo(expected));
  }

  int messages() {
    return messages;
  }

  boolean isClosed() {
    return closed;
  }

  int closeStatus() {
    return closeStatus;
  }

  void abort() {
    socket.abort();
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    message.writeBytes(bytes);
    if (last) {
      byte[] whole = message.toByteArray();
      message.reset();
      received
          .computeIfAbsent(Byte.toUnsignedInt(whole[0]), made -> new ByteArrayOutputStream())
          .write(whole, 1, whole.length - 1);
      messages++;
    }
    next(from);
    return null;
  }

  @Override
  public CompletionStage<?> onPong(WebSocket from, ByteBuffer payload) {
    pongs.add(StandardCharsets.UTF_8.decode(payload).toString());
    next(from);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
    closeStatus = status;
    closed = true;
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closed = true;
  }
}
