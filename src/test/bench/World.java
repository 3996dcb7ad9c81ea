import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

/// State files of the emulator.
final class World {
  private World() {}

  /// A world of accounts, each with a policy of five members.
  static Path write(Path file, int policies) throws IOException {
    var members =
        IntStream.range(0, 5)
            .mapToObj("\"user:somebody-%d@example.com\""::formatted)
            .collect(joining(", "));
    return Files.writeString(
        file,
        """
        {
          "kleosIamEmulator": 1,
          "projects": {"kleos-demo": {"number": "123456789012"}},
          "serviceAccounts": {%s},
          "policies": {%s}
        }
        """
            .formatted(
                rows(
                    policies,
                    "\"1%020d\": {\"project\": \"kleos-demo\","
                        + " \"email\": \"account-%1$d@kleos-demo.iam.gserviceaccount.com\"}"),
                rows(
                    policies,
                    "\"projects/kleos-demo/serviceAccounts/1%020d\": {\"bindings\":"
                        + " [{\"role\": \"roles/iam.serviceAccountUser\", \"members\": ["
                        + members
                        + "]}]}")));
  }

  private static String rows(int count, String row) {
    return IntStream.range(0, count).mapToObj(row::formatted).collect(joining(",\n"));
  }
}
