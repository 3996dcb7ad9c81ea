package dev.kleos.iam.emulator;

import com.google.iam.v1.Policy;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Whoever is told what becomes of the policies of a world, once it is saved. Used under the
/// world's lock.
interface PolicyWatch {

  /// A policy was written now.
  void written(String key, Policy before, Policy policy);

  /// Members have another name from now on, which is no question of who may do what: a deleted
  /// account's successor has nothing of what it had.
  void renamed(UnaryOperator<Policy> change);

  /// Everything is other than before, and in force at once.
  ///
  /// @param now the policies, by key
  void restarted(Map<String, Policy> now);
}
