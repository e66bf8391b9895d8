package io.viking.syncer.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.viking.cloud.v1.Capabilities;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamTargetTest {
  private static final String AT_LEAST_ONE =
      "400 you must specify at least 1 of stdin, stdout, stderr: input=1, output=1, error=1";

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "/exec/shop/web/app?command=ls&output=1 | found",
        "/exec/shop/web/uid-web/app?command=ls&output=1 | found",
        "/exec/shop/web/uid-x/app?command=ls&output=1"
            + " | 404 pod \"web\" with UID uid-x does not exist",
        "/exec/shop/none/app?command=ls&output=1 | 404 pod \"none\" does not exist",
        "/exec/shop/web/nope?command=ls&output=1 | 404 container not found (\"nope\")",
        "/exec/shop/web/late?command=ls&output=1 | 400 container not found (\"late\")",
        "/exec/shop/web/done?command=ls&output=1"
            + " | 400 cannot exec in a stopped container: \"done\" ended with exit code 7",
        "/attach/shop/web/done?output=1"
            + " | 400 cannot attach to a stopped container: \"done\" ended with exit code 7",
        "/exec/shop/web/app?output=1 | 400 command is missing: command=ls&command=-l",
        "/exec/shop/web/app?command=ls | " + AT_LEAST_ONE,
        "/exec/shop/web/app?command=ls&error=1&tty=1 | " + AT_LEAST_ONE,
        "/exec/shop/web/app?command=ls&output=yes"
            + " | 400 output is \"yes\", but must be true or false (or 1 or 0)",
        "/attach/shop/web/app?output=1 | found",
        "/portForward/shop/web | found",
        "/portForward/shop/web?port=80,443 | found",
        "/portForward/shop/web?port=http" + " | 400 port is \"http\", but must be from 1 to 65535",
        "/portForward/shop/web?port=70000"
            + " | 400 port is \"70000\", but must be from 1 to 65535",
        "/portForward/shop/none | 404 pod \"none\" does not exist",
      })
  void of_table(String uri, String expected) {
    assertThat(told(uri, KubeletFixture.ALL)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "/exec/shop/web/app?command=ls&output=1, exec",
    "/attach/shop/web/app?output=1, attach",
    "/portForward/shop/web, portForward",
  })
  void of_poolThatCannot_saysSo(String uri, String what) {
    assertThat(told(uri, Capabilities.getDefaultInstance()))
        .startsWith("501 " + what + " is not possible here: this pool cannot do it");
  }

  private static String told(String uri, Capabilities capabilities) {
    var decoded = new QueryStringDecoder(uri);
    var route = (Route.Streaming) Route.of("POST", decoded.path());
    var pod =
        route.pod().equals("web")
            ? Optional.of(KubeletFixture.pod("web", "zone-a"))
            : Optional.<io.kubernetes.client.openapi.models.V1Pod>empty();
    return switch (StreamTarget.of(route, new Query(decoded.parameters()), pod, capabilities)) {
      case StreamTarget.Found _ -> "found";
      case StreamTarget.Refused(int status, String message) -> status + " " + message;
    };
  }
}
