using System.Globalization;
using MailKit.Security;
using Microsoft.Extensions.Configuration;

namespace Ecosystem.Workflows.Integration.Mail;

/// <summary>How mail leaves the house. Configuration section <c>Mail</c>.</summary>
internal sealed record MailOptions
{
    /// <summary>The SMTP server; null: mail goes to <see cref="Folder"/>.</summary>
    public string? Host { get; init; }

    public int Port { get; init; } = 587;

    /// <summary><c>None</c>, <c>StartTls</c>, <c>SslOnConnect</c> or <c>Auto</c>.</summary>
    public SecureSocketOptions Security { get; init; } = SecureSocketOptions.StartTls;

    public string? User { get; init; }

    public string? Password { get; init; }

    public string From { get; init; } = "partners@localhost";

    /// <summary>Where messages are put as files when there is no server; null: nowhere, they are dropped.</summary>
    public string? Folder { get; init; }

    /// <summary>Address of the site, for links in messages.</summary>
    public string Site { get; init; } = "http://127.0.0.1:5080";

    /// <summary>How long a signed link is worth something.</summary>
    public TimeSpan LinkLife { get; init; } = TimeSpan.FromDays(14);

    public bool IsOff => Host is null && Folder is null;

    /// <summary>Reads the options.</summary>
    /// <exception cref="InvalidOperationException">A value cannot work; the message names the key.</exception>
    public static MailOptions Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("Mail");
        var standard = new MailOptions();
        return new MailOptions
        {
            Host = Text(section["Host"]),
            Port = Value(section["Port"], standard.Port, text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536 ? port : null, "Mail:Port", "a port such as 587"),
            Security = Value(section["Security"], standard.Security, text => Enum.TryParse<SecureSocketOptions>(text, ignoreCase: true, out var security) ? security : null, "Mail:Security", "None, StartTls, SslOnConnect or Auto"),
            User = Text(section["User"]),
            Password = Text(section["Password"]),
            From = Text(section["From"]) ?? standard.From,
            Folder = Text(section["Folder"]),
            Site = (Text(section["Site"]) ?? Text(configuration["Ecosystem:Urls"])?.Split(';')[0] ?? standard.Site).TrimEnd('/'),
            LinkLife = Value(section["LinkLife"], standard.LinkLife, text => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var life) && life > TimeSpan.Zero ? life : null, "Mail:LinkLife", "a time span such as 14.00:00:00"),
        };
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static T Value<T>(string? text, T standard, Func<string, T?> read, string key, string right)
        where T : struct =>
        string.IsNullOrWhiteSpace(text) ? standard : read(text) ?? throw new InvalidOperationException($"{key} is '{text}'; it must be {right}.");
}
