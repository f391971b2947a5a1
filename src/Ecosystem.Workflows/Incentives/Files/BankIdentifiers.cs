using System.Numerics;

namespace Ecosystem.Workflows.Incentives.Files;

/// <summary>Checks of bank identifiers by their own arithmetic: IBAN (ISO 13616), BIC (ISO 9362) and the US routing number (ABA).</summary>
public static class BankIdentifiers
{
    private static readonly BigInteger NinetySeven = new(97);

    /// <summary>The IBAN in electronic form: upper case, without spaces.</summary>
    /// <param name="iban">An IBAN as a person writes it.</param>
    public static string NormalizeIban(string iban) =>
        iban.Replace(" ", "", StringComparison.Ordinal).Replace("\u00a0", "", StringComparison.Ordinal).ToUpperInvariant();

    /// <summary>Whether <paramref name="iban"/> (electronic form) has an IBAN's shape and its check digits fit (ISO 7064, mod 97 = 1).</summary>
    /// <param name="iban">IBAN without spaces.</param>
    public static bool IsIban(string? iban)
    {
        if (iban is null || iban.Length is < 15 or > 34 || !IsLetters(iban.AsSpan(0, 2)) || !IsDigits(iban.AsSpan(2, 2)))
        {
            return false;
        }

        if (IbanLengths.TryGetValue(iban[..2], out var length) && iban.Length != length)
        {
            return false;
        }

        var value = BigInteger.Zero;
        foreach (var c in iban[4..] + iban[..4])
        {
            if (char.IsAsciiDigit(c))
            {
                value = (value * 10) + (c - '0');
            }
            else if (char.IsAsciiLetterUpper(c))
            {
                value = (value * 100) + (c - 'A' + 10);
            }
            else
            {
                return false;
            }
        }

        return value % NinetySeven == BigInteger.One;
    }

    /// <summary>Whether <paramref name="bic"/> has the shape of a BIC: four letters or digits, a country, two or five more characters.</summary>
    /// <param name="bic">Eight or eleven characters, upper case.</param>
    public static bool IsBic(string? bic) =>
        bic is { Length: 8 or 11 } && IsLetters(bic.AsSpan(4, 2)) && bic.All(c => char.IsAsciiDigit(c) || char.IsAsciiLetterUpper(c));

    /// <summary>Whether <paramref name="routingNumber"/> is nine digits whose weighted sum 3-7-1 is divisible by ten.</summary>
    /// <param name="routingNumber">US routing (ABA) number.</param>
    public static bool IsRoutingNumber(string? routingNumber)
    {
        if (routingNumber is not { Length: 9 } || !IsDigits(routingNumber))
        {
            return false;
        }

        ReadOnlySpan<int> weights = [3, 7, 1];
        var sum = 0;
        for (var i = 0; i < 9; i++)
        {
            sum += weights[i % 3] * (routingNumber[i] - '0');
        }

        return sum % 10 == 0 && sum > 0;
    }

    /// <summary>An identifier fit to be shown or logged: only its last four characters are left readable.</summary>
    /// <param name="identifier">Account number or IBAN.</param>
    public static string Mask(string identifier) =>
        identifier.Length <= 4 ? new string('*', identifier.Length) : new string('*', identifier.Length - 4) + identifier[^4..];

    private static bool IsDigits(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsLetters(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterUpper(c))
            {
                return false;
            }
        }

        return true;
    }

    // Lengths of the SEPA area and of common partner countries (ISO 13616 registry); others are checked by mod 97 alone.
    private static readonly Dictionary<string, int> IbanLengths = new(StringComparer.Ordinal)
    {
        ["AD"] = 24, ["AE"] = 23, ["AL"] = 28, ["AT"] = 20, ["BA"] = 20, ["BE"] = 16, ["BG"] = 22, ["BR"] = 29, ["CH"] = 21, ["CY"] = 28,
        ["CZ"] = 24, ["DE"] = 22, ["DK"] = 18, ["EE"] = 20, ["ES"] = 24, ["FI"] = 18, ["FO"] = 18, ["FR"] = 27, ["GB"] = 22, ["GE"] = 22,
        ["GI"] = 23, ["GL"] = 18, ["GR"] = 27, ["HR"] = 21, ["HU"] = 28, ["IE"] = 22, ["IL"] = 23, ["IS"] = 26, ["IT"] = 27, ["JO"] = 30,
        ["KW"] = 30, ["LB"] = 28, ["LI"] = 21, ["LT"] = 20, ["LU"] = 20, ["LV"] = 21, ["MC"] = 27, ["MD"] = 24, ["ME"] = 22, ["MK"] = 19,
        ["MT"] = 31, ["NL"] = 18, ["NO"] = 15, ["PL"] = 28, ["PT"] = 25, ["QA"] = 29, ["RO"] = 24, ["RS"] = 22, ["SA"] = 24, ["SE"] = 24,
        ["SI"] = 19, ["SK"] = 24, ["SM"] = 27, ["TN"] = 24, ["TR"] = 26, ["UA"] = 29, ["VA"] = 22, ["XK"] = 20,
    };
}
