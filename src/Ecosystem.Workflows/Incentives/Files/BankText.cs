using System.Globalization;
using System.Text;

namespace Ecosystem.Workflows.Incentives.Files;

/// <summary>
/// Text for bank files in the Latin set that every SEPA bank must take (EPC 217-08): letters, digits and <c>/ - ? : ( ) . , ' +</c> and space.
/// What lies outside is transliterated; what has no transliteration becomes a full stop, so that lengths stay predictable.
/// </summary>
public static class BankText
{
    private const string Punctuation = "/-?:().,'+ ";

    private static readonly Dictionary<char, string> Special = new()
    {
        ['ß'] = "ss", ['ẞ'] = "SS", ['æ'] = "ae", ['Æ'] = "AE", ['œ'] = "oe", ['Œ'] = "OE", ['ø'] = "o", ['Ø'] = "O", ['ł'] = "l", ['Ł'] = "L",
        ['đ'] = "d", ['Đ'] = "D", ['ð'] = "d", ['Ð'] = "D", ['þ'] = "th", ['Þ'] = "TH", ['ı'] = "i", ['ħ'] = "h", ['Ħ'] = "H",
        ['&'] = "+", ['_'] = "-", ['–'] = "-", ['—'] = "-", ['’'] = "'", ['‘'] = "'", ['"'] = "'", ['“'] = "'", ['”'] = "'", ['@'] = "(at)",
        [';'] = ",", ['['] = "(", [']'] = ")", ['{'] = "(", ['}'] = ")", ['\t'] = " ", ['\n'] = " ", ['\r'] = "", ['\u00a0'] = " ",
    };

    /// <summary>Whether every character of <paramref name="text"/> is in the set.</summary>
    /// <param name="text">Any text.</param>
    public static bool IsLatin(string text) => text.All(IsLatin);

    /// <summary>The text in the Latin set, spaces collapsed, cut to <paramref name="maxLength"/> characters.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="maxLength">Longest text the field takes.</param>
    public static string ToLatin(string text, int maxLength = int.MaxValue)
    {
        var result = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (IsLatin(c))
            {
                Append(result, c);
            }
            else if (Special.TryGetValue(c, out var replacement))
            {
                foreach (var r in replacement)
                {
                    Append(result, r);
                }
            }
            else
            {
                Transliterate(result, c);
            }
        }

        while (result.Length > 0 && result[^1] == ' ')
        {
            result.Length--;
        }

        return result.Length <= maxLength ? result.ToString() : result.ToString(0, maxLength).TrimEnd();
    }

    /// <summary>Whether the text may be an identifier: in the set, not empty, at most 35 characters, no slash at either end, no double slash.</summary>
    /// <param name="identifier">Message, payment or end-to-end identification.</param>
    public static bool IsIdentifier(string? identifier) =>
        identifier is { Length: > 0 and <= 35 } && IsLatin(identifier) && identifier.Trim().Length == identifier.Length &&
        identifier[0] != '/' && identifier[^1] != '/' && !identifier.Contains("//", StringComparison.Ordinal);

    private static void Transliterate(StringBuilder result, char c)
    {
        var known = false;
        foreach (var part in char.IsSurrogate(c) ? "" : c.ToString().Normalize(NormalizationForm.FormKD))
        {
            if (IsLatin(part))
            {
                Append(result, part);
                known = true;
            }
        }

        // A combining mark belongs to the letter before it, and the second half of a surrogate pair to the first: neither counts as a character.
        if (!known && !char.IsLowSurrogate(c)
            && CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.Format or UnicodeCategory.Control))
        {
            Append(result, '.');
        }
    }

    private static void Append(StringBuilder result, char c)
    {
        if (c != ' ' || (result.Length > 0 && result[^1] != ' '))
        {
            result.Append(c);
        }
    }

    private static bool IsLatin(char c) => char.IsAsciiLetterOrDigit(c) || Punctuation.Contains(c, StringComparison.Ordinal);
}
