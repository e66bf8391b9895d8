package io.viking.adapter.kit.stream;

import com.google.protobuf.MessageLite;
import io.viking.adapter.kit.failure.Failures;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/**
 * One page of a list. The pages of one listing go through the keys in their order, so that what
 * exists from the first page to the last is on one of them; a token says after which key the next
 * page begins and at which revision the listing began, and needs no state in the adapter.
 *
 * @param nextToken empty on the last page
 * @param revision of the first page, on every page
 */
public record Page<T>(List<T> items, String nextToken, long revision) {
  /** Items on a page when the caller leaves it to the adapter, and at most. */
  public static final int MAX_ITEMS = 1000;

  private static final int MAX_BYTES = 1 << 20;

  /**
   * The page that a request asks for.
   *
   * @param all the items now, by a key that an item keeps; of one cluster
   * @param revision of {@code all}
   * @param size as requested; 0 or too many: {@link #MAX_ITEMS}
   * @param token as requested; empty: the first page
   * @throws io.grpc.StatusRuntimeException INVALID_SPEC for a size below 0 or a token that no page
   *     gave
   */
  public static <T extends MessageLite> Page<T> of(
      NavigableMap<String, T> all, long revision, int size, String token) {
    if (size < 0) {
      throw Failures.exception(
          Failures.invalid("page_size", Integer.toString(size), "it must be 0 or more"));
    }
    if (token.isEmpty()) {
      return cut(all, revision, size);
    }
    Token from = Token.parse(token);
    return cut(all.tailMap(from.after(), false), from.revision(), size);
  }

  private static <T extends MessageLite> Page<T> cut(
      NavigableMap<String, T> rest, long revision, int size) {
    int room = size == 0 ? MAX_ITEMS : Math.min(size, MAX_ITEMS);
    List<T> items = new ArrayList<>();
    int bytes = 0;
    String last = "";
    for (Map.Entry<String, T> entry : rest.entrySet()) {
      bytes += entry.getValue().getSerializedSize();
      if (items.size() == room || (bytes > MAX_BYTES && !items.isEmpty())) {
        return new Page<>(List.copyOf(items), new Token(revision, last).toString(), revision);
      }
      items.add(entry.getValue());
      last = entry.getKey();
    }
    return new Page<>(List.copyOf(items), "", revision);
  }

  private record Token(long revision, String after) {
    static Token parse(String token) {
      try {
        String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        int colon = text.indexOf(':');
        if (colon > 0) {
          return new Token(Long.parseLong(text.substring(0, colon)), text.substring(colon + 1));
        }
      } catch (IllegalArgumentException notOurs) {
        // Told below.
      }
      throw Failures.exception(
          Failures.invalid("page_token", token, "give the next_page_token of the page before"));
    }

    @Override
    public String toString() {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString((revision + ":" + after).getBytes(StandardCharsets.UTF_8));
    }
  }
}
