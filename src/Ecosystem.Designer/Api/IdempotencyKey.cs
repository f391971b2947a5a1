using System.Security.Cryptography;
using System.Text;

namespace Ecosystem.Designer.Api;

/// <summary>The idempotency key of the request being handled.</summary>
/// <param name="Caller">Whose key it is.</param>
/// <param name="Key">As sent.</param>
internal sealed record IdempotencyKey(string Caller, string Key)
{
    /// <summary>
    /// The id of what the request creates, made from its key: a repeat after a crash between creating and answering finds the first one.
    /// Null when the request has no key.
    /// </summary>
    public static string? Id(HttpContext http, string prefix) => http.Features.Get<IdempotencyKey>() is { } key
        ? prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{key.Caller}\n{key.Key}")))[..26]
        : null;
}
