package io.viking.cli.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets up what the server logs: everything of ours from INFO on to a file that is rolled at 50 MB,
 * three old ones kept; to the console from a level of the caller's choice. Libraries log warnings,
 * to the file alone.
 */
public final class Logging {
  private static final String OURS = "io.viking";
  private static final String PATTERN =
      "%d{\"yyyy-MM-dd'T'HH:mm:ss.SSSXXX\",UTC} %-5level %-40.40logger{39} %msg%n";
  private static final String CONSOLE_PATTERN = "viking: %level: %msg%n%nopex";
  private static final int OLD_FILES = 3;

  private Logging() {}

  /**
   * Replaces whatever was set up before.
   *
   * @param verbose whether the console shows INFO; else warnings only
   */
  public static void configure(LogFormat format, Path file, boolean verbose) {
    LoggerContext context = blank();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(file(context, format, file));
    context
        .getLogger(OURS)
        .addAppender(console(context, format, verbose ? Level.INFO : Level.WARN, CONSOLE_PATTERN));
  }

  /** For a process whose standard error is its log. Replaces whatever was set up before. */
  public static void toStandardError(LogFormat format) {
    LoggerContext context = blank();
    context
        .getLogger(Logger.ROOT_LOGGER_NAME)
        .addAppender(console(context, format, Level.INFO, PATTERN));
  }

  private static LoggerContext blank() {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
    context.getLogger(OURS).setLevel(Level.INFO);
    // They log what the loops retry, and say with their own words.
    for (String chatty : new String[] {"io.grpc", "io.netty", "okhttp3", "io.kubernetes"}) {
      context.getLogger(chatty).setLevel(Level.ERROR);
    }
    return context;
  }

  /** Writes what is still on its way and closes the file. */
  public static void close() {
    ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
  }

  private static Appender<ILoggingEvent> console(
      LoggerContext context, LogFormat format, Level from, String pattern) {
    var console = new ConsoleAppender<ILoggingEvent>();
    console.setTarget("System.err");
    var threshold = new ThresholdFilter();
    threshold.setLevel(from.levelStr);
    threshold.start();
    console.addFilter(threshold);
    return started(console, context, "console", encoder(context, format, pattern));
  }

  private static Appender<ILoggingEvent> file(LoggerContext context, LogFormat format, Path file) {
    var rolling = new RollingFileAppender<ILoggingEvent>();
    rolling.setFile(file.toString());
    var names = new FixedWindowRollingPolicy();
    names.setContext(context);
    names.setParent(rolling);
    names.setFileNamePattern(file + ".%i");
    names.setMinIndex(1);
    names.setMaxIndex(OLD_FILES);
    names.start();
    var size = new SizeBasedTriggeringPolicy<ILoggingEvent>();
    size.setMaxFileSize(FileSize.valueOf("50MB"));
    size.setContext(context);
    size.start();
    rolling.setRollingPolicy(names);
    rolling.setTriggeringPolicy(size);
    return started(rolling, context, "file", encoder(context, format, PATTERN));
  }

  private static Appender<ILoggingEvent> started(
      OutputStreamAppender<ILoggingEvent> appender,
      LoggerContext context,
      String name,
      Encoder<ILoggingEvent> encoder) {
    appender.setContext(context);
    appender.setName(name);
    appender.setEncoder(encoder);
    appender.start();
    return appender;
  }

  private static Encoder<ILoggingEvent> encoder(
      LoggerContext context, LogFormat format, String pattern) {
    return switch (format) {
      case JSON -> {
        var json = new JsonLines();
        json.setContext(context);
        json.start();
        yield json;
      }
      case TEXT -> {
        var text = new PatternLayoutEncoder();
        text.setContext(context);
        text.setPattern(pattern);
        text.start();
        yield text;
      }
    };
  }
}
