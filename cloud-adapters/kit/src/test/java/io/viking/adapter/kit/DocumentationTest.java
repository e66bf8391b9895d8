package io.viking.adapter.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cloud.errors.ErrorReasons;
import io.viking.cloud.v1.ErrorReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages say is what the code does. */
class DocumentationTest {
  private static final Path DOCS = Path.of("../../docs");
  private static final Path TINY = Path.of("src/test/java/io/viking/adapter/kit/tiny");
  private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(#[^)]*)?\\)");

  @Test
  void codeOfWritingAnAdapter_isQuotedFromTheExample() throws IOException {
    List<String> sources;
    try (Stream<Path> files = Files.list(TINY)) {
      sources = files.map(DocumentationTest::read).map(DocumentationTest::squeeze).toList();
    }

    List<String> blocks =
        JAVA_BLOCK
            .matcher(read(DOCS.resolve("writing-an-adapter.md")))
            .results()
            .map(block -> squeeze(block.group(1)))
            .toList();

    assertThat(blocks)
        .isNotEmpty()
        .allSatisfy(
            block -> assertThat(sources).anySatisfy(source -> assertThat(source).contains(block)));
  }

  @Test
  void tableOfReasons_saysWhatTheCodeDoes() {
    List<String> rows =
        Arrays.stream(ErrorReason.values())
            .filter(reason -> ErrorReasons.known(reason) == reason)
            .map(
                reason ->
                    "| `%s` | `%s` | %s |"
                        .formatted(
                            ErrorReasons.wireName(reason),
                            ErrorReasons.code(reason),
                            ErrorReasons.consequence(reason)
                                .name()
                                .toLowerCase(Locale.ROOT)
                                .replace('_', ' ')))
            .toList();

    assertThat(read(DOCS.resolve("contract.md")).lines()).containsAll(rows);
  }

  @Test
  void links_leadSomewhere() {
    for (String page : List.of("contract.md", "writing-an-adapter.md")) {
      assertThat(LINK.matcher(read(DOCS.resolve(page))).results().map(link -> link.group(1)))
          .as("links of %s", page)
          .isNotEmpty()
          .allSatisfy(link -> assertThat(DOCS.resolve(link)).exists());
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException(file + " cannot be read", e);
    }
  }

  private static String squeeze(String code) {
    return code.replaceAll("\\s+", " ").strip();
  }
}
