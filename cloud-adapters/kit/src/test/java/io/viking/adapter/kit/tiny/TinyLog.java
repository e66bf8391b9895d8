package io.viking.adapter.kit.tiny;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.viking.adapter.kit.stream.Outlet;
import io.viking.cloud.v1.ReadLogsRequest;
import io.viking.cloud.v1.ReadLogsResponse;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What every container writes when it starts: four lines, a millisecond apart. */
final class TinyLog {
  private static final DateTimeFormatter RFC_3339_NANOS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnnXXX").withZone(ZoneOffset.UTC);

  private record Line(Instant time, String text) {}

  private TinyLog() {}

  static void write(TinyInstance instance, ReadLogsRequest request, Outlet<ReadLogsResponse> outlet)
      throws InterruptedException {
    ByteString log = select(lines(instance), request);
    if (!log.isEmpty()) {
      outlet.send(ReadLogsResponse.newBuilder().setData(log).build());
    }
    if (request.getFollow()) {
      instance.ended().await();
    }
  }

  private static List<Line> lines(TinyInstance instance) {
    Instant start = instant(instance.snapshot().getStartTime());
    return IntStream.rangeClosed(1, 4)
        .mapToObj(i -> new Line(start.plusMillis(i), "line " + i + "\n"))
        .toList();
  }

  private static ByteString select(List<Line> all, ReadLogsRequest request) {
    List<Line> since =
        all.stream()
            .filter(
                line ->
                    !request.hasSinceTime()
                        || !line.time().isBefore(instant(request.getSinceTime())))
            .toList();
    long tail = request.hasTailLines() ? request.getTailLines() : since.size();
    String text =
        since.stream()
            .skip(Math.max(0, since.size() - tail))
            .map(line -> stamp(line, request.getTimestamps()) + line.text())
            .collect(Collectors.joining());
    ByteString bytes = ByteString.copyFromUtf8(text);
    return request.hasLimitBytes() && request.getLimitBytes() < bytes.size()
        ? bytes.substring(0, (int) request.getLimitBytes())
        : bytes;
  }

  private static String stamp(Line line, boolean wanted) {
    return wanted ? RFC_3339_NANOS.format(line.time()) + " " : "";
  }

  private static Instant instant(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }
}
