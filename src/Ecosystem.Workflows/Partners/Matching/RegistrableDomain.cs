using System.Collections.Frozen;
using System.Globalization;

namespace Ecosystem.Workflows.Partners.Matching;

/// <summary>Finds the part of a host name that somebody registered, by the Public Suffix List: <c>shop.acme.co.uk</c> is <c>acme.co.uk</c>.</summary>
public static class RegistrableDomain
{
    private static readonly FrozenSet<string> Rules = LoadRules();
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    private static readonly FrozenSet<string> FreeMail = FrozenSet.ToFrozenSet(
    [
        "126.com", "163.com", "aol.com", "duck.com", "fastmail.com", "free.fr", "freenet.de", "gmail.com", "gmx.at", "gmx.ch", "gmx.com", "gmx.de",
        "gmx.net", "googlemail.com", "hey.com", "hotmail.co.uk", "hotmail.com", "hotmail.de", "hotmail.fr", "icloud.com", "laposte.net", "libero.it",
        "live.com", "mac.com", "mail.com", "mail.ru", "mailbox.org", "me.com", "msn.com", "naver.com", "o2.pl", "orange.fr", "outlook.com", "outlook.de",
        "posteo.de", "proton.me", "protonmail.com", "qq.com", "rediffmail.com", "t-online.de", "tuta.io", "tutanota.com", "wanadoo.fr", "web.de",
        "wp.pl", "yahoo.co.uk", "yahoo.com", "yahoo.de", "yahoo.fr", "yandex.com", "yandex.ru", "ymail.com", "zoho.com",
    ],
    StringComparer.Ordinal);

    /// <summary>The registrable domain of a host name, URL or e-mail address.</summary>
    /// <param name="text">For example <c>https://www.acme.co.uk/contact</c> or <c>ann@mail.acme.com</c>.</param>
    /// <returns>The domain in lower-case Punycode, or null when the text names none.</returns>
    public static string? Of(string? text)
    {
        if (HostOf(text) is not { } host)
        {
            return null;
        }

        var labels = host.Split('.');
        for (var i = 0; i < labels.Length; i++)
        {
            var rest = string.Join('.', labels[i..]);
            if (Rules.Contains("!" + rest))
            {
                return rest;
            }

            var wildcard = i + 1 < labels.Length && Rules.Contains("*." + string.Join('.', labels[(i + 1)..]));
            var suffix = wildcard || Rules.Contains(rest) || i == labels.Length - 1;
            if (suffix)
            {
                return i == 0 ? null : string.Join('.', labels[(i - 1)..]);
            }
        }

        return null;
    }

    /// <summary>Tells whether a registrable domain belongs to a public mail provider, so that it says nothing about a company.</summary>
    /// <param name="domain">A registrable domain.</param>
    /// <returns>True when it does.</returns>
    public static bool IsFreeMail(string? domain) => domain is not null && FreeMail.Contains(domain);

    private static string? HostOf(string? text)
    {
        var host = (text ?? "").Trim();
        if (host.IndexOf("://", StringComparison.Ordinal) is var scheme and >= 0)
        {
            host = host[(scheme + 3)..];
        }

        if (host.IndexOfAny(['/', '?', '#']) is var end and >= 0)
        {
            host = host[..end];
        }

        host = host[(host.LastIndexOf('@') + 1)..];
        if (host.IndexOf(':', StringComparison.Ordinal) is var port and >= 0)
        {
            host = host[..port];
        }

        host = host.TrimEnd('.');
        if (host.Length is 0 or > 253 || !host.Contains('.', StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            host = Idn.GetAscii(host).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return null;
        }

        return host.Split('.').Any(label => label.Length == 0) || host.Split('.')[^1].All(char.IsAsciiDigit) ? null : host;
    }

    private static FrozenSet<string> LoadRules()
    {
        using var stream = typeof(RegistrableDomain).Assembly.GetManifestResourceStream("public-suffixes.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => !line.StartsWith("//", StringComparison.Ordinal))
            .ToFrozenSet(StringComparer.Ordinal);
    }
}
