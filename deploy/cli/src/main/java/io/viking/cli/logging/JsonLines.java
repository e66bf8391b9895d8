package io.viking.cli.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;

/**
 * One JSON object per line, with the names that Kubernetes' own components use for theirs: {@code
 * ts} (milliseconds since 1970), {@code level}, {@code logger}, {@code thread}, {@code msg}, {@code
 * err} with the stack trace.
 */
final class JsonLines extends EncoderBase<ILoggingEvent> {
  private static final byte[] NOTHING = {};

  private final Gson gson = new GsonBuilder().disableHtmlEscaping().create();

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    var line = new JsonObject();
    line.addProperty("ts", event.getTimeStamp());
    line.addProperty("level", event.getLevel().levelStr.toLowerCase(java.util.Locale.ROOT));
    line.addProperty("logger", event.getLoggerName());
    line.addProperty("thread", event.getThreadName());
    line.addProperty("msg", event.getFormattedMessage());
    if (event.getThrowableProxy() != null) {
      line.addProperty("err", ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    return (gson.toJson(line) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }
}
