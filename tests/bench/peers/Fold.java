import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * What the hub does with a check-in, in one task: identity (duplicate, conflict), journal, the delegate's row, present by meeting, point,
 * composition and unit, and the announcement. The stores are RocksDB with cache and changelog.
 */
final class Fold implements Processor<String, byte[], String, byte[]> {
  static final AtomicLong processed = new AtomicLong();
  static final String COUNTERS = "counters";

  static final class Supplier implements ProcessorSupplier<String, byte[], String, byte[]> {
    @Override
    public Processor<String, byte[], String, byte[]> get() {
      return new Fold();
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      return Set.of(bytes("identities"), bytes("journal"), bytes("delegates"),
          Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(COUNTERS), Serdes.String(), Serdes.Long()).withCachingEnabled());
    }

    private static StoreBuilder<?> bytes(String name) {
      return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.ByteArray(), Serdes.ByteArray()).withCachingEnabled();
    }
  }

  private final CheckIn.Reader reader = new CheckIn.Reader();
  private ProcessorContext<String, byte[]> context;
  private KeyValueStore<byte[], byte[]> identities, journal, delegates;
  private KeyValueStore<String, Long> counters;

  @Override
  public void init(ProcessorContext<String, byte[]> given) {
    context = given;
    identities = given.getStateStore("identities");
    journal = given.getStateStore("journal");
    delegates = given.getStateStore("delegates");
    counters = given.getStateStore(COUNTERS);
  }

  @Override
  public void process(Record<String, byte[]> record) {
    fold(record);
    processed.incrementAndGet();
  }

  private void fold(Record<String, byte[]> record) {
    // The number of a partition is part of a counter's key: stores of all partitions are read together at the end.
    String partition = context.taskId().partition() + "/";
    CheckIn event = reader.read(record.value());
    if (event == null) {
      add(partition + "refused", 1);
      return;
    }
    byte[] held = identities.get(event.identity());
    if (held != null) {
      add(partition + (Arrays.equals(held, event.content()) ? "duplicates" : "conflicts"), 1);
      return;
    }
    identities.put(event.identity(), event.content());
    long sequence = add(partition + "accepted", 1);
    journal.put(ByteBuffer.allocate(8).putLong(sequence).array(), record.value());

    byte[] key = (event.meeting() + '/' + event.delegate()).getBytes(StandardCharsets.UTF_8);
    byte[] row = delegates.get(key);
    delegates.put(key, withScan(row, event));
    if (row == null) {
      add("meeting/" + event.meeting(), 1);
      add("point/" + event.meeting() + '/' + event.point(), 1);
      add("composition/" + event.meeting() + '/' + event.composition(), 1);
      add("unit/" + event.meeting() + '/' + event.unit(), 1);
    }
    context.forward(new Record<>(event.meeting(), record.value(), record.timestamp()));
  }

  private long add(String name, long difference) {
    Long before = counters.get(name);
    long now = (before == null ? 0 : before) + difference;
    counters.put(name, now);
    return now;
  }

  /** A row is the list of the delegate's scans. */
  private static byte[] withScan(byte[] row, CheckIn event) {
    byte[] seat = (event.point() + '\0' + event.unit() + '\0' + event.composition()).getBytes(StandardCharsets.UTF_8);
    int before = row == null ? 0 : row.length;
    ByteBuffer out = ByteBuffer.allocate(before + 8 + 2 + seat.length);
    if (row != null) out.put(row);
    return out.putLong(event.time()).putShort((short) seat.length).put(seat).array();
  }
}
