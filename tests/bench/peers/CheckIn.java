import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;

/** One check-in, read and checked as the hub does at its door: the envelope's rules, then those of its type. */
record CheckIn(byte[] identity, byte[] content, long time, String meeting, String delegate, String point, String unit, String composition) {
  static final String TYPE = "vn.dongbo.attendance.checked_in.v1";

  /** Reads on one thread. */
  static final class Reader {
    private final ObjectMapper mapper = new ObjectMapper();
    private final MessageDigest sha256;

    Reader() {
      try {
        sha256 = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException error) {
        throw new IllegalStateException(error);
      }
    }

    /** Null: refused. */
    CheckIn read(byte[] value) {
      try {
        JsonNode event = mapper.readTree(value);
        JsonNode data = event.get("data");
        String source = text(event, "source"), id = text(event, "id");
        if (!"1.0".equals(text(event, "specversion")) || !TYPE.equals(text(event, "type")) || source == null || id == null || data == null
            || !data.isObject()) return null;
        long time = OffsetDateTime.parse(text(event, "time")).toInstant().toEpochMilli();
        String meeting = text(data, "meeting"), delegate = text(data, "delegate");
        if (meeting == null || delegate == null || text(data, "method") == null) return null;
        return new CheckIn(digest((source + '\n' + id).getBytes(StandardCharsets.UTF_8)), digest(value), time, meeting, delegate,
            text(data, "point"), text(data, "unit"), text(data, "composition"));
      } catch (IOException | DateTimeParseException | NullPointerException error) {
        return null;
      }
    }

    private static String text(JsonNode object, String name) {
      JsonNode member = object.get(name);
      if (member == null || !member.isTextual()) return null;
      String text = member.textValue();
      if (text.isEmpty() || text.length() > 200) return null;
      for (int i = 0; i < text.length(); i++) if (text.charAt(i) < ' ' || text.charAt(i) == 127) return null;
      return text;
    }

    private byte[] digest(byte[] bytes) {
      return Arrays.copyOf(sha256.digest(bytes), 16);
    }
  }
}
