package io.viking.kube.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubernetes.client.openapi.models.V1Pod;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;

class WatchStreamTest {
  private static final String LINE =
      "{\"type\":\"BOOKMARK\",\"object\":{\"metadata\":{\"resourceVersion\":\"%d\"}}}";

  @Test
  void next_linesAndALastOneWithoutEnd_areAllRead() {
    try (WatchStream<V1Pod> watch =
        watch(LINE.formatted(1) + "\n" + LINE.formatted(2) + "\r\n" + LINE.formatted(3))) {
      for (int version = 1; version <= 3; version++) {
        assertThat(watch.next()).contains(new WatchFrame.Bookmark<>(Integer.toString(version)));
      }
      assertThat(watch.next()).isEmpty();
    }
  }

  @Test
  void next_nothing_isTheEnd() {
    try (WatchStream<V1Pod> watch = watch("")) {
      assertThat(watch.next()).isEmpty();
    }
  }

  @Test
  void next_emptyLine_isNoAnswer() {
    try (WatchStream<V1Pod> watch = watch("\n" + LINE.formatted(1) + "\n")) {
      assertThatThrownBy(watch::next).isInstanceOf(KubeApiException.class);
    }
  }

  private static WatchStream<V1Pod> watch(String body) {
    Request request = new Request.Builder().url("http://localhost/watch").build();
    Response response =
        new Response.Builder()
            .request(request)
            .protocol(Protocol.HTTP_1_1)
            .code(200)
            .message("OK")
            .body(ResponseBody.create(body, null))
            .build();
    return new WatchStream<>(
        new OkHttpClient().newCall(request), response, new ObjectDecoder<>(V1Pod.class));
  }
}
