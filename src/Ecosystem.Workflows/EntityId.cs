using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Ecosystem.Workflows;

/// <summary>What every identifier has in common: its alphabet, its length and how a new one is made.</summary>
public static class EntityId
{
    /// <summary>The longest id that is accepted, in characters. Ids that come from outside should stay below 64, as ids of cases are made from them.</summary>
    public const int MaxLength = 100;

    private const string Crockford = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>Tells whether a text can be an id: 1 to <see cref="MaxLength"/> visible ASCII characters.</summary>
    /// <param name="value">The text.</param>
    /// <returns>True when it can.</returns>
    public static bool IsValid([NotNullWhen(true)] string? value) =>
        value is { Length: > 0 and <= MaxLength } && !value.AsSpan().ContainsAnyExceptInRange('!', '~');

    /// <summary>Checks a text that is to become an id.</summary>
    /// <param name="value">The text.</param>
    /// <param name="kind">The name of the id type, for the message.</param>
    /// <returns>The text.</returns>
    /// <exception cref="FormatException">The text cannot be an id.</exception>
    public static string Require(string? value, string kind) => IsValid(value)
        ? value
        : throw new FormatException($"'{value}' is not a {kind}: it must have 1 to {MaxLength} visible ASCII characters and no spaces.");

    /// <summary>
    /// Makes a new id: the prefix, then 10 characters of time and 16 of randomness (the layout of a ULID), so that ids made
    /// later sort later and index pages are filled one after the other.
    /// </summary>
    /// <param name="prefix">A short tag that tells people what the id names, for example <c>deal-</c>.</param>
    /// <param name="now">The present time.</param>
    /// <returns>The text of the id.</returns>
    public static string New(string prefix, DateTimeOffset now)
    {
        Span<char> text = stackalloc char[26];
        var milliseconds = now.ToUnixTimeMilliseconds();
        for (var i = 9; i >= 0; i--)
        {
            text[i] = Crockford[(int)(milliseconds & 31)];
            milliseconds >>= 5;
        }

        Span<byte> random = stackalloc byte[16];
        RandomNumberGenerator.Fill(random);
        for (var i = 0; i < 16; i++)
        {
            text[10 + i] = Crockford[random[i] & 31];
        }

        return string.Concat(prefix, text);
    }
}
