namespace Ecosystem.Designer.Api;

/// <summary>The idempotency key of the request being handled, for commands that make their ids from it.</summary>
/// <param name="Key">As sent.</param>
/// <param name="Fingerprint">SHA-256 of the request.</param>
internal sealed record IdempotencyKey(string Key, string Fingerprint);
