package io.viking.adapter.kit.faults;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.viking.cloud.v1.CreateInstancesRequest;
import io.viking.cloud.v1.CreateInstancesResponse;
import io.viking.cloud.v1.DeleteInstancesRequest;
import io.viking.cloud.v1.DeleteInstancesResponse;
import io.viking.cloud.v1.Failure;
import io.viking.cloud.v1.InstanceServiceGrpc;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A batch call whose items are sent otherwise than they came, and whose results stand in the order
 * of the items all the same.
 */
record Batch(Message request, Message response) {
  private static final Batch CREATE =
      new Batch(
          CreateInstancesRequest.getDefaultInstance(),
          CreateInstancesResponse.getDefaultInstance());
  private static final Batch DELETE =
      new Batch(
          DeleteInstancesRequest.getDefaultInstance(),
          DeleteInstancesResponse.getDefaultInstance());

  /** Empty for a method whose request is no batch of instances. */
  static Optional<Batch> of(MethodDescriptor<?, ?> method) {
    String name = method.getFullMethodName();
    if (name.equals(InstanceServiceGrpc.getCreateInstancesMethod().getFullMethodName())) {
      return Optional.of(CREATE);
    }
    return name.equals(InstanceServiceGrpc.getDeleteInstancesMethod().getFullMethodName())
        ? Optional.of(DELETE)
        : Optional.empty();
  }

  /** Sends the items in the opposite order. */
  byte[] reversed(byte[] bytes, UnaryOperator<byte[]> send) {
    return parsed(
        bytes,
        all ->
            relayed(
                all,
                IntStream.range(0, all.items().size()).map(i -> all.items().size() - 1 - i),
                Failure.getDefaultInstance(),
                send));
  }

  /** Sends the first, third … item; the others have the failure. */
  byte[] everySecond(byte[] bytes, Failure others, UnaryOperator<byte[]> send) {
    return parsed(
        bytes,
        all ->
            relayed(
                all, IntStream.range(0, all.items().size()).filter(i -> i % 2 == 0), others, send));
  }

  /** Sends the first half of the items, at least one, and the others never. */
  void firstHalf(byte[] bytes, UnaryOperator<byte[]> send) {
    var _ =
        parsed(
            bytes,
            all -> {
              FieldDescriptor items = field(all.request(), "instances");
              Message.Builder sent = all.request().toBuilder().clearField(items);
              all.items()
                  .subList(0, half(all.items().size()))
                  .forEach(item -> sent.addRepeatedField(items, item));
              return send.apply(sent.build().toByteArray());
            });
  }

  /** An answer, with the results of the first half of the items alone. */
  byte[] halfOf(byte[] answer) {
    try {
      Message whole = response.getParserForType().parseFrom(answer);
      FieldDescriptor results = field(whole, "results");
      Message.Builder kept = whole.toBuilder().clearField(results);
      List<Message> all = list(whole, "results");
      all.subList(0, half(all.size())).forEach(result -> kept.addRepeatedField(results, result));
      return kept.build().toByteArray();
    } catch (InvalidProtocolBufferException e) {
      throw Status.INTERNAL.withCause(e).asRuntimeException();
    }
  }

  /** Of two one, of three two, of one that. */
  private static int half(int all) {
    return (all + 1) / 2;
  }

  private record Items(Message request, List<Message> items) {}

  @FunctionalInterface
  private interface Relay {
    byte[] relay(Items items) throws InvalidProtocolBufferException;
  }

  private byte[] parsed(byte[] bytes, Relay relay) {
    try {
      Message whole = request.getParserForType().parseFrom(bytes);
      return relay.relay(new Items(whole, list(whole, "instances")));
    } catch (InvalidProtocolBufferException e) {
      throw Status.INTERNAL.withCause(e).asRuntimeException();
    }
  }

  private byte[] relayed(Items all, IntStream chosen, Failure others, UnaryOperator<byte[]> send)
      throws InvalidProtocolBufferException {
    List<Integer> order = chosen.boxed().toList();
    Message.Builder sent = all.request().toBuilder();
    FieldDescriptor items = field(all.request(), "instances");
    sent.clearField(items);
    order.forEach(i -> sent.addRepeatedField(items, all.items().get(i)));
    Message answer = response.getParserForType().parseFrom(send.apply(sent.build().toByteArray()));
    List<Message> answers = list(answer, "results");
    List<Optional<Message>> results =
        new ArrayList<>(Collections.nCopies(all.items().size(), Optional.empty()));
    for (int i = 0; i < order.size(); i++) {
      results.set(order.get(i), Optional.of(answers.get(i)));
    }
    FieldDescriptor field = field(answer, "results");
    Message.Builder put = answer.toBuilder().clearField(field);
    for (int i = 0; i < results.size(); i++) {
      Message item = all.items().get(i);
      put.addRepeatedField(field, results.get(i).orElseGet(() -> failed(put, field, item, others)));
    }
    return put.build().toByteArray();
  }

  private static Message failed(
      Message.Builder answer, FieldDescriptor results, Message item, Failure failure) {
    Message.Builder result = answer.newBuilderForField(results);
    Message empty = result.getDefaultInstanceForType();
    return result
        .setField(field(empty, "uid"), item.getField(field(item, "uid")))
        .setField(field(empty, "failure"), failure)
        .build();
  }

  private static List<Message> list(Message message, String name) {
    FieldDescriptor field = field(message, name);
    return IntStream.range(0, message.getRepeatedFieldCount(field))
        .mapToObj(i -> (Message) message.getRepeatedField(field, i))
        .toList();
  }

  private static FieldDescriptor field(Message message, String name) {
    return Objects.requireNonNull(message.getDescriptorForType().findFieldByName(name));
  }
}
