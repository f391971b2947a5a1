using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ecosystem.Workflows.Integration.Webhooks;

/// <summary>Signs as Standard Webhooks 1.0 says: HMAC-SHA256 of <c>id.timestamp.body</c>.</summary>
public static class WebhookSignature
{
    private const string Prefix = "whsec_";

    /// <summary>A new secret of 32 random bytes.</summary>
    /// <returns>The secret, as <c>whsec_</c> and base64.</returns>
    public static string NewSecret() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>The value of the header <c>webhook-signature</c>.</summary>
    /// <param name="id">The header <c>webhook-id</c>.</param>
    /// <param name="at">When the attempt is made; its seconds are the header <c>webhook-timestamp</c>.</param>
    /// <param name="body">The body.</param>
    /// <param name="secrets">The secrets: while one is being changed there are two.</param>
    /// <returns>One signature per secret, divided by spaces.</returns>
    public static string Sign(string id, DateTimeOffset at, string body, params IEnumerable<string> secrets)
    {
        var signed = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{at.ToUnixTimeSeconds()}.{body}"));
        return string.Join(' ', secrets.Select(secret => "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret[Prefix.Length..]), signed))));
    }
}
