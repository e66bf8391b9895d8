package io.viking.cli.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class LoggingTest {
  @TempDir Path directory;

  @AfterEach
  void close() {
    Logging.close();
  }

  @Test
  void json_isOneObjectPerLine_withTheStackTraceInside() throws Exception {
    Path file = directory.resolve("viking.log");
    Logging.configure(LogFormat.JSON, file, false);

    LoggerFactory.getLogger("io.viking.test")
        .info("pod {} says \"<{}>\"", "default/web", 1, new IllegalStateException("why\nso"));
    Logging.close();

    assertThat(Files.readAllLines(file)).hasSize(1);
    JsonObject line = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    assertThat(line.get("level").getAsString()).isEqualTo("info");
    assertThat(line.get("logger").getAsString()).isEqualTo("io.viking.test");
    assertThat(line.get("msg").getAsString()).isEqualTo("pod default/web says \"<1>\"");
    assertThat(line.get("err").getAsString()).contains("IllegalStateException", "LoggingTest");
  }

  @Test
  void text_holdsOursFromInfoOn_andLibrariesFromWarningsOn() throws Exception {
    Path file = directory.resolve("viking.log");
    Logging.configure(LogFormat.TEXT, file, false);

    LoggerFactory.getLogger("io.viking.test").info("ours");
    LoggerFactory.getLogger("org.library").info("chatter");
    LoggerFactory.getLogger("org.library").warn("trouble");
    LoggerFactory.getLogger("okhttp3.internal").warn("retried anyway");
    Logging.close();

    assertThat(Files.readString(file))
        .containsPattern("INFO  +io.viking.test +ours")
        .contains("trouble")
        .doesNotContain("chatter", "retried anyway");
  }
}
