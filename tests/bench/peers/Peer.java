import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;

/**
 * Folds the events of dongbo.events once and ends: {@code Peer BOOTSTRAP PARTITIONS RECORDS GUARANTEE DIRECTORY}. Writes
 * DIRECTORY/result.json: how long, how fast after the first fifth, and every counter. Gives up after 20 minutes.
 */
public final class Peer {
  public static void main(String[] args) throws Exception {
    String bootstrap = args[0], guarantee = args[3];
    int partitions = Integer.parseInt(args[1]);
    long records = Long.parseLong(args[2]);
    Path directory = Path.of(args[4]);
    String name = "peer-" + guarantee.replace('_', '-');
    try (Admin admin = Admin.create(properties("bootstrap.servers", bootstrap))) {
      admin.createTopics(List.of(new NewTopic(name + ".changes", partitions, (short) 1))).all().get();
    }

    Topology topology = new Topology();
    topology.addSource("events", Serdes.String().deserializer(), Serdes.ByteArray().deserializer(), "dongbo.events");
    topology.addProcessor("fold", new Fold.Supplier(), "events");
    topology.addSink("changes", name + ".changes", Serdes.String().serializer(), Serdes.ByteArray().serializer(), "fold");

    KafkaStreams streams = new KafkaStreams(topology, settings(bootstrap, name, guarantee, directory));
    long begun = System.nanoTime();
    streams.start();
    long fifth = 0;
    while (Fold.processed.get() < records) {
      if (fifth == 0 && Fold.processed.get() >= records / 5) fifth = System.nanoTime();
      if (System.nanoTime() - begun > Duration.ofMinutes(20).toNanos() || streams.state() == KafkaStreams.State.ERROR) {
        System.err.println("gave up at " + Fold.processed.get() + " of " + records);
        System.exit(1);
      }
      Thread.sleep(5);
    }
    long processed = System.nanoTime();
    Thread.sleep(300); // the last commit
    TreeMap<String, Long> counters = counters(streams);
    long closing = System.nanoTime();
    streams.close(Duration.ofMinutes(1));
    write(directory, records, (processed - begun) / 1e9, 0.8 * records / ((processed - fifth) / 1e9), (System.nanoTime() - closing) / 1e9, counters);
  }

  private static Properties settings(String bootstrap, String name, String guarantee, Path directory) {
    Properties settings = properties(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, name);
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, guarantee);
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 2);
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100L);
    settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 256L << 20);
    settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
    settings.put(StreamsConfig.STATE_DIR_CONFIG, directory.resolve("state").toString());
    settings.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, 5000);
    settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 5000);
    settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.FETCH_MIN_BYTES_CONFIG), 65536);
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 256 << 10);
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 50);
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG), 128L << 20);
    return settings;
  }

  private static TreeMap<String, Long> counters(KafkaStreams streams) {
    TreeMap<String, Long> sums = new TreeMap<>();
    var store = streams.store(StoreQueryParameters.fromNameAndType(Fold.COUNTERS, QueryableStoreTypes.<String, Long>keyValueStore()));
    try (KeyValueIterator<String, Long> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, Long> one = all.next();
        // "3/accepted" of a partition is "accepted" of all.
        sums.merge(one.key.replaceFirst("^[0-9]+/", ""), one.value, Long::sum);
      }
    }
    return sums;
  }

  private static void write(Path directory, long records, double seconds, double warm, double close, TreeMap<String, Long> counters)
      throws IOException {
    StringBuilder out = new StringBuilder();
    out.append("{\"records\":").append(records).append(",\"seconds\":").append(seconds).append(",\"warm_rate\":").append(warm);
    out.append(",\"close_seconds\":").append(close).append(",\"counters\":{");
    String comma = "";
    for (var counter : counters.entrySet()) {
      out.append(comma).append('"').append(counter.getKey()).append("\":").append(counter.getValue());
      comma = ",";
    }
    Files.writeString(directory.resolve("result.json"), out.append("}}\n"));
  }

  private static Properties properties(String name, String value) {
    Properties properties = new Properties();
    properties.put(name, value);
    return properties;
  }
}
