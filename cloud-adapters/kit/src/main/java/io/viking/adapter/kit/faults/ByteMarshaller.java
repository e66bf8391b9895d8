package io.viking.adapter.kit.faults;

import com.google.common.io.ByteStreams;
import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Messages as they are on the wire. */
enum ByteMarshaller implements MethodDescriptor.Marshaller<byte[]> {
  INSTANCE;

  /** The same method over bytes; its schema stays, so that reflection still tells of it. */
  static MethodDescriptor<byte[], byte[]> untyped(MethodDescriptor<?, ?> method) {
    return method.toBuilder(INSTANCE, INSTANCE).build();
  }

  @Override
  public InputStream stream(byte[] message) {
    return new ByteArrayInputStream(message);
  }

  @Override
  public byte[] parse(InputStream stream) {
    try {
      return ByteStreams.toByteArray(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
