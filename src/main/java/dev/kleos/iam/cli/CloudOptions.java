package dev.kleos.iam.cli;

import dev.kleos.iam.cloud.Cloud;
import dev.kleos.iam.cloud.Pace;
import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.report.Screen;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What a command talks to.
final class CloudOptions {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = "--emulator",
      description = {
        "Rehearse on an emulator inside this program instead of Google.",
        "Also where " + EmulatorHost.VARIABLE + " names one that runs."
      })
  private boolean emulator;

  @Option(
      names = "--emulator-state",
      paramLabel = "FILE",
      description = "Keep the emulator's state in this file between runs.")
  private @Nullable Path state;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "5m",
      converter = DurationConverter.class,
      description = {
        "How long to wait for faults, rivals and new accounts: 90s, 5m (default), 1h.",
        "Reading has that long, then writing, and a service that is called. A call of Google's APIs"
            + " under way is not cut short, and may take 10s more."
      })
  private Duration timeout = Duration.ofMinutes(5);

  @Mixin private PaceOptions pace = new PaceOptions();

  Pace pace() {
    return pace.pace();
  }

  Duration timeout() {
    return timeout;
  }

  /// Where the plan will be carried out, in a few words.
  String place(Surroundings surroundings) {
    if (emulator) {
      return "the emulator";
    }
    return host(surroundings).map(host -> "the emulator at " + host).orElse("Google Cloud");
  }

  /// The same as a name that means one place for good; empty where nothing stays of it.
  Optional<String> lastingPlace(Surroundings surroundings) {
    if (!emulator) {
      return Optional.of(place(surroundings));
    }
    return Optional.ofNullable(state)
        .map(file -> surroundings.directory().resolve(file).toAbsolutePath().normalize())
        .map(file -> "the emulator in " + file);
  }

  /// Begins with what takes long before [#open] can connect to Google, if it is to.
  void prepare(Surroundings surroundings) {
    if (isGoogle(surroundings)) {
      surroundings.clouds().prepareForGoogle();
    }
  }

  /// Whether that is Google itself.
  boolean isGoogle(Surroundings surroundings) {
    return !emulator && server(surroundings).isEmpty();
  }

  /// The emulator in another process; empty where there is none.
  Optional<EmulatorHost> server(Surroundings surroundings) {
    return emulator ? Optional.empty() : host(surroundings);
  }

  /// What stands before a command to copy, so that it leads to the same place from any terminal:
  /// the variables of a running emulator.
  String before(Surroundings surroundings) {
    var host = server(surroundings);
    if (host.isEmpty()) {
      return "";
    }
    var email = caller(surroundings).email().map(CommandText::quoted);
    return EmulatorHost.VARIABLE
        + "="
        + host.get()
        + email.map((" " + EmulatorCaller.VARIABLE + "=")::concat).orElse("")
        + " ";
  }

  /// The same for somebody else, who says who is calling.
  String beforeOthers(Surroundings surroundings) {
    return server(surroundings).map(it -> EmulatorHost.VARIABLE + "=" + it + " ").orElse("");
  }

  /// The same for somebody who is known.
  String beforeOther(Surroundings surroundings, String email) {
    var host = beforeOthers(surroundings);
    return host.isEmpty()
        ? ""
        : host + EmulatorCaller.VARIABLE + "=" + CommandText.quoted(email) + " ";
  }

  /// These options, as they are typed.
  List<String> words() {
    var words = new ArrayList<String>();
    if (emulator) {
      words.add("--emulator");
    }
    if (state != null) {
      words.addAll(List.of("--emulator-state", state.toString()));
    }
    return words;
  }

  /// A command of ours that leads to the same place.
  ///
  /// @param words the command and what belongs to it
  String line(List<String> words) {
    return CommandText.line(
        Stream.of(List.of("kleos-iam"), words, words()).flatMap(List::stream).toList());
  }

  /// Connects.
  ///
  /// @param err told what an emulator had to be furnished with
  /// @throws ParameterException where the options or variables cannot be meant so
  /// @throws dev.kleos.iam.cloud.CloudException where there are no usable credentials, or no
  ///   emulator answers
  Cloud open(DesiredState desired, Surroundings surroundings, Screen err) {
    return pace().of(open(desired, surroundings, err, Clouds::google));
  }

  /// The same as whoever is behind the credentials, where they impersonate an account: who asks for
  /// a token of it need not be it already.
  Cloud openAsOneself(DesiredState desired, Surroundings surroundings, Screen err) {
    return pace().of(open(desired, surroundings, err, Clouds::googleAsOneself));
  }

  private Cloud open(
      DesiredState desired,
      Surroundings surroundings,
      Screen err,
      BiFunction<Clouds, Map<String, String>, Cloud> google) {
    if (state != null && !emulator) {
      throw new ParameterException(
          Objects.requireNonNull(command).commandLine(),
          "--emulator-state goes with --emulator; add it");
    }
    if (!emulator) {
      var host = host(surroundings);
      return host.isEmpty()
          ? google.apply(surroundings.clouds(), surroundings.env())
          : surroundings.clouds().emulatorAt(host.get(), caller(surroundings));
    }
    var file = state == null ? null : surroundings.directory().resolve(state);
    return surroundings.clouds().emulator(file, desired, note -> err.line("note: " + note));
  }

  private Optional<EmulatorHost> host(Surroundings surroundings) {
    return understood(() -> EmulatorHost.of(surroundings.env()));
  }

  private EmulatorCaller caller(Surroundings surroundings) {
    return understood(() -> EmulatorCaller.of(surroundings.env()));
  }

  /// What a variable says; where it cannot be understood, the command line is wrong.
  private <T> T understood(Supplier<T> variable) {
    try {
      return variable.get();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          Objects.requireNonNull(command).commandLine(), Objects.toString(e.getMessage()), e);
    }
  }
}
