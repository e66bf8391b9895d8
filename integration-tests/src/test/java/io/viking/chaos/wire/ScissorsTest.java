package io.viking.chaos.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ScissorsTest {
  @TempDir Path directory;
  private ServerSocketChannel server;
  private Scissors scissors;
  private SocketChannel client;
  private SocketChannel adapter;

  @BeforeEach
  void connect() throws IOException {
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(directory.resolve("up")));
    scissors = Scissors.start(directory.resolve("at"), directory.resolve("up"));
    client = SocketChannel.open(UnixDomainSocketAddress.of(directory.resolve("at")));
    adapter = server.accept();
    await().until(() -> scissors.cut(1000) == 1);
  }

  @AfterEach
  void close() throws IOException {
    scissors.close();
    client.close();
    adapter.close();
    server.close();
  }

  @Test
  void bytes_passBothWays() throws IOException {
    write(client, "question");
    assertThat(read(adapter, 8)).isEqualTo("question");

    write(adapter, "answer");
    assertThat(read(client, 6)).isEqualTo("answer");
  }

  @Test
  void cut_inTheMiddle_endsBothSides_afterThatMuch() throws IOException {
    scissors.cut(3);
    write(adapter, "answer");

    assertThat(readAll(client)).isEqualTo("ans");
    assertThat(readAll(adapter)).isEmpty();
    assertThat(scissors.cut(0)).isZero();
  }

  @Test
  void cut_atOnce_endsBothSides() throws IOException {
    assertThat(scissors.cut(0)).isEqualTo(1);

    assertThat(readAll(client)).isEmpty();
    assertThat(readAll(adapter)).isEmpty();
  }

  @Test
  void nobodyUpstream_endsTheClient() throws IOException {
    server.close();
    try (SocketChannel late =
        SocketChannel.open(UnixDomainSocketAddress.of(directory.resolve("at")))) {
      assertThat(readAll(late)).isEmpty();
    }
  }

  private static void write(SocketChannel channel, String text) throws IOException {
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String read(SocketChannel channel, int bytes) throws IOException {
    return new String(Channels.newInputStream(channel).readNBytes(bytes), StandardCharsets.UTF_8);
  }

  private static String readAll(SocketChannel channel) throws IOException {
    return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
  }
}
