package io.viking.adapter.kit.transport;

import io.grpc.ServerBuilder;
import io.grpc.inprocess.InProcessServerBuilder;

record InProcessBinding(AdapterAddress.InProcess address) implements Binding {
  @Override
  public ServerBuilder<?> open() {
    return InProcessServerBuilder.forName(address.name());
  }
}
