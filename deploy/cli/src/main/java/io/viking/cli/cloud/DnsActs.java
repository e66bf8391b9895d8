package io.viking.cli.cloud;

import io.viking.adapter.sim.v1.SetRecordRequest;
import io.viking.cloud.v1.Record;
import io.viking.cloud.v1.RecordType;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** What {@code viking cloud dns} does in the simulated cloud's console. */
final class DnsActs {
  private DnsActs() {}

  /** Which record is meant. */
  static final class RecordArguments {
    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private NetworkConsole console;

    @Parameters(index = "0", paramLabel = "ZONE", description = "As \"viking cloud dns\" names it.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String zone;

    @Parameters(
        index = "1",
        paramLabel = "NAME",
        description = "Within the zone; @: the zone itself.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String name;

    @Parameters(
        index = "2",
        paramLabel = "TYPE",
        converter = TypeName.class,
        description = "A, AAAA, CNAME, SRV, PTR or TXT.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private RecordType type;

    @Parameters(
        index = "3",
        paramLabel = "VALUE",
        description = "As in a master file: 10.1.0.7, or \"0 100 80 web.example.com.\".")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String value;

    Record record(String as, int ttl) {
      return Record.newBuilder().setName(name).setType(type).setValue(as).setTtl(ttl).build();
    }

    int set(SetRecordRequest.Builder act, String sentence) throws IOException {
      return console.operate(
          calls -> {
            var ignored = calls.setRecord(act.setZone(zone).build());
            return sentence.formatted(name, zone);
          });
    }
  }

  /** Of a record that is to be. */
  static final class Ttl {
    @Option(
        names = "--ttl",
        paramLabel = "SECONDS",
        description = "Rounded up to what the cloud offers; unset: its default.")
    private int seconds;
  }

  @Command(
      name = "add",
      header = "Add a record that no cluster made; its zone is made if it is missing.",
      footerHeading = "%nExamples:%n",
      footer = "  viking cloud dns add cluster.local mail A 192.0.2.1 --ttl 60")
  static final class Add implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private RecordArguments record;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Ttl ttl;

    @Override
    public Integer call() throws IOException {
      return record.set(
          SetRecordRequest.newBuilder().setAfter(record.record(record.value, ttl.seconds)),
          "Zone %2$s has the record of %1$s.");
    }
  }

  @Command(
      name = "edit",
      header = "Change a record by hand; it keeps its owner.",
      footerHeading = "%nExamples:%n",
      footer = "  viking cloud dns edit cluster.local web.default.svc A 10.1.0.7 192.0.2.66")
  static final class Edit implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private RecordArguments record;

    @Parameters(index = "4", paramLabel = "NEW-VALUE", description = "What takes its place.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String after;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Ttl ttl;

    @Override
    public Integer call() throws IOException {
      return record.set(
          SetRecordRequest.newBuilder()
              .setBefore(record.record(record.value, 0))
              .setAfter(record.record(after, ttl.seconds)),
          "The record of %s in zone %s is changed.");
    }
  }

  @Command(
      name = "remove",
      header = "Remove a record, whoever's it is.",
      footerHeading = "%nExamples:%n",
      footer = "  viking cloud dns remove cluster.local mail A 192.0.2.1")
  static final class Remove implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private RecordArguments record;

    @Override
    public Integer call() throws IOException {
      return record.set(
          SetRecordRequest.newBuilder().setBefore(record.record(record.value, 0)),
          "The record of %s in zone %s is removed.");
    }
  }

  /** As people write types. */
  static final class TypeName implements ITypeConverter<RecordType> {
    @Override
    public RecordType convert(String value) {
      return switch (value.toUpperCase(Locale.ROOT)) {
        case "A" -> RecordType.RECORD_TYPE_A;
        case "AAAA" -> RecordType.RECORD_TYPE_AAAA;
        case "CNAME" -> RecordType.RECORD_TYPE_CNAME;
        case "SRV" -> RecordType.RECORD_TYPE_SRV;
        case "PTR" -> RecordType.RECORD_TYPE_PTR;
        case "TXT" -> RecordType.RECORD_TYPE_TXT;
        default ->
            throw new TypeConversionException(
                "\"%s\" is no type of a record: give A, AAAA, CNAME, SRV, PTR or TXT"
                    .formatted(value));
      };
    }
  }
}
