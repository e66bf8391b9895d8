package io.viking.kube.http2;

import java.util.Map;

/**
 * A call, small enough to be held whole. The arrays and maps must not be changed any more.
 *
 * @param path with its query, encoded
 * @param headers by their lower-case names; what HTTP/2 itself asks for is added
 */
public record Http2Request(String method, String path, Map<String, String> headers, byte[] body) {}
