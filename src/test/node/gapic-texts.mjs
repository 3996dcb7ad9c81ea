// The texts of failures.

/** What the server said; over gRPC, the client puts the code before it. */
export const textOf = failure => failure.message.replace(/^[0-9]+ [A-Z_]+: /, '');
