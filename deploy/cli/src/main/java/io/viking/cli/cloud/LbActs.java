package io.viking.cli.cloud;

import io.viking.adapter.sim.v1.MakeLoadBalancerRequest;
import io.viking.adapter.sim.v1.NetworkOperatorServiceGrpc.NetworkOperatorServiceBlockingStub;
import io.viking.adapter.sim.v1.RemoveLoadBalancerRequest;
import io.viking.adapter.sim.v1.SetListenerRequest;
import io.viking.adapter.sim.v1.StopLoadBalancerRequest;
import io.viking.cloud.v1.Layer;
import io.viking.cloud.v1.Protocol;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** What {@code viking cloud lb} does in the simulated cloud's console. */
final class LbActs {
  private LbActs() {}

  @Command(
      name = "create",
      header =
          "Make a load balancer that belongs to no cluster, for Services and Ingresses to bring.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  viking cloud lb create shared --layer 4",
        "  viking cloud lb create inside --layer 4 --intranet"
      })
  static final class Create implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private NetworkConsole console;

    @Parameters(index = "0", paramLabel = "NAME", description = "Shown in the console.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String name;

    @Option(
        names = "--layer",
        paramLabel = "LAYER",
        defaultValue = "4",
        converter = LayerNumber.class,
        description = "4 or 7 (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Layer layer;

    @Option(names = "--intranet", description = "An address inside the user's network only.")
    private boolean intranet;

    @Override
    public Integer call() throws IOException {
      return console.operate(
          calls ->
              "Load balancer %s is there."
                  .formatted(
                      calls
                          .makeLoadBalancer(
                              MakeLoadBalancerRequest.newBuilder()
                                  .setName(name)
                                  .setLayer(layer)
                                  .setIntranet(intranet)
                                  .build())
                          .getCloudId()));
    }
  }

  @Command(
      name = "listen",
      header = "Add a listener that no cluster made to a load balancer.",
      footerHeading = "%nExamples:%n",
      footer = "  viking cloud lb listen lb-sim0123456789abc 22 tcp")
  static final class Listen implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ListenerArguments arguments;

    @Override
    public Integer call() throws IOException {
      return arguments.set(false, "Load balancer %s listens on port %d.");
    }
  }

  @Command(
      name = "unlisten",
      header = "Remove a listener of a load balancer, whoever's it is.",
      footerHeading = "%nExamples:%n",
      footer = "  viking cloud lb unlisten lb-sim0123456789abc 80 tcp")
  static final class Unlisten implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ListenerArguments arguments;

    @Override
    public Integer call() throws IOException {
      return arguments.set(true, "Load balancer %s does not listen on port %d any more.");
    }
  }

  /** Which load balancer is meant. */
  static final class Target {
    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private NetworkConsole console;

    @Parameters(
        index = "0",
        paramLabel = "ID",
        description = "As \"viking cloud lb --all\" names it.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String id;

    int operate(BiFunction<NetworkOperatorServiceBlockingStub, String, String> act)
        throws IOException {
      return console.operate(calls -> act.apply(calls, id));
    }
  }

  /** Which listener is meant. */
  static final class ListenerArguments {
    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Target target;

    @Parameters(index = "1", paramLabel = "PORT", description = "1 to 65535.")
    private int port;

    @Parameters(
        index = "2",
        paramLabel = "PROTOCOL",
        arity = "0..1",
        defaultValue = "tcp",
        converter = ProtocolName.class,
        description = "tcp, udp, http or https (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Protocol protocol;

    int set(boolean remove, String sentence) throws IOException {
      return target.operate(
          (calls, id) -> {
            var ignored =
                calls.setListener(
                    SetListenerRequest.newBuilder()
                        .setCloudId(id)
                        .setPort(port)
                        .setProtocol(protocol)
                        .setRemove(remove)
                        .build());
            return sentence.formatted(id, port);
          });
    }
  }

  @Command(
      name = "stop",
      header = "Stop a load balancer, as the cloud does for arrears.",
      footerHeading = "%nExamples:%n",
      footer = "  viking cloud lb stop lb-sim0123456789abc")
  static final class Stop implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Target target;

    @Override
    public Integer call() throws IOException {
      return power(target, true, "Load balancer %s is stopped.");
    }
  }

  @Command(
      name = "start",
      header = "Start a load balancer that was stopped.",
      footerHeading = "%nExamples:%n",
      footer = "  viking cloud lb start lb-sim0123456789abc")
  static final class Start implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Target target;

    @Override
    public Integer call() throws IOException {
      return power(target, false, "Load balancer %s is started.");
    }
  }

  private static int power(Target target, boolean stopped, String sentence) throws IOException {
    return target.operate(
        (calls, id) -> {
          var ignored =
              calls.stopLoadBalancer(
                  StopLoadBalancerRequest.newBuilder().setCloudId(id).setStopped(stopped).build());
          return sentence.formatted(id);
        });
  }

  @Command(
      name = "delete",
      header = "Delete a load balancer behind its owner's back, protected or not.",
      footerHeading = "%nExamples:%n",
      footer = "  viking cloud lb delete lb-sim0123456789abc")
  static final class Delete implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Target target;

    @Override
    public Integer call() throws IOException {
      return target.operate(
          (calls, id) -> {
            var ignored =
                calls.removeLoadBalancer(
                    RemoveLoadBalancerRequest.newBuilder().setCloudId(id).build());
            return "Load balancer %s is deleted.".formatted(id);
          });
    }
  }

  /** 4 or 7. */
  static final class LayerNumber implements ITypeConverter<Layer> {
    @Override
    public Layer convert(String value) {
      return switch (value) {
        case "4" -> Layer.LAYER_4;
        case "7" -> Layer.LAYER_7;
        default ->
            throw new TypeConversionException("\"%s\" is no layer: give 4 or 7".formatted(value));
      };
    }
  }

  /** As people write protocols. */
  static final class ProtocolName implements ITypeConverter<Protocol> {
    @Override
    public Protocol convert(String value) {
      return switch (value.toLowerCase(Locale.ROOT)) {
        case "tcp" -> Protocol.PROTOCOL_TCP;
        case "udp" -> Protocol.PROTOCOL_UDP;
        case "http" -> Protocol.PROTOCOL_HTTP;
        case "https" -> Protocol.PROTOCOL_HTTPS;
        default ->
            throw new TypeConversionException(
                "\"%s\" is no protocol of a listener: give tcp, udp, http or https"
                    .formatted(value));
      };
    }
  }
}
