package io.viking.kube.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimeAdapterTest {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT);

  private final TimeAdapter adapter = new TimeAdapter();

  @Test
  void write_anyTime_isAsItsFormatSays() {
    var random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      var instant =
          Instant.ofEpochSecond(
              random.nextLong(-70_000_000_000L, 300_000_000_000L), random.nextInt(1_000_000_000));
      OffsetDateTime utc = OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
      var elsewhere = utc.withOffsetSameInstant(ZoneOffset.ofHours(random.nextInt(-18, 19)));
      assertThat(adapter.toJson(elsewhere)).isEqualTo('"' + FORMAT.format(utc) + '"');
    }
  }

  @Test
  void write_yearsOfMoreDigits_areAsTheFormatSays() {
    for (int year : new int[] {-1, 0, 9_999, 10_000}) {
      OffsetDateTime time = OffsetDateTime.of(year, 1, 2, 3, 4, 5, 6_000, ZoneOffset.UTC);
      assertThat(adapter.toJson(time)).isEqualTo('"' + FORMAT.format(time) + '"');
    }
  }
}
