package io.viking.syncer.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.viking.cloud.v1.ReadLogsRequest;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogQueryTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  @Test
  void read_everyOption_isPassedOn() throws Exception {
    ReadLogsRequest request =
        read("follow=true&previous=true&timestamps=true&tailLines=0&limitBytes=7&sinceSeconds=60");

    assertThat(request.getFollow()).isTrue();
    assertThat(request.getPrevious()).isTrue();
    assertThat(request.getTimestamps()).isTrue();
    assertThat(request.hasTailLines()).isTrue();
    assertThat(request.getTailLines()).isZero();
    assertThat(request.getLimitBytes()).isEqualTo(7);
    assertThat(request.getSinceTime().getSeconds()).isEqualTo(NOW.getEpochSecond() - 60);
  }

  @Test
  void read_nothing_asksForAll() throws Exception {
    assertThat(read("")).isEqualTo(ReadLogsRequest.getDefaultInstance());
  }

  @Test
  void read_sinceTimeWithOffset_isThatInstant() throws Exception {
    assertThat(read("sinceTime=2026-11-21T12:00:00%2B02:00").getSinceTime().getSeconds())
        .isEqualTo(NOW.getEpochSecond());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "follow=maybe, follow is",
    "stream=Stderr, stream is",
    "tailLines=-1, tailLines is",
    "limitBytes=0, limitBytes is",
    "sinceSeconds=x, sinceSeconds is",
    "sinceTime=yesterday, sinceTime is",
    "sinceTime=2026-11-21T10:00:00Z&sinceSeconds=1, at most one of",
  })
  void read_nonsense_isToldByName(String query, String message) {
    assertThatThrownBy(() -> read(query))
        .isInstanceOf(InvalidQueryException.class)
        .hasMessageStartingWith(message);
  }

  private static ReadLogsRequest read(String query) throws InvalidQueryException {
    return LogQuery.read(new Query(new QueryStringDecoder("/?" + query).parameters()), NOW).build();
  }
}
