package io.viking.syncer.kubelet.streams.terminated;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResizeReaderTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"Width\":80,\"Height\":24} | 80x24",
        "{\"width\":80,\"height\":24} | 80x24",
        "{\"Width\":1,\"Height\":2} {\"Width\":3,\"Height\":4} | 1x2 3x4",
        "{\"Width\":1}{\"Width\":3,\"Height\":4} | 3x4",
        "{\"Width\":-1,\"Height\":2} | ''",
        "{\"Width\":\"x\",\"Height\":2} | ''",
        "{{{{nonsense}}}} | ''",
      })
  void read_table(String text, String sizes) {
    var reader = new ResizeReader();
    var told = new StringBuilder();
    // Byte by byte: cut anywhere.
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      reader
          .read(Unpooled.wrappedBuffer(new byte[] {each}))
          .forEach(
              size ->
                  told.append(told.isEmpty() ? "" : " ")
                      .append(size.getWidth())
                      .append('x')
                      .append(size.getHeight()));
    }

    assertThat(told).hasToString(sizes);
  }
}
