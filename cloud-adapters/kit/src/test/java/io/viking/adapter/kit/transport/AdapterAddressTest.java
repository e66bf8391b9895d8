package io.viking.adapter.kit.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdapterAddressTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "inprocess:sim",
        "unix:/run/viking/sim.sock",
        "tcp:127.0.0.1:7443",
        "tcp:adapter.example.com:0",
        "tcp:[::1]:7443"
      })
  void address_isWrittenAsItIsRead(String text) {
    assertThat(AdapterAddress.parse(text)).hasToString(text);
  }

  @Test
  void parts_areTakenApart() {
    assertThat(AdapterAddress.parse("unix:/a/b:c")).isEqualTo(unix("/a/b:c"));
    assertThat(AdapterAddress.parse("tcp:[::1]:80")).isEqualTo(new AdapterAddress.Tcp("::1", 80));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sim                    | is none of inprocess:NAME, unix:/path, tcp:host:port
          http://localhost       | is none of inprocess:NAME, unix:/path, tcp:host:port
          inprocess:             | names no server
          unix:run/sim.sock      | is relative
          tcp:localhost          | is not of the form tcp:host:port
          tcp:localhost:         | is not of the form tcp:host:port
          tcp:localhost:http     | is not of the form tcp:host:port
          tcp:::1:80             | an IPv6 host in brackets
          tcp::80                | needs a host and a port
          tcp:localhost:65536    | needs a host and a port of 0 to 65535
          """)
  void oddAddress_isRefused_withTheFormThatIsTaken(String text, String sentence) {
    assertThatThrownBy(() -> AdapterAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void socketPath_of104Bytes_isTaken_andNoLonger() {
    String path = "/" + "x".repeat(103);

    assertThat(AdapterAddress.parse("unix:" + path)).isEqualTo(unix(path));
    assertThatThrownBy(() -> unix(path + "x"))
        .hasMessageContaining("is 105 bytes long; a Unix socket takes at most 104");
  }

  private static AdapterAddress unix(String path) {
    return new AdapterAddress.UnixSocket(Path.of(path));
  }
}
