package dev.kleos.iam.completion;

/// A shell that asks for completions, spelled as on the command line.
public enum Shell {
  bash,
  zsh,
  fish
}
