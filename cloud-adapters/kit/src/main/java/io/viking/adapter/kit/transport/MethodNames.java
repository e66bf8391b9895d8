package io.viking.adapter.kit.transport;

import io.grpc.ServerCall;

/** What people call a method: {@code InstanceService/CreateInstances}, without the package. */
final class MethodNames {
  private MethodNames() {}

  static String of(ServerCall<?, ?> call) {
    String full = call.getMethodDescriptor().getFullMethodName();
    return full.substring(full.lastIndexOf('.', full.indexOf('/')) + 1);
  }
}
