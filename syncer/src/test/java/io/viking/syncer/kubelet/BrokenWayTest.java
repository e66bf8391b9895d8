package io.viking.syncer.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.viking.syncer.kubelet.streams.StreamWay;
import org.junit.jupiter.api.Test;

/** A way of serving streams that has a defect: its callers are not left waiting. */
class BrokenWayTest {
  private static final String EXEC = "/exec/shop/web/app?command=cat&output=1";

  private static KubeletFixture kubelet(StreamWay way) throws Exception {
    return new KubeletFixture(KubeletFixture.ALL, ConnectionLimits.DEFAULT, cloud -> way);
  }

  @Test
  void defect_beforeTheSwitch_isAnswered500() throws Exception {
    try (var kubelet =
        kubelet(
            (request, upgrade) -> {
              throw new IllegalStateException("a defect, before");
            })) {
      var response = kubelet.get(EXEC);

      assertThat(response.statusCode()).isEqualTo(500);
      assertThat(response.body()).isEqualTo("internal error\n");
      assertThat(kubelet.get("/healthz").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void defect_afterTheSwitch_cutsTheConnection() throws Exception {
    try (var kubelet =
            kubelet(
                (request, upgrade) ->
                    upgrade.accept(
                        new DefaultHttpHeaders(),
                        pipeline -> {
                          throw new IllegalStateException("a defect, after");
                        }));
        var caller = kubelet.spdy(EXEC, "v4.channel.k8s.io")) {
      assertThat(caller.answer()).startsWith("101");

      caller.awaitClosed();
    }
  }
}
