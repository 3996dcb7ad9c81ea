package dev.kleos.iam.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kleos.iam.disk.Disk;
import dev.kleos.iam.disk.DiskFailure;
import dev.kleos.iam.disk.LocalDisk;
import dev.kleos.iam.session.PutBack.How;
import dev.kleos.iam.session.SwitchedOn.Kept;
import java.io.IOException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The impersonation of a service account in all that gcloud does, and programs where that is asked
/// for, until it is switched off. What the files were before is kept and written down first, so
/// that they can be put back whatever happens in between.
public final class LastingImpersonation {
  private static final String RECORD = "on.json";
  private static final String KEPT = "kept-";
  private static final String LOCK = "lock";

  private final LocalDisk disk = new LocalDisk();
  private final Map<String, String> env;
  private final Path folder;
  private final Home home;

  /// @param folder where it is written down that it is on
  public LastingImpersonation(Map<String, String> env, Path folder) {
    this.env = env;
    this.folder = folder;
    this.home = Home.of(env);
  }

  /// What was switched on and not off since; empty where nothing was.
  ///
  /// @throws BrokenSettingException where that cannot be told
  public Optional<SwitchedOn> current() {
    var record = folder.resolve(RECORD);
    try {
      var content = disk.read(record);
      var read = content.flatMap(SwitchedOn::of);
      if (content.isPresent() && read.isEmpty()) {
        throw new BrokenSettingException(
            home.shortened(record) + " is damaged.",
            "What the files were before lies beside it, as kept-1 (gcloud's configuration) and so on:"
                + " put them back by hand, then remove that folder.");
      }
      return read;
    } catch (IOException e) {
      throw new BrokenSettingException(
          home.shortened(record) + " cannot be read (" + DiskFailure.reason(e) + ").",
          "Let yourself read it.");
    }
  }

  /// Switches it on. What is on by then is switched off first.
  ///
  /// @param programs whether programs are to impersonate it too, by the Application Default
  ///   Credentials
  /// @throws BrokenSettingException where that cannot be; then it is not on
  public SwitchedOn on(String account, boolean programs, Instant now) {
    return alone(() -> {
      var earlier = current();
      if (earlier.isPresent()) {
        putBack(earlier.get());
      }
      var changes = new ArrayList<Map.Entry<String, FileChange>>();
      for (var each : switches(programs)) {
        changes.add(Map.entry(each.name(), each.on(account)));
      }
      var since = earlier.filter(it -> it.account().equals(account)).map(SwitchedOn::since);
      return on(account, changes, since.orElse(now));
    });
  }

  private List<Switch> switches(boolean programs) {
    var switches = new ArrayList<Switch>(List.of(new GcloudSwitch(env)));
    var active = new ActiveConfigSwitch(env);
    if (active.isNeeded()) {
      switches.add(active);
    }
    if (programs) {
      switches.add(new ProgramsSwitch(env));
    }
    return switches;
  }

  private SwitchedOn on(String account, List<Map.Entry<String, FileChange>> changes, Instant since)
      throws IOException {
    var files = new ArrayList<SwitchedOn.Changed>();
    for (var each : changes) {
      var change = each.getValue();
      var kept =
          change.before().map(it -> new Kept(KEPT + (files.size() + 1), FileChange.digest(it)));
      if (kept.isPresent()) {
        disk.replace(folder.resolve(kept.get().name()), change.before().get());
      }
      files.add(new SwitchedOn.Changed(each.getKey(), change.file(), kept, change.written()));
    }
    var on = new SwitchedOn(account, since, WhoActs.programs(AdcFile.find(env)), files);
    disk.replace(folder.resolve(RECORD), on.json());
    for (var each : changes) {
      try {
        each.getValue().make();
      } catch (IOException e) {
        putBack(on);
        throw e;
      }
    }
    return on;
  }

  /// Switches off what was switched on; where nothing was, takes out of gcloud's active
  /// configuration what somebody has set by hand.
  ///
  /// @return what became of which file; none where nothing was on
  /// @throws BrokenSettingException where a file cannot be put back; then it is still on
  public List<PutBack> off() {
    if (!isOn() && leftovers().isEmpty()) {
      return List.of();
    }
    return alone(() -> {
      var on = current();
      if (on.isPresent()) {
        return putBack(on.get());
      }
      sweep();
      var byHand = new GcloudSwitch(env).off();
      if (byHand.isEmpty()) {
        return List.of();
      }
      byHand.get().make();
      return List.of(new PutBack(home.shortened(byHand.get().file()), How.ACCOUNT_TAKEN_OUT));
    });
  }

  private boolean isOn() {
    return current().isPresent() || GcloudSettings.of(env).isImpersonatingByFile();
  }

  private List<PutBack> putBack(SwitchedOn on) throws IOException {
    var done = new ArrayList<PutBack>();
    for (var changed : on.files()) {
      var how = putBack(changed, on.account());
      if (!changed.name().equals(ActiveConfigSwitch.NAME)) { // which nobody knows to be there
        done.add(new PutBack(home.shortened(changed.file()), how));
      }
    }
    if (!on.hasPrograms() && !on.programsBefore().equals(Optional.of(on.account()))) {
      loginSince(on.account()).ifPresent(done::add);
    }
    Files.deleteIfExists(folder.resolve(RECORD));
    sweep();
    return done;
  }

  /// Removes what is of no use once nothing is on: it may hold the secrets of a login.
  private void sweep() throws IOException {
    for (var name : leftovers()) {
      Files.deleteIfExists(folder.resolve(name));
    }
  }

  private List<String> leftovers() {
    try {
      return disk.names(folder).stream()
          .filter(name -> !name.equals(LOCK) && !name.equals(RECORD))
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private How putBack(SwitchedOn.Changed changed, String account) throws IOException {
    var file = changed.file();
    var before = kept(changed);
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      return How.LEFT;
    }
    var now = FileChange.read(file);
    new FileChange(file, now, before).sweep();
    if (Arrays.equals(now.orElse(null), before.orElse(null))) {
      return How.AS_BEFORE;
    }
    if (now.isEmpty()) {
      return How.GONE;
    }
    var isKnown = before.isPresent() == changed.kept().isPresent();
    if (isKnown && changed.written().equals(FileChange.digest(now.get()))) {
      new FileChange(file, now, before).make();
      return How.AS_BEFORE;
    }
    return takeOut(Switch.named(changed.name(), env), file, account, now.get(), before);
  }

  /// Empty also where it is no longer what it was.
  private Optional<byte[]> kept(SwitchedOn.Changed changed) throws IOException {
    if (changed.kept().isEmpty()) {
      return Optional.empty();
    }
    var kept = changed.kept().get();
    return FileChange.read(folder.resolve(kept.name()))
        .filter(content -> FileChange.digest(content).equals(kept.sha256()));
  }

  /// The file is another by now. What cannot be understood has no account in it that gcloud or a
  /// program could impersonate.
  private static How takeOut(
      Switch from, Path file, String account, byte[] now, Optional<byte[]> before)
      throws IOException {
    Optional<byte[]> rest;
    try {
      rest = from.without(account, now, before);
    } catch (BrokenSettingException e) {
      return How.LEFT;
    }
    if (rest.isEmpty()) {
      return How.LEFT;
    }
    new FileChange(file, Optional.of(now), rest).make();
    return How.ACCOUNT_TAKEN_OUT;
  }

  /// gcloud, while it impersonates, makes each new login of programs one that does.
  private Optional<PutBack> loginSince(String account) throws IOException {
    var file = home.adc();
    if (!(home.read(file) instanceof FileContent.Text content)) {
      return Optional.empty();
    }
    var now = content.text().getBytes(UTF_8);
    var how = takeOut(new ProgramsSwitch(env), file, account, now, Optional.empty());
    return how == How.LEFT ? Optional.empty() : Optional.of(new PutBack(home.shortened(file), how));
  }

  /// Nobody else switches meanwhile.
  private <T> T alone(Work<T> work) {
    try {
      disk.makeFolders(folder);
      try (var _ = hold()) {
        return work.run();
      }
    } catch (IOException e) {
      var file = e instanceof FileSystemException at && at.getFile() != null ? at.getFile() : "";
      throw new BrokenSettingException(
          (file.isEmpty() ? "A file" : home.shortened(Path.of(file)))
              + " cannot be written ("
              + DiskFailure.reason(e)
              + ").",
          "See to that and run the same command again.");
    }
  }

  private Disk.Held hold() throws IOException {
    var lock = folder.resolve(LOCK);
    try {
      return disk.hold(lock);
    } catch (IOException | OverlappingFileLockException e) {
      if (e instanceof IOException failure && !disk.isHeld(lock)) {
        throw failure;
      }
      throw new BrokenSettingException(
          "another kleos-iam impersonate is under way.", "Wait for it, then try again.");
    }
  }

  @FunctionalInterface
  private interface Work<T> {
    T run() throws IOException;
  }
}
