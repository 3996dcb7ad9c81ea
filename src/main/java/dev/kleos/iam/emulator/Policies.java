package dev.kleos.iam.emulator;

import com.google.iam.v1.Binding;
import com.google.iam.v1.Policy;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map.Entry;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The allow policies of a world, by their resources' keys. Used under the world's lock.
final class Policies {
  /// A policy that nobody ever set: no version, no bindings, and this etag, `ACAB` in base64
  /// (**recorded** for Cloud Run; that service accounts and projects do the same is **assumed**).
  static final Policy NEVER_SET =
      Policy.newBuilder().setEtag(ByteString.copyFrom(new byte[] {0, 0x20, 1})).build();

  /// The first byte of the etags that are minted here; seven bytes of a clock in microseconds
  /// follow. The **documented** example looks so.
  private static final long ETAG_MARK = 0x07L << 56;

  private final Table<Policy> byKey;

  /// What the change under way is for those who watch.
  private final List<Consumer<PolicyWatch>> news = new ArrayList<>();

  private final List<PolicyWatch> watches = new ArrayList<>();

  /// Null where policies are in force at once.
  private @Nullable Propagation propagation;

  private long lastEtag = ETAG_MARK;

  Policies(UndoLog undo) {
    this.byKey = new Table<>(undo);
  }

  Policy get(String key) {
    return byKey.get(key).orElse(NEVER_SET);
  }

  /// Stores a policy under a fresh etag and with the version that its content asks for; returns it
  /// as stored. A write that changes nothing mints an etag as well (**assumed**).
  Policy put(String key, Policy policy) {
    var before = get(key);
    var stored = store(key, policy);
    news.add(watch -> watch.written(key, before, stored));
    return stored;
  }

  /// Puts back a policy that was stored before, with its etag; only later ones will be minted. One
  /// that says something, and yet has the etag of a policy that was never set, gets one that
  /// follows from its content: that etag stands for an empty policy.
  void restore(String key, Policy policy) {
    var neverSet = policy.getEtag().equals(NEVER_SET.getEtag());
    var etag = neverSet && saysSomething(policy) ? etagOfContent(policy) : policy.getEtag();
    byKey.put(key, policy.toBuilder().setVersion(versionOf(policy)).setEtag(etag).build());
    if (etag.size() == Long.BYTES && etag.byteAt(0) == 0x07) {
      lastEtag = Math.max(lastEtag, etag.asReadOnlyByteBuffer().getLong());
    }
  }

  /// Puts what `change` makes of each policy, where that is another one. It gives members another
  /// name, and nobody anything else.
  void rewrite(UnaryOperator<Policy> change) {
    for (var policy : List.copyOf(byKey.rows().entrySet())) {
      rewrite(policy, change);
    }
    news.add(watch -> watch.renamed(change));
  }

  /// Takes over another world's policies as they are.
  void copy(Policies other) {
    byKey.becomeAgain(other.byKey);
    lastEtag = other.lastEtag;
  }

  /// Puts another world's policies in place of these. Those that change get fresh etags, also where
  /// they were the same before: a client that read an earlier one must not write over this. Those
  /// that go leave the policy that was never set, whose etag never stood for anything else.
  void becomeAgain(Policies other) {
    byKey.becomeAgain(other.byKey, this::store);
    news.add(watch -> watch.restarted(byKey.rows()));
  }

  /// The policy by which access is decided.
  Policy inForce(String key) {
    return propagation == null ? get(key) : propagation.policy(key);
  }

  /// From now on policies are in force some time after they were written; those that are there now,
  /// at once.
  void enforceLate(Clock clock, Duration delay) {
    if (propagation != null) {
      watchedNoMore(propagation);
    }
    propagation = delay.isZero() ? null : new Propagation(clock, delay, all());
    if (propagation != null) {
      watchedBy(propagation);
    }
  }

  /// From now on `watch` is told of every change that has happened.
  void watchedBy(PolicyWatch watch) {
    watches.add(watch);
  }

  void watchedNoMore(PolicyWatch watch) {
    watches.remove(watch);
  }

  /// The change under way has happened.
  void written() {
    watches.forEach(watch -> news.forEach(each -> each.accept(watch)));
  }

  /// The change under way is over, or never happened.
  void forgetNews() {
    news.clear();
  }

  SortedMap<String, Policy> all() {
    return byKey.rows();
  }

  private void rewrite(Entry<String, Policy> policy, UnaryOperator<Policy> change) {
    var changed = change.apply(policy.getValue());
    if (!changed.equals(policy.getValue())) {
      store(policy.getKey(), changed);
    }
  }

  private Policy store(String key, Policy policy) {
    var stored = policy.toBuilder().setVersion(versionOf(policy)).setEtag(nextEtag()).build();
    byKey.put(key, stored);
    return stored;
  }

  private static boolean saysSomething(Policy policy) {
    return policy.getBindingsCount() > 0 || policy.getAuditConfigsCount() > 0;
  }

  /// **Recorded**: 3 with a condition, else 1, whatever version was sent.
  private static int versionOf(Policy policy) {
    return policy.getBindingsList().stream().anyMatch(Binding::hasCondition) ? 3 : 1;
  }

  private static ByteString etagOfContent(Policy policy) {
    var content = Base64.getEncoder().encodeToString(policy.toByteArray());
    return ByteString.copyFromUtf8(Ids.hex(content));
  }

  /// Greater than all before it, also than those of an earlier run whose clock was ahead.
  private ByteString nextEtag() {
    lastEtag =
        Math.max(lastEtag + 1, ETAG_MARK | ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
    return ByteString.copyFrom(ByteBuffer.allocate(Long.BYTES).putLong(0, lastEtag));
  }
}
